package io.rolloutlab.twin.edge;

import io.rolloutlab.scenario.check.Networks;
import io.rolloutlab.scenario.users.SplitBy;
import io.rolloutlab.testbed.RouteCondition;
import io.rolloutlab.testbed.RouteCondition.Address;
import io.rolloutlab.testbed.RouteCondition.Cookie;
import io.rolloutlab.testbed.RouteCondition.Header;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.Routes.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The rules of routes that look at the request: nginx's {@code geo}, its {@code map}, which
 * compares texts whatever their case, and its {@code split_clients} where not every request is
 * decided on by itself.
 */
public final class RequestRules {
  private final List<Rule> rules = new ArrayList<>();
  private final Optional<SplitClients> split;

  private record Rule(Predicate<UserRequest> meets, Target target) {}

  /**
   * @throws IllegalArgumentException when an address is none
   */
  public RequestRules(Routes routes) {
    for (Target target : routes.conditional()) {
      rules.add(new Rule(test(target.condition()), target));
    }
    split =
        routes.splitBy() == SplitBy.REQUEST
            ? Optional.empty()
            : Optional.of(new SplitClients(routes));
  }

  private static Predicate<UserRequest> test(RouteCondition condition) {
    if (condition instanceof Address address) {
      Networks networks = new Networks(address.networks());
      return request -> networks.contain(request.client());
    } else if (condition instanceof Header header) {
      return request -> header.value().equalsIgnoreCase(request.headers().get(header.name()));
    }
    Cookie cookie = (Cookie) condition;
    return request -> cookie.value().equalsIgnoreCase(request.cookies().get(cookie.name()));
  }

  /** Who gets a request by what is in it, or by its time; absent when chance decides. */
  Optional<Target> of(UserRequest request) {
    return rules.stream()
        .filter(rule -> rule.meets().test(request))
        .map(Rule::target)
        .findFirst()
        .or(() -> split.map(among -> among.of(request)));
  }
}
