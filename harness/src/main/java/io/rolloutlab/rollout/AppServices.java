package io.rolloutlab.rollout;

import io.rolloutlab.scenario.AppPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.SecondService;
import io.rolloutlab.scenario.SwarmUpdates;
import io.rolloutlab.scenario.VersionPlan;
import io.rolloutlab.testbed.PlacementRules;
import io.rolloutlab.testbed.ServiceSpec;

/** The services of the app under test, by a scenario's settings: their names and versions. */
final class AppServices {
  private final Scenario scenario;
  private final AppPlan app;

  AppServices(Scenario scenario) {
    this.scenario = scenario;
    app = scenario.app();
  }

  /** What is there before anything is rolled out. */
  ServiceSpec stable() {
    return spec(AppPlan.SERVICE, VersionPlan.V1, app.v1(), scenario.tasks(), rules(), app.port(), true);
  }

  /** The same service with the other version. */
  ServiceSpec updated() {
    return spec(AppPlan.SERVICE, VersionPlan.V2, app.v2(), scenario.tasks(), rules(), app.port(), true);
  }

  /** A second service of the same size beside it. */
  ServiceSpec candidate(String prefix, int port) {
    PlacementRules beside = rules().withoutHostPort();
    return spec(SecondService.name(prefix), VersionPlan.V2, app.v2(), scenario.tasks(), beside, port, true);
  }

  /** A second service that publishes no port. */
  ServiceSpec smallCandidate(String prefix, int replicas) {
    PlacementRules beside = rules().withoutHostPort();
    return spec(SecondService.name(prefix), VersionPlan.V2, app.v2(), replicas, beside, app.port(), false);
  }

  private PlacementRules rules() {
    return new PlacementRules(app.constraints(), app.maxPerNode(), app.spread(), app.hostPort());
  }

  private ServiceSpec spec(
      String name,
      String version,
      VersionPlan plan,
      int replicas,
      PlacementRules placement,
      int port,
      boolean published) {
    SwarmUpdates updates = scenario.settings().updates().orElse(SwarmUpdates.DEFAULT);
    return new ServiceSpec(
        name,
        version,
        plan.imageName(version),
        plan.env(),
        app.mode(),
        replicas,
        placement,
        app.reserve(),
        port,
        published,
        app.stopGrace(),
        app.restart(),
        app.healthCheck(),
        updates.forward(),
        updates.back());
  }
}
