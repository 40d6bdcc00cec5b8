package io.rolloutlab.rollout;

import io.rolloutlab.scenario.CanaryIpPlan;
import io.rolloutlab.scenario.CanaryPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.testbed.RouteCondition;

/** The users of listed addresses get the canary for a while; nobody else does. */
public final class CanaryIp extends RuleRollout {
  @Override
  public Strategy strategy() {
    return Strategy.CANARY_IP;
  }

  @Override
  protected Rule rule(Scenario scenario) {
    CanaryIpPlan plan = scenario.settings(CanaryIpPlan.class).orElseThrow();
    return new Rule(
        "canary for listed addresses",
        "listed addresses to the canary",
        CanaryPlan.SECOND,
        plan.replicas(),
        new RouteCondition.Address(plan.addresses()),
        plan.hold());
  }
}
