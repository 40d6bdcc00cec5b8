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
            .plus(scenario.mayBeCalledBack() ? scenario.alarm().longest() : Duration.ZERO)
            .plus(load.coolDown());
    return all.compareTo(load.limit()) < 0 ? all : load.limit();
  }

  /** The requests that can be made in it. */
  public static long requests(Scenario scenario) {
    double seconds = of(scenario).toMillis() / 1e3;
    return Math.round(Math.ceil(seconds * scenario.load().ratePerSecond()));
  }
}
