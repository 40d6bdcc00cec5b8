package io.rolloutlab.testbed;

import io.rolloutlab.history.Event;
import java.util.List;

/**
 * Who gets the requests that reach the edge.
 *
 * @param targets their weights add up to 100
 * @param mirror gets a copy of every request; null for none
 */
public record Routes(List<Target> targets, Mirror mirror) {
  public Routes {
    targets = List.copyOf(targets);
    int sum = targets.stream().mapToInt(Target::weight).sum();
    if (sum != 100) {
      throw new IllegalArgumentException("weights must add up to 100, but make " + sum);
    }
  }

  /** Without a mirror. */
  public Routes(List<Target> targets) {
    this(targets, null);
  }

  /**
   * A service whose answers nobody sees. It can fail no request; but a request is over, and the
   * next one of its connection read, when its copy is answered as well (ngx_http_request.c,
   * ngx_http_finalize_connection).
   *
   * @param port it listens on
   */
  public record Mirror(String service, int port) {}

  /**
   * A service behind the edge.
   *
   * @param service name
   * @param port it listens on
   * @param version it runs; empty while it is being updated
   * @param weight in percent of the requests that no address rule takes
   * @param addresses networks whose requests all go there, whatever the weights
   */
  public record Target(
      String service, int port, String version, int weight, List<String> addresses) {
    public Target {
      addresses = List.copyOf(addresses);
    }

    /** The target in the words of the history. */
    public Event.Route toRoute() {
      return new Event.Route(service, version, weight, addresses);
    }
  }

  /** Everything goes to one service. */
  public static Routes all(ServiceSpec spec) {
    return new Routes(List.of(target(spec, 100)));
  }

  /** Two services share by weight. */
  public static Routes split(ServiceSpec stable, ServiceSpec canary, int canaryPercent) {
    return new Routes(List.of(target(stable, 100 - canaryPercent), target(canary, canaryPercent)));
  }

  /** The requests of some addresses go to the canary, all others to the stable service. */
  public static Routes byAddress(ServiceSpec stable, ServiceSpec canary, List<String> addresses) {
    return new Routes(
        List.of(
            target(stable, 100),
            new Target(canary.name(), canary.port(), canary.version(), 0, addresses)));
  }

  /** The same, and a service gets a copy of every request. */
  public Routes mirroredTo(ServiceSpec spec) {
    return new Routes(targets, new Mirror(spec.name(), spec.port()));
  }

  private static Target target(ServiceSpec spec, int weight) {
    return new Target(spec.name(), spec.port(), spec.version(), weight, List.of());
  }
}
