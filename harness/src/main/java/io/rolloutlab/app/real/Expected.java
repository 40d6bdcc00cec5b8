package io.rolloutlab.app.real;

import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.edge.EdgePlan;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** How long a scenario will take, roughly: its own waits, and what such steps took on two cores. */
public final class Expected {
  private static final Duration AROUND = Duration.ofSeconds(22);

  /**
   * What a run waits for one that is made beside it: clusters are brought up, and loads started,
   * one after the other.
   */
  private static final Duration A_TURN = Duration.ofSeconds(10);

  private Expected() {}

  /** From nothing to nothing left behind. */
  public static Duration of(Scenario scenario) {
    LoadPlan load = scenario.load();
    Duration rollout = scenario.settings().expected(scenario);
    return AROUND
        .plus(load.warmUp())
        .plus(rollout)
        .plus(load.coolDown())
        .plus(changesOfRoutes(scenario));
  }

  /** The first routes, those to v1, are brought to the edge in the same way. */
  private static Duration changesOfRoutes(Scenario scenario) {
    EdgePlan edge = scenario.edge();
    return edge.expectedChange(edge.tasks(scenario.balancing()))
        .multipliedBy(1L + scenario.settings().routeChanges());
  }

  /** How long runs take together that are made at once. */
  static Duration ofWave(List<Scenario> wave) {
    Duration longest =
        wave.stream().map(Expected::of).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    return longest.plus(A_TURN.multipliedBy(Math.max(0, wave.size() - 1)));
  }
}
