package io.rolloutlab.rollout;

import io.rolloutlab.scenario.CanaryPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.ServiceSpec;
import java.time.Duration;

/** A second service with a growing share: promoted in the first pass, aborted in the second. */
public final class Canary implements Rollout {
  @Override
  public Strategy strategy() {
    return Strategy.CANARY;
  }

  @Override
  public Itinerary itinerary(Scenario scenario) {
    CanaryPlan plan = scenario.settings(CanaryPlan.class).orElseThrow();
    Duration rest = plan.steps().get(0).hold().dividedBy(2);
    return new Itinerary()
        .forward("canary, promoted step by step", "")
        .reset("back to v1 for the second pass", "all to v1")
        .rest(rest)
        .forwardUntil(plan.abortAfter(), "canary again, to be aborted")
        .back("abort: all to v1", "abort")
        .rest(rest)
        .finish();
  }

  @Override
  public void forward(Stage stage) {
    CanaryPlan plan = stage.settings(CanaryPlan.class);
    ServiceSpec canary = canary(stage);
    if (stage.createOnce(canary)) {
      stage.confirmAfterHold(canary);
    }
    int replicas = canary.replicas();
    for (CanaryPlan.Step step : plan.steps()) {
      if (step.replicas() != replicas) {
        replicas = step.replicas();
        stage.scale(canary, replicas);
      }
      int percent = step.canary();
      stage.route(
          "canary to " + percent + " %",
          Routes.split(stage.stable(), canary, percent, plan.splitBy()));
      stage.holdShare(percent, step.hold());
    }
  }

  @Override
  public void back(Stage stage) {
    stage.routeBack(Routes.all(stage.stable()));
  }

  @Override
  public void ready(Stage stage) {
    ServiceSpec canary = canary(stage);
    stage.scale(canary, canary.replicas());
  }

  @Override
  public void finish(Stage stage) {
    stage.remove(canary(stage).name());
  }

  /** As large as the first step has it. */
  private static ServiceSpec canary(Stage stage) {
    return stage.smallCandidate(
        CanaryPlan.SECOND, stage.settings(CanaryPlan.class).steps().get(0).replicas());
  }
}
