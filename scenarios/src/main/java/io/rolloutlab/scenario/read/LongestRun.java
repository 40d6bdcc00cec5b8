package io.rolloutlab.scenario.read;

import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.Scenario;
import java.time.Duration;

/** How long a scenario's load can last at most: what it holds, and the limits of what it awaits. */
public final class LongestRun {
  private LongestRun() {}

  /** The time from the first request to the last. */
  public static Duration of(Scenario scenario) {
    LoadPlan load = scenario.load();
    Duration all =
        load.warmUp()
            .plus(scenario.settings().longest(scenario))
            .plus(turningRound(scenario))
            .plus(load.coolDown());
    return all.compareTo(load.limit()) < 0 ? all : load.limit();
  }

  /** What an alarm adds to it; who gives a rollout up by himself watches v1 for as long. */
  private static Duration turningRound(Scenario scenario) {
    if (scenario.isBaseline()) {
      return Duration.ZERO;
    }
    return scenario.mayBeCalledBack() ? scenario.alarm().longest() : scenario.alarm().within();
  }

  /** The requests that can be made in it. */
  public static long requests(Scenario scenario) {
    double seconds = of(scenario).toMillis() / 1e3;
    return Math.round(Math.ceil(seconds * scenario.load().ratePerSecond()));
  }
}
