package io.rolloutlab.swarm.cluster;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.rolloutlab.testbed.StepFailedException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * Where the engine works, as seen from here: to which address of its machine it binds what the
 * nodes publish, and by which address that is reached.
 *
 * @param bound address of the engine's machine
 * @param reached address by which the lab and the load come there
 * @param ports of which each that is published gets one; empty for any that are free
 */
public record EnginePlace(String bound, String reached, Optional<PortRange> ports) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String ALL = "0.0.0.0";
  private static final String ALL_OF_IPV6 = "::";
  private static final String SSH = "ssh";
  private static final String TCP = "tcp";
  private static final PortRange SOME_PORTS = new PortRange(Optional.empty(), 24_000, 24_063);

  /**
   * The place of an engine. What one on this machine publishes, or one that is reached by the
   * loopback address (a port that is forwarded), is bound to the loopback address there; what one
   * on another machine publishes, to all of its addresses, unless the ports say another one.
   *
   * @param engine its address, as in DOCKER_HOST
   * @param ports that may be published on; empty for any
   * @throws StepFailedException when nothing that it publishes could be reached, saying what to do
   */
  public static EnginePlace of(URI engine, Optional<PortRange> ports) {
    if (SSH.equals(engine.getScheme())) {
      throw new StepFailedException(forwarding(engine, ports.orElse(SOME_PORTS)));
    }
    if (TCP.equals(engine.getScheme()) && engine.getHost() == null) {
      throw new StepFailedException(
          "the engine is at %s, which names no host: name it by its address in DOCKER_HOST"
              .formatted(engine));
    }
    Optional<String> asked = ports.flatMap(PortRange::address);
    Optional<InetAddress> other =
        Optional.ofNullable(engine.getHost())
            .map(host -> address(engine, host))
            .filter(address -> !address.isLoopbackAddress());
    if (other.isEmpty()) {
      return new EnginePlace(asked.orElse(LOOPBACK), LOOPBACK, ports);
    }
    String all = other.get() instanceof Inet4Address ? ALL : ALL_OF_IPV6;
    return new EnginePlace(asked.orElse(all), other.get().getHostAddress(), ports);
  }

  /** Of several addresses one of IPv4, since that is what engines publish on everywhere. */
  private static InetAddress address(URI engine, String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host))
          .min(Comparator.comparing(address -> !(address instanceof Inet4Address)))
          .orElseThrow();
    } catch (UnknownHostException unknown) {
      throw new StepFailedException(
          "the engine is at %s, but no address is known here of %s; name it by its address in DOCKER_HOST"
              .formatted(engine, host),
          unknown);
    }
  }

  /**
   * The lab speaks no ssh itself: a child of its own would end with Ctrl-C, before the nodes do.
   */
  private static String forwarding(URI engine, PortRange ports) {
    String user = engine.getUserInfo() == null ? "" : engine.getUserInfo() + "@";
    String there = engine.getHost() == null ? engine.getAuthority() : user + engine.getHost();
    String port = engine.getPort() < 0 ? "" : "-p %s ".formatted(engine.getPort());
    return """
        The engine at %s is reached over ssh, which the lab does not speak. Forward its socket and a \
        range of ports in another terminal, and call the lab with that range:
          ssh -N -L 127.0.0.1:2375:/var/run/docker.sock $(for p in $(seq %s %s); do echo -L 127.0.0.1:$p:127.0.0.1:$p; done) %s%s
          DOCKER_HOST=tcp://127.0.0.1:2375 ./lab run --ports %s"""
        .formatted(engine, ports.from(), ports.to(), port, there, ports.print());
  }

  /** How a port of a node is published. */
  PortBinding binding(int port) {
    Ports.Binding there =
        ports
            .map(range -> Ports.Binding.bindIpAndPortRange(bound, range.from(), range.to()))
            .orElseGet(() -> Ports.Binding.bindIp(bound));
    return new PortBinding(there, ExposedPort.tcp(port));
  }

  /**
   * What a published port is reached by.
   *
   * @param port that it was given
   */
  URI url(String scheme, int port) {
    String host = reached.contains(":") ? "[%s]".formatted(reached) : reached;
    return URI.create("%s://%s:%s".formatted(scheme, host, port));
  }

  /**
   * Where published ports are, in a sentence; empty where they are where they always are: any free
   * ones of this machine's loopback address.
   */
  public Optional<String> inWords() {
    boolean usual = bound.equals(LOOPBACK) && reached.equals(LOOPBACK) && ports.isEmpty();
    return usual
        ? Optional.empty()
        : Optional.of(
            "The engine publishes the nodes' ports at %s of its machine%s; they are reached at %s."
                .formatted(
                    bound,
                    ports
                        .map(range -> ", from %s to %s".formatted(range.from(), range.to()))
                        .orElse(""),
                    reached));
  }
}
