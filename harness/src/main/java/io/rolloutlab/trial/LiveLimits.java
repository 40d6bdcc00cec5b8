package io.rolloutlab.trial;

import io.rolloutlab.scenario.HappeningKinds;
import io.rolloutlab.scenario.LongestRun;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.testbed.StepFailedException;
import java.math.BigDecimal;

/** What a real Swarm on one machine is spared; a simulated one takes more. */
public final class LiveLimits {
  private static final int REPLICAS = 1000;

  /** More than that, and users and cluster would measure each other's want of cores. */
  private static final int REQUESTS_PER_SECOND = 1000;

  /** What Gatling's process has memory for. */
  private static final int REQUESTS = 2_000_000;

  private LiveLimits() {}

  /**
   * Lets a scenario pass that one machine can carry.
   *
   * @throws StepFailedException when it is too large, saying what to do
   */
  public static void check(Scenario scenario) {
    check(
        scenario,
        "cluster.workers",
        scenario.cluster().workers(),
        ClusterPlan.WORKERS_ON_ONE_MACHINE);
    check(scenario, "app.replicas", scenario.tasks(), REPLICAS);
    scenario.settings().secondService().stream()
        .flatMap(second -> second.replicas().entrySet().stream())
        .forEach(
            size ->
                check(
                    scenario,
                    scenario.strategy().key() + "." + size.getKey(),
                    size.getValue(),
                    REPLICAS));
    check(scenario, "a service's replicas in during", HappeningKinds.tasks(scenario), REPLICAS);
    String rate =
        "load.ratePerSecond"
            + (scenario.load().namesAssets() ? " with the assets that its pages name" : "");
    check(scenario, rate, scenario.load().requestsPerSecond(), REQUESTS_PER_SECOND);
    check(
        scenario,
        "%s times the %s this can last".formatted(rate, Durations.print(LongestRun.of(scenario))),
        LongestRun.requests(scenario),
        REQUESTS);
  }

  private static void check(Scenario scenario, String what, double value, int most) {
    if (value > most) {
      throw new StepFailedException(
          "scenario %s: %s may be at most %s on a real Swarm, whose nodes share this machine, but is"
                  .formatted(scenario.name(), what, most)
              + " %s. Make it smaller, or simulate it: mvn verify -Psimulation"
                  .formatted(BigDecimal.valueOf(value).stripTrailingZeros().toPlainString())
              + " -Dlab.scenarios=FILE");
    }
  }
}
