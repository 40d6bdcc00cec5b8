package io.rolloutlab.testbed;

import io.rolloutlab.history.Event;
import io.rolloutlab.scenario.users.SplitBy;
import io.rolloutlab.testbed.RouteCondition.Address;
import io.rolloutlab.testbed.RouteCondition.Cookie;
import io.rolloutlab.testbed.RouteCondition.Copied;
import io.rolloutlab.testbed.RouteCondition.Header;
import io.rolloutlab.testbed.RouteCondition.Share;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who gets the requests that reach the edge.
 *
 * @param targets their shares add up to 100, and are split by one thing; at most one of them goes
 *     by address, and at most one gets copies
 */
public record Routes(List<Target> targets) {
  public Routes {
    targets = List.copyOf(targets);
    int sum = targets.stream().mapToInt(Target::share).sum();
    if (sum != 100) {
      throw new IllegalArgumentException("weights must add up to 100, but make " + sum);
    }
    if (splits(targets).distinct().count() > 1) {
      throw new IllegalArgumentException("all shares must be split by the same, not by several");
    }
    // nginx would take the narrowest network of them all, whatever the order.
    atMostOne(targets, Address.class);
    atMostOne(targets, Copied.class);
  }

  private static void atMostOne(List<Target> targets, Class<? extends RouteCondition> kind) {
    if (targets.stream().filter(target -> kind.isInstance(target.condition())).count() > 1) {
      throw new IllegalArgumentException("two targets are by " + kind.getSimpleName());
    }
  }

  /**
   * A service behind the edge.
   *
   * @param service name
   * @param port it listens on
   * @param version it runs; empty while it is being updated
   * @param condition which requests it gets
   */
  public record Target(String service, int port, String version, RouteCondition condition) {
    /** In percent of the requests that meet no other condition; 0 where its own is another. */
    public int share() {
      return condition instanceof Share share ? share.percent() : 0;
    }

    /** Networks whose requests all go there; may be empty. */
    public List<String> addresses() {
      return condition instanceof Address address ? address.networks() : List.of();
    }

    /** Where it listens, in the services' network. */
    public String hostAndPort() {
      return service + ":" + port;
    }

    private boolean mirrored() {
      return condition instanceof Copied;
    }

    private Event.Route toRoute() {
      return new Event.Route(service, version, share(), addresses(), words());
    }

    private List<String> words() {
      if (condition instanceof Header header) {
        return List.of("header %s: %s".formatted(header.name(), header.value()));
      } else if (condition instanceof Cookie cookie) {
        return List.of("cookie %s=%s".formatted(cookie.name(), cookie.value()));
      }
      return List.of();
    }
  }

  private static Stream<SplitBy> splits(List<Target> targets) {
    return targets.stream()
        .map(Target::condition)
        .filter(Share.class::isInstance)
        .map(condition -> ((Share) condition).splitBy());
  }

  /** By what is decided which of those that share requests gets one. */
  public SplitBy splitBy() {
    return splits(targets).findFirst().orElseThrow();
  }

  /** Those that share what meets no other condition, and get some of it. */
  public List<Target> sharing() {
    return targets.stream().filter(target -> target.share() > 0).toList();
  }

  /** The one that goes by address; absent when none does. */
  public Optional<Target> byAddress() {
    return targets.stream().filter(target -> target.condition() instanceof Address).findFirst();
  }

  /** Those that go by a header or a cookie, in the order in which they are asked. */
  public List<Target> byHeaderOrCookie() {
    return targets.stream()
        .filter(
            target -> target.condition() instanceof Header || target.condition() instanceof Cookie)
        .toList();
  }

  /** All that get requests by what is in them, in the order in which they are asked. */
  public List<Target> conditional() {
    return Stream.concat(byAddress().stream(), byHeaderOrCookie().stream()).toList();
  }

  /** The one that gets a copy of every request; absent when none does. */
  public Optional<Target> mirror() {
    return targets.stream().filter(Target::mirrored).findFirst();
  }

  /** All that get requests or copies of them. */
  public List<Target> reached() {
    return Stream.of(sharing().stream(), conditional().stream(), mirror().stream())
        .flatMap(some -> some)
        .toList();
  }

  /** The targets in the words of the history, which names the mirror apart. */
  public List<Event.Route> toRoutes() {
    return targets.stream().filter(target -> !target.mirrored()).map(Target::toRoute).toList();
  }

  /** Everything goes to one service. */
  public static Routes all(ServiceSpec spec) {
    return new Routes(List.of(target(spec, new Share(100))));
  }

  /** Two services share by weight, every request by itself. */
  public static Routes split(ServiceSpec stable, ServiceSpec canary, int canaryPercent) {
    return split(stable, canary, canaryPercent, SplitBy.REQUEST);
  }

  /**
   * Two services share by weight.
   *
   * @param splitBy by what is decided who gets the canary: whoever gets it at one weight gets it at
   *     every larger one, too, unless each request is decided on by itself
   */
  public static Routes split(
      ServiceSpec stable, ServiceSpec canary, int canaryPercent, SplitBy splitBy) {
    return new Routes(
        List.of(
            target(stable, new Share(100 - canaryPercent, splitBy)),
            target(canary, new Share(canaryPercent, splitBy))));
  }

  /** The requests of some addresses go to the canary, all others to the stable service. */
  public static Routes byAddress(ServiceSpec stable, ServiceSpec canary, List<String> addresses) {
    return when(stable, canary, new Address(addresses));
  }

  /** The requests that meet a condition go to the canary, all others to the stable service. */
  public static Routes when(ServiceSpec stable, ServiceSpec canary, RouteCondition condition) {
    return new Routes(List.of(target(stable, new Share(100)), target(canary, condition)));
  }

  /** The same, and a service gets a copy of every request. */
  public Routes mirroredTo(ServiceSpec spec) {
    return new Routes(
        Stream.concat(targets.stream(), Stream.of(target(spec, new Copied()))).toList());
  }

  private static Target target(ServiceSpec spec, RouteCondition condition) {
    return new Target(spec.name(), spec.port(), spec.version(), condition);
  }
}
