package io.rolloutlab.scenario;

import java.time.Duration;
import java.util.List;

/**
 * @param steps those of the first pass, which ends promoted; the canary's weight never falls;
 *     default 10 % on 1 replica, 30, 50 and 100 % on 3
 * @param abortAfter how many of the steps the second pass takes before it is aborted; 1 to the
 *     number of steps, default 2
 * @param confidence that of the interval in which the measured share must contain the weight; 0.5
 *     to 0.9999, default 0.999 for each step, so that a right share is called wrong once in a
 *     thousand steps
 */
public record CanaryPlan(List<Step> steps, Integer abortAfter, Double confidence) {
  public static final CanaryPlan DEFAULT = new CanaryPlan(null, null, null);

  /**
   * One step of a canary.
   *
   * @param canary weight in percent, 1 to 100
   * @param stable weight in percent; default and only sensible value: 100 - canary
   * @param replicas how many tasks the canary service has, 1 to 10,000
   * @param hold how long the step is held; default 15 s
   */
  public record Step(Integer canary, Integer stable, Integer replicas, Duration hold) {
    public Step {
      Check.present("canary", canary);
      Check.between("canary", canary, 1, 100);
      stable = Check.orElse(stable, 100 - canary);
      Check.that(
          canary + stable == 100,
          "",
          "weights must add up to 100: canary %s + stable %s = %s"
              .formatted(canary, stable, canary + stable));
      replicas = Check.orElse(replicas, 1);
      Check.between("replicas", replicas, 1, 10_000);
      hold = Check.orElse(hold, Duration.ofSeconds(15));
      Check.between("hold", hold, Duration.ofSeconds(1), Duration.ofHours(1));
    }
  }

  public CanaryPlan {
    steps =
        Check.listOrElse(
            steps,
            List.of(
                new Step(10, 90, 1, null),
                new Step(30, 70, 3, null),
                new Step(50, 50, 3, null),
                new Step(100, 0, 3, null)));
    Check.that(!steps.isEmpty(), "steps", "must not be empty");
    for (int i = 1; i < steps.size(); i++) {
      Check.that(
          steps.get(i).canary() >= steps.get(i - 1).canary(),
          "steps[%s]".formatted(i),
          "the canary's weight must not fall, but step %s has %s after %s"
              .formatted(i + 1, steps.get(i).canary(), steps.get(i - 1).canary()));
    }
    abortAfter = Check.orElse(abortAfter, Math.min(2, steps.size()));
    Check.that(
        abortAfter >= 1 && abortAfter <= steps.size(),
        "abortAfter",
        "must be from 1 to the number of steps (%s), but is %s".formatted(steps.size(), abortAfter),
        "steps");
    confidence = Check.orElse(confidence, 0.999);
    Check.between("confidence", confidence, 0.5, 0.9999);
  }
}
