package io.rolloutlab.rollout;

import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.CanaryIpPlan;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.ServiceSpec;

/** The users of listed addresses get the canary for a while; nobody else does. */
final class CanaryIp implements Rollout {
  @Override
  public void run(Stage stage) {
    CanaryIpPlan plan = stage.scenario().canaryIp();
    ServiceSpec stable = stage.v1();
    ServiceSpec canary = stage.canary(plan.replicas());

    stage.phase(PhaseKind.ROLLOUT, "canary for listed addresses");
    stage.create(canary);
    stage.route(
        "listed addresses to the canary", Routes.byAddress(stable, canary, plan.addresses()));
    stage.hold(plan.hold());
    stage.confirmVersion(canary);

    stage.phase(PhaseKind.ROLLBACK, "abort: all to v1");
    stage.route("abort", Routes.all(stable));
    stage.hold(plan.hold().dividedBy(4));
    stage.remove(canary.name());
  }
}
