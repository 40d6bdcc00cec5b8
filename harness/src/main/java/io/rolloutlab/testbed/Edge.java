package io.rolloutlab.testbed;

import io.rolloutlab.history.Hit;
import java.util.function.Consumer;

/** What stands in front of the app, of whatever kind it is. */
public interface Edge {
  /** It listens here for users. */
  int HTTP = 80;

  /** It listens here for the lab's own probes. */
  int PROBE = 8081;

  /**
   * Serves by new routes: the whole configuration is written anew, and where the scenario has no
   * {@code edge.update} it is checked, and taken over by a graceful reload. Returns when the new
   * workers serve.
   *
   * <p>Where it has one, nobody checks the configuration: it is a new config of Swarm, and an
   * update of the edge's service replaces the tasks by those that start with it. Returns when Swarm
   * calls that completed and the new tasks answer. While the old ones are gone, users may reach
   * nobody.
   *
   * @throws StepFailedException when the edge refuses the configuration, with its message: it goes
   *     on serving by the old one, unless its tasks are replaced; or when Swarm does not complete
   *     the update
   */
  void apply(Routes routes);

  /** How often it was given routes so far. */
  int changes();

  /** The configuration that {@link #apply} would write. */
  String configuration(Routes routes);

  /**
   * Has somebody told of every request that the edge logs from now on, when it does: what
   * monitoring sees. The probes of {@link #probe} are in no log.
   *
   * @param watcher is quick, and may be called from any thread, also from several at once
   */
  void watch(Consumer<Hit> watcher);

  /**
   * Sends one request to a service through the edge's own network, past the routes and the log.
   *
   * @return who answered
   * @throws StepFailedException when the answer is not a good one, quoting it
   */
  Answer probe(String service, int port);

  /**
   * Who answered a probe.
   *
   * @param version as the app's header {@code X-App-Version} names it; empty without one
   * @param replica container as the app's header {@code X-App-Host} names it; empty without one
   * @param address and port that the edge had the answer from: a task's where it speaks to tasks
   *     (dnsrr), the service's where it speaks to virtual addresses (vip)
   */
  record Answer(String version, String replica, String address) {}
}
