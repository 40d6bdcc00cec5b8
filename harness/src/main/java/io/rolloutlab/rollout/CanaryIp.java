package io.rolloutlab.rollout;

import io.rolloutlab.scenario.CanaryIpPlan;
import io.rolloutlab.scenario.CanaryPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.ServiceSpec;

/** The users of listed addresses get the canary for a while; nobody else does. */
public final class CanaryIp implements Rollout {
  @Override
  public Strategy strategy() {
    return Strategy.CANARY_IP;
  }

  @Override
  public Itinerary itinerary(Scenario scenario) {
    CanaryIpPlan plan = scenario.settings(CanaryIpPlan.class).orElseThrow();
    return new Itinerary()
        .forward("canary for listed addresses", "listed addresses to the canary")
        .rest(plan.hold())
        .back("abort: all to v1", "abort")
        .rest(plan.hold().dividedBy(4))
        .finish();
  }

  @Override
  public void forward(Stage stage) {
    ServiceSpec canary = canary(stage);
    stage.createOnce(canary);
    stage.confirmAfterHold(canary);
    stage.route(
        Routes.byAddress(stage.stable(), canary, stage.settings(CanaryIpPlan.class).addresses()));
  }

  @Override
  public void back(Stage stage) {
    stage.routeBack(Routes.all(stage.stable()));
  }

  @Override
  public void finish(Stage stage) {
    stage.remove(canary(stage).name());
  }

  private static ServiceSpec canary(Stage stage) {
    return stage.smallCandidate(CanaryPlan.SECOND, stage.settings(CanaryIpPlan.class).replicas());
  }
}
