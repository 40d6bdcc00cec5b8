package io.rolloutlab.swarm.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.SSLConfig;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.scenario.cluster.Pace;
import io.rolloutlab.testbed.StepFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The engine that the nodes run on. Which one that is, and how one is made where there is none, is
 * the business of the script {@code docker/engine}, so that it is the same from a shell.
 */
public final class Engine {
  /**
   * The API in which docker-java asks, the engine and the nodes alike: of 20.10, the oldest engine
   * it is tried on.
   */
  static final String API = "1.41";

  /** Of a client for orders: some for each node. */
  static final int CONNECTIONS = 200;

  /**
   * How long an engine that is reached over TCP may say nothing while something is asked of it;
   * without a limit of its own docker-java's transport takes that of the connection, of 10 s, which
   * a command in a container that says nothing exceeds on a slow machine.
   */
  static final Duration SILENCE = Duration.ofSeconds(10);

  /**
   * For what lasts as long as a container does, such as its log: one that nobody asks anything logs
   * nothing, for minutes where one run waits for others. Zero is no limit, to the transport.
   */
  static final Duration ANY_SILENCE = Duration.ZERO;

  /** Of the engine that the nodes run on, where data is copied without a word. */
  private static final Duration OUTER_SILENCE = Duration.ofSeconds(60);

  /** An emulated machine is some ten times slower. */
  private static final Patience WITH_A_MACHINE = new Patience(10);

  private static URI located;

  /** The machine that the script has made, which is spoken to without TLS whatever is set. */
  private static URI machine;

  private Engine() {}

  /**
   * Finds the engine, starting one where none answers.
   *
   * @param home the project's folder
   * @param say gets the script's messages, line by line
   * @throws StepFailedException when there is none and none can be made
   */
  public static synchronized URI locate(Path home, Consumer<String> say) {
    if (located == null) {
      located = up(home, List.of(), say, "There is no Docker engine to work with.");
      // What docker-java falls back to otherwise (1.32) is refused by engines of today.
      System.setProperty("api.version", API);
    }
    return located;
  }

  /**
   * Has the script start a machine whose kernel has IPVS. Its engine is the located one from then
   * on; where the kernel here has IPVS, there is none, and an engine of this host is.
   *
   * @param home the project's folder
   * @param holds what its disk has: the tag of the nodes' image, the name of the data root that
   *     nodes are cloned from, and the names of all images
   * @param say gets the script's messages, line by line
   * @return whether there is such a machine now
   * @throws StepFailedException when it cannot be made
   */
  public static synchronized boolean startMachine(
      Path home, List<String> holds, Consumer<String> say) {
    List<String> arguments = new ArrayList<>(List.of("--vm"));
    arguments.addAll(holds);
    located = up(home, arguments, say, "There is no machine whose kernel has IPVS.");
    machine = isLocal() ? null : located;
    return machine != null;
  }

  /**
   * The engine that was located.
   *
   * @throws IllegalStateException before {@link #locate}
   */
  public static synchronized URI located() {
    if (located == null) {
      throw new IllegalStateException("Engine.locate has not been called");
    }
    return located;
  }

  /** Whether the located engine works on this machine, as far as its address tells. */
  public static boolean isLocal() {
    return isSocket(located());
  }

  private static boolean isSocket(URI engine) {
    return "unix".equals(engine.getScheme());
  }

  /**
   * The project's folder: the system property {@code lab.home}, else the nearest with a
   * docker/engine.
   */
  public static Path home() {
    String property = System.getProperty("lab.home");
    if (property != null) {
      return Path.of(property);
    }
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve("docker").resolve("engine"))) {
        return folder;
      }
    }
    throw new StepFailedException(
        here + ": neither here nor above is the project's docker/engine; run from its folder");
  }

  /** A client of the located engine. */
  public static DockerClient client() {
    return client(located(), tls(), CONNECTIONS, silence());
  }

  /** Whether the located engine is that of the machine that the script has made. */
  private static synchronized boolean isMachine() {
    return located().equals(machine);
  }

  /** How fast things go on the located engine. */
  public static Pace pace() {
    return isMachine() ? Pace.EMULATED : Pace.USUAL;
  }

  /** How long the located engine may say nothing. */
  static Duration silence() {
    Patience patience = isMachine() ? WITH_A_MACHINE : Patience.USUAL;
    return patience.stretched(OUTER_SILENCE);
  }

  /** What the located engine is spoken to with; null where it is reached without TLS. */
  static SSLConfig tls() {
    return isMachine() ? null : EngineTls.of(located(), System.getenv()).orElse(null);
  }

  /**
   * Lets an engine pass that works on this machine, or whose clock agrees with this one's.
   *
   * @throws StepFailedException when it does not, saying by how much
   */
  public static void refuseAnotherTime(DockerClient docker) {
    if (!isLocal()) {
      EngineClock.check(docker);
    }
  }

  /**
   * @param connections at most at once; one that asks for more waits until another has ended
   * @param silence how long the engine may say nothing while it is asked something; {@link
   *     #ANY_SILENCE} is no limit
   */
  static DockerClient client(URI host, SSLConfig tls, int connections, Duration silence) {
    DockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(host.toString())
            .withDockerTlsVerify(false)
            .withApiVersion(API)
            .build();
    return DockerClientImpl.getInstance(config, transport(host, tls, connections, silence));
  }

  static DockerHttpClient transport(URI host, SSLConfig tls, int connections, Duration silence) {
    ZerodepDockerHttpClient.Builder transport =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(host)
            .sslConfig(tls)
            .maxConnections(connections)
            .connectionTimeout(Duration.ofSeconds(10));
    // By its socket an engine of this machine may be as silent as it likes.
    return isSocket(host) ? transport.build() : transport.responseTimeout(silence).build();
  }

  private static URI up(Path home, List<String> arguments, Consumer<String> say, String otherwise) {
    Path script = home.resolve("docker").resolve("engine");
    List<String> command = new ArrayList<>(List.of(script.toString(), "up"));
    command.addAll(arguments);
    String last = "";
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      StringBuilder all = new StringBuilder();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("DOCKER_HOST=")) {
            last = line.substring("DOCKER_HOST=".length());
          } else {
            say.accept(line);
            all.append(line).append('\n');
          }
        }
      }
      if (process.waitFor() != 0 || last.isEmpty()) {
        throw new StepFailedException(otherwise + "\n" + all);
      }
      return URI.create(last);
    } catch (IOException failed) {
      throw new StepFailedException(script + ": cannot be run: " + failed.getMessage(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StepFailedException("interrupted while the engine came up", interrupted);
    }
  }
}
