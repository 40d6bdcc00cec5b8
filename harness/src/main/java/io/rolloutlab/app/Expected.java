package io.rolloutlab.app;

import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.Scenario;
import java.time.Duration;

/** How long a scenario will take, roughly: its own waits, and what such steps took on two cores. */
final class Expected {
  private static final Duration AROUND = Duration.ofSeconds(22);

  private Expected() {}

  static Duration of(Scenario scenario) {
    LoadPlan load = scenario.load();
    Duration rollout = scenario.settings().expected(scenario);
    return AROUND.plus(load.warmUp()).plus(rollout).plus(load.coolDown());
  }
}
