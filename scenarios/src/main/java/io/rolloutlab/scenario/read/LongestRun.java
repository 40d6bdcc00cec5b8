package io.rolloutlab.scenario.read;

import io.rolloutlab.scenario.BlueGreenPlan;
import io.rolloutlab.scenario.CanaryPlan;
import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.RollingPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.UpdatePlan;
import io.rolloutlab.scenario.check.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long a scenario's load can last at most: what it holds, and the limits of what it awaits. */
public final class LongestRun {
  private LongestRun() {}

  /** The time from the first request to the last. */
  public static Duration of(Scenario scenario) {
    LoadPlan load = scenario.load();
    Duration all = load.warmUp().plus(rollout(scenario)).plus(load.coolDown());
    return all.compareTo(load.limit()) < 0 ? all : load.limit();
  }

  /** The requests that can be made in it. */
  public static long requests(Scenario scenario) {
    double seconds = of(scenario).toMillis() / 1e3;
    return Math.round(Math.ceil(seconds * scenario.load().ratePerSecond()));
  }

  private static Duration rollout(Scenario scenario) {
    Duration start = scenario.app().startLimit();
    return switch (scenario.strategy()) {
      case BASELINE -> scenario.baseline().hold();
      case ROLLING -> {
        RollingPlan rolling = scenario.rolling();
        boolean back =
            rolling.backAgain()
                || rolling.update().failureAction() == UpdatePlan.FailureAction.ROLLBACK;
        yield rolling.limit().multipliedBy(back ? 2 : 1).plus(rolling.hold());
      }
      case BLUE_GREEN -> {
        BlueGreenPlan plan = scenario.blueGreen();
        // The start and the smoke test have a limit each.
        yield start
            .multipliedBy(2)
            .plus(Check.orElse(plan.mirrorFor(), Duration.ZERO))
            .plus(plan.keepBlue().multipliedBy(3));
      }
      case CANARY -> canary(scenario.canary(), start);
      case CANARY_IP -> {
        Duration hold = scenario.canaryIp().hold();
        yield start.plus(hold).plus(hold.dividedBy(4));
      }
    };
  }

  /** Both passes, the two pauses after them, and a start for each change of size. */
  private static Duration canary(CanaryPlan plan, Duration start) {
    List<CanaryPlan.Step> steps = new ArrayList<>(plan.steps());
    steps.addAll(plan.steps().subList(0, plan.abortAfter()));
    Duration all = start.plus(plan.steps().get(0).hold());
    int replicas = steps.get(0).replicas();
    for (CanaryPlan.Step step : steps) {
      all = all.plus(step.hold()).plus(step.replicas() == replicas ? Duration.ZERO : start);
      replicas = step.replicas();
    }
    return all;
  }
}
