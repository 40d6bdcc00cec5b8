package io.rolloutlab.app.real;

import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.cluster.Pace;
import io.rolloutlab.scenario.edge.EdgePlan;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** How long a scenario will take, roughly: its own waits, and what a machine takes for the rest. */
public final class Expected {
  private Expected() {}

  /**
   * From nothing to nothing left behind.
   *
   * @param pace of the machine
   */
  public static Duration of(Scenario scenario, Pace pace) {
    AppPlan app = scenario.app();
    LoadPlan load = scenario.load();
    Duration rollout = scenario.settings().expected(scenario, pace);
    return pace.around()
        .plus(app.untilRunning(app.v1()))
        .plus(load.warmUp())
        .plus(rollout)
        .plus(load.coolDown())
        .plus(changesOfRoutes(scenario, pace));
  }

  /** The first routes, those to v1, are brought to the edge in the same way. */
  private static Duration changesOfRoutes(Scenario scenario, Pace pace) {
    EdgePlan edge = scenario.edge();
    return edge.expectedChange(edge.tasks(scenario.balancing()), pace)
        .multipliedBy(1L + scenario.settings().routeChanges());
  }

  /** How long runs take together that are made at once. */
  static Duration ofWave(List<Scenario> wave, Pace pace) {
    Duration longest =
        wave.stream()
            .map(scenario -> of(scenario, pace))
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return longest.plus(pace.turn().multipliedBy(Math.max(0, wave.size() - 1)));
  }
}
