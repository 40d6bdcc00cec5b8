package io.rolloutlab.rollout;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.CanaryPlan;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.ServiceSpec;
import java.util.List;

/** A second service with a growing share: promoted in the first pass, aborted in the second. */
final class Canary implements Rollout {
  @Override
  public void run(Stage stage) {
    CanaryPlan plan = stage.scenario().canary();
    ServiceSpec stable = stage.v1();
    ServiceSpec canary = stage.canary(plan.steps().get(0).replicas());

    stage.phase(PhaseKind.ROLLOUT, "canary, promoted step by step");
    stage.create(canary);
    climb(stage, stable, canary, plan.steps(), 1);

    stage.phase(PhaseKind.RESET, "back to v1 for the second pass");
    stage.route("all to v1", Routes.all(stable));
    stage.scale(canary, plan.steps().get(0).replicas());
    stage.hold(plan.steps().get(0).hold().dividedBy(2));

    stage.phase(PhaseKind.ROLLOUT, "canary again, to be aborted");
    climb(stage, stable, canary, plan.steps().subList(0, plan.abortAfter()), 2);

    stage.phase(PhaseKind.ROLLBACK, "abort: all to v1");
    stage.route("abort", Routes.all(stable));
    stage.hold(plan.steps().get(0).hold().dividedBy(2));
    stage.remove(canary.name());
  }

  private static void climb(
      Stage stage, ServiceSpec stable, ServiceSpec canary, List<CanaryPlan.Step> steps, int pass) {
    int replicas = steps.get(0).replicas();
    for (int i = 0; i < steps.size(); i++) {
      CanaryPlan.Step step = steps.get(i);
      if (step.replicas() != replicas) {
        replicas = step.replicas();
        stage.scale(canary, replicas);
      }
      stage.route("canary to " + step.canary() + " %", Routes.split(stable, canary, step.canary()));
      long from = stage.now();
      stage.hold(step.hold());
      stage.record(
          new Event.ShareHeld(
              from,
              stage.now(),
              step.canary(),
              "pass %s, step %s: %s %%".formatted(pass, i + 1, step.canary())));
      if (pass == 1 && i == 0) {
        stage.confirmVersion(canary);
      }
    }
  }
}
