package io.rolloutlab.app;

import io.rolloutlab.scenario.AppKnob;
import io.rolloutlab.scenario.CanaryPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.UpdatePlan;
import io.rolloutlab.scenario.VersionPlan;
import java.time.Duration;

/** How long a scenario will take, roughly: its own waits, and what such steps took on two cores. */
final class Expected {
  private static final Duration AROUND = Duration.ofSeconds(22);
  private static final Duration SLOT = Duration.ofSeconds(4);
  private static final Duration CHANGE = Duration.ofSeconds(3);

  private Expected() {}

  static Duration of(Scenario scenario) {
    Duration strategy =
        switch (scenario.strategy()) {
          case BASELINE -> scenario.baseline().hold();
          case ROLLING ->
              update(scenario, scenario.rolling().update())
                  .plus(scenario.rolling().hold())
                  .plus(
                      scenario.rolling().backAgain()
                          ? update(scenario, scenario.rolling().rollback())
                          : Duration.ZERO);
          case BLUE_GREEN -> scenario.blueGreen().keepBlue().plus(CHANGE).multipliedBy(3);
          case CANARY -> canary(scenario.canary());
          case CANARY_IP ->
              scenario.canaryIp().hold().multipliedBy(5).dividedBy(4).plus(CHANGE.multipliedBy(2));
        };
    return AROUND.plus(scenario.load().warmUp()).plus(strategy).plus(scenario.load().coolDown());
  }

  private static Duration update(Scenario scenario, UpdatePlan plan) {
    int replicas = scenario.tasks();
    int parallel = plan.parallelism() == 0 ? replicas : plan.parallelism();
    int rounds = (replicas + parallel - 1) / parallel;
    Duration slot = SLOT.plus(startUp(scenario));
    return plan.delay().plus(slot).multipliedBy(rounds).plus(plan.delay()).plus(plan.monitor());
  }

  /** Only where it counts: without a health check Swarm does not wait for it. */
  private static Duration startUp(Scenario scenario) {
    VersionPlan v2 = scenario.app().v2();
    boolean waits = scenario.app().healthCheck() != null && v2.isLabApp();
    return waits
        ? Duration.ofMillis((long) (AppKnob.START_DELAY_SECONDS.number(v2.env()).orElse(0) * 1000))
        : Duration.ZERO;
  }

  private static Duration canary(CanaryPlan plan) {
    Duration all = plan.steps().get(0).hold();
    for (CanaryPlan.Step step : plan.steps()) {
      all = all.plus(step.hold()).plus(CHANGE);
    }
    for (CanaryPlan.Step step : plan.steps().subList(0, plan.abortAfter())) {
      all = all.plus(step.hold()).plus(CHANGE);
    }
    return all;
  }
}
