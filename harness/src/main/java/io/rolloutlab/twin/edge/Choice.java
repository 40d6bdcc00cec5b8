package io.rolloutlab.twin.edge;

import io.rolloutlab.scenario.check.Networks;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.Routes.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The address rules of routes: nginx's {@code geo}. */
public final class Choice {
  private final List<Rule> rules = new ArrayList<>();

  private record Rule(Networks addresses, Target target) {}

  public Choice(Routes routes) {
    for (Target target : routes.targets()) {
      if (!target.addresses().isEmpty()) {
        rules.add(new Rule(new Networks(target.addresses()), target));
      }
    }
  }

  /** Who gets all requests of a client; absent when weights decide. */
  Optional<Target> listed(String client) {
    return rules.stream()
        .filter(rule -> rule.addresses().contain(client))
        .map(Rule::target)
        .findFirst();
  }
}
