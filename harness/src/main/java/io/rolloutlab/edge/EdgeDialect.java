package io.rolloutlab.edge;

import io.rolloutlab.history.Hit;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.edge.EdgeKind;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.testbed.Routes;
import java.io.IOException;
import java.util.List;

/**
 * One kind of proxy: how it is told its routes, what it logs, and what it does with a request. It
 * holds no state. A new one is a class, its name in {@code
 * META-INF/services/io.rolloutlab.scenario.edge.EdgeKind}, and a folder of {@code docker/}; {@code
 * EdgeDialectContract} in the tests says what it promises.
 *
 * <p>Its image listens on {@link io.rolloutlab.testbed.Edge#HTTP} for users and on {@link
 * io.rolloutlab.testbed.Edge#PROBE} for the lab, and writes its log to standard output. To the lab
 * it answers {@code /probe/SERVICE/PORT} as that service does, with the header {@code
 * X-Upstream-Addr} for whom it asked, past routes and log.
 */
public interface EdgeDialect extends EdgeKind {
  /** The folder of {@code docker/} that its image is built of. */
  String image();

  /** What a file with its configuration is called. */
  String file();

  /**
   * The file, in a container of its image, that it reads its configuration from when it starts. A
   * config of Swarm is put there.
   */
  String place();

  /** The folder of a container in which a new configuration waits to be taken over. */
  String CANDIDATES = "/tmp";

  /** Where it waits. */
  default String candidate() {
    return CANDIDATES + "/" + file();
  }

  /**
   * The whole configuration for some routes, the same text for the same routes.
   *
   * @param balancing vip or dnsrr
   */
  String render(Routes routes, EdgePlan plan, Balancing balancing);

  /**
   * The command that a container of its image understands: it checks a configuration, brings it
   * into service, and returns when it is served. It ends with another code than 0, and says why,
   * when the configuration is refused, and the earlier one goes on.
   *
   * @param path of the configuration in the container
   */
  List<String> takeOver(String path);

  /** What {@link #takeOver} does, in the words of a person who would do it by hand. */
  String takeOverByHand();

  /**
   * Reads a line of its log.
   *
   * @param edge the container that wrote it, its short id
   * @throws IOException when the line is none, or not whole
   */
  Hit hit(String line, String edge) throws IOException;

  /** What it does with requests by these settings: what the twin does as well. */
  EdgeBehaviour behaviour(EdgePlan plan);
}
