package io.rolloutlab.swarm.cluster;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Volume;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.testbed.Edge;
import io.rolloutlab.testbed.StepFailedException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.lifecycle.Startable;
import org.testcontainers.utility.DockerImageName;

/**
 * A node: a container with an engine of its own, reachable only over mutual TLS on a port that the
 * engine it runs on publishes: a random one of 127.0.0.1, unless that engine is elsewhere.
 */
public final class SwarmNode implements Startable {
  /** The edge listens here for users. */
  public static final int HTTP = Edge.HTTP;

  /** The edge listens here for the lab's own probes. */
  public static final int PROBE = Edge.PROBE;

  private static final Path MODULES = Path.of("/lib/modules");
  private static final int API = 2376;

  /** What each node publishes. */
  static final List<Integer> PUBLISHED = List.of(API, HTTP, PROBE);

  /** How an engine says that a port it was to publish on is taken. */
  private static final Pattern NO_PORT =
      Pattern.compile("address already in use|port is already allocated|ports are allocated");

  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private final String hostname;
  private final NodeSettings settings;
  private final GenericContainer<?> container;
  private NodeApi api;
  private volatile boolean lost;

  SwarmNode(String hostname, NodeSettings settings) {
    this.hostname = hostname;
    this.settings = settings;
    this.container =
        new GenericContainer<>(DockerImageName.parse(settings.image()))
            .withImagePullPolicy(name -> false)
            .withPrivilegedMode(true)
            .withNetworkMode(settings.network())
            .withLabels(Labels.of("node", settings.run()))
            .withEnv("DATA_ROOT", Store.run(settings.run()) + "/" + hostname)
            .withEnv("GOLDEN", settings.golden())
            .withCopyToContainer(new NodeCertificates(settings.certificates()), "/certs")
            .withCreateContainerCmdModifier(this::shape)
            .waitingFor(new EngineAnswers());
  }

  private void shape(CreateContainerCmd command) {
    // Testcontainers removes, at the end of the JVM, what carries this label: it would take the
    // nodes away while the run is still being wound up. The lab sweeps by itself.
    command.getLabels().keySet().removeIf(key -> key.startsWith("org.testcontainers"));
    command.withName("lab-%s-%s".formatted(settings.run(), hostname));
    command.withHostName(hostname);
    command.withExposedPorts(PUBLISHED.stream().map(ExposedPort::tcp).toArray(ExposedPort[]::new));
    HostConfig host = command.getHostConfig();
    host.withPortBindings(
        PUBLISHED.stream().map(settings.place()::binding).toArray(PortBinding[]::new));
    host.withBinds(
        Stream.concat(Stream.ofNullable(host.getBinds()).flatMap(Stream::of), mounts())
            .toArray(Bind[]::new));
  }

  /** The volume; and the kernel's modules where they are, so that a node can load IPVS. */
  private static Stream<Bind> mounts() {
    Bind store = new Bind(Store.VOLUME, new Volume(Store.MOUNT));
    return Files.isDirectory(MODULES)
        ? Stream.of(
            store, new Bind(MODULES.toString(), new Volume(MODULES.toString()), AccessMode.ro))
        : Stream.of(store);
  }

  public String hostname() {
    return hostname;
  }

  /** The engine's API; only after the start. */
  public NodeApi api() {
    return api;
  }

  /** Kills it with all that is on it, for good; the dead container stays until {@link #stop}. */
  public void lose() {
    lost = true;
    try {
      container.getDockerClient().killContainerCmd(containerId()).withSignal("KILL").exec();
    } catch (RuntimeException refused) {
      throw new StepFailedException(
          "node %s could not be killed: %s".formatted(hostname, refused.getMessage()), refused);
    }
  }

  /** Whether it was killed on purpose: it need not answer any more. */
  public boolean lost() {
    return lost;
  }

  /** The end of a container on this node is in order when it does not run, or the node is lost. */
  public LastingStream.Fate fateOf(String containerOnIt) {
    return new OnThisNode(containerOnIt);
  }

  private final class OnThisNode implements LastingStream.Fate {
    private final String watched;

    OnThisNode(String watched) {
      this.watched = watched;
    }

    @Override
    public Optional<String> missing() {
      try {
        return lost || !api.runs(watched) ? Optional.empty() : Optional.of("it runs");
      } catch (StepFailedException silent) {
        if (lost) {
          return Optional.empty();
        }
        throw silent;
      }
    }

    @Override
    public Patience patience() {
      return settings.patience();
    }
  }

  /** The container's id in the outer engine. */
  public String containerId() {
    return container.getContainerId();
  }

  /** The address in the network between the nodes. */
  String address() {
    return container
        .getCurrentContainerInfo()
        .getNetworkSettings()
        .getNetworks()
        .values()
        .iterator()
        .next()
        .getIpAddress();
  }

  /** Where a published port of this node is reached from the lab. */
  public URI local(String scheme, int port) {
    return settings.place().url(scheme, container.getMappedPort(port));
  }

  @Override
  public void start() {
    try {
      container.start();
    } catch (ContainerLaunchException failed) {
      Throwable cause = failed;
      while (cause.getCause() != null && !(cause instanceof StepFailedException)) {
        cause = cause.getCause();
      }
      throw new StepFailedException(
          "node %s did not start: %s%s"
              .formatted(hostname, cause.getMessage(), whereItsPortsAre(cause.getMessage())),
          failed);
    }
  }

  /** What may have been wrong with them; nothing where they are where they always are. */
  private String whereItsPortsAre(String message) {
    Optional<String> taken =
        settings
            .place()
            .ports()
            .filter(range -> message != null && NO_PORT.matcher(message).find())
            .map(
                range ->
                    "%nA port of --ports %s is taken on the engine's machine: free it, or give another range."
                        .formatted(range.print()));
    return settings.place().inWords().map(where -> "\n" + where + taken.orElse("")).orElse("");
  }

  /** Kills the engine and removes the container; what it wrote stays in the volume. */
  @Override
  public void stop() {
    NodeApi open = api;
    try (open) {
      container.stop();
    }
  }

  @Override
  public String toString() {
    return hostname;
  }

  /**
   * Waits for the first answer of the engine inside; fails at once when the container has ended.
   */
  private final class EngineAnswers extends AbstractWaitStrategy {
    @Override
    protected void waitUntilReady() {
      NodeApi candidate =
          new NodeApi(
              hostname,
              local("tcp", API),
              settings.certificates().clientTls(),
              settings.patience());
      try {
        SystemTimeline.poll(
            "the engine of " + hostname + " answers",
            () -> {
              refuseEnd();
              return answers(candidate);
            },
            settings.patience().stretched(START_LIMIT));
        api = candidate;
      } finally {
        if (api == null) {
          candidate.close();
        }
      }
    }

    private void refuseEnd() {
      if (!container.isRunning()) {
        throw new StepFailedException(
            "%s ended while it started; its last lines:\n%s"
                .formatted(hostname, tail(container.getLogs())));
      }
    }

    private Optional<String> answers(NodeApi candidate) {
      try {
        candidate.get("/info");
        return Optional.empty();
      } catch (StepFailedException notYet) {
        return Optional.of(notYet.getMessage());
      }
    }

    private String tail(String log) {
      List<String> lines = log.lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    }
  }
}
