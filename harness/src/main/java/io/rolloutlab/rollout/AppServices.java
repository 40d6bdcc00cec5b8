package io.rolloutlab.rollout;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.SecondService;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.update.SwarmUpdates;
import io.rolloutlab.testbed.PlacementRules;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.ServiceSpec.Listening;
import io.rolloutlab.testbed.ServiceSpec.Release;
import java.util.List;

/** The services of the app under test, by a scenario's settings: their names and versions. */
final class AppServices {
  private final Scenario scenario;
  private final AppPlan app;
  private final String name;

  /**
   * @param name of the service that is there before anything is rolled out
   */
  AppServices(Scenario scenario, String name) {
    this.scenario = scenario;
    this.name = name;
    app = scenario.app();
  }

  /** Of what is there before anything is rolled out. */
  String name() {
    return name;
  }

  /** Of all: the one that is there first, then what is made beside it. */
  List<String> names() {
    return scenario.servicesBeside(name);
  }

  /** What is there before anything is rolled out. */
  ServiceSpec stable() {
    return spec(name, v1(), scenario.tasks(), rules(), published(app.port()));
  }

  /** The same service with the other version. */
  ServiceSpec updated() {
    return spec(name, v2(), scenario.tasks(), rules(), published(app.port()));
  }

  /** A second service of the same size beside it. */
  ServiceSpec candidate(String prefix, int port) {
    PlacementRules beside = rules().withoutHostPort();
    return spec(SecondService.name(prefix), v2(), scenario.tasks(), beside, published(port));
  }

  /** A second service that publishes no port. */
  ServiceSpec smallCandidate(String prefix, int replicas) {
    PlacementRules beside = rules().withoutHostPort();
    Listening hidden = new Listening(app.port(), false);
    return spec(SecondService.name(prefix), v2(), replicas, beside, hidden);
  }

  private Release v1() {
    return release(VersionPlan.V1, app.v1());
  }

  private Release v2() {
    return release(VersionPlan.V2, app.v2());
  }

  private static Release release(String version, VersionPlan plan) {
    return new Release(version, plan.imageName(version), plan.variables());
  }

  private static Listening published(int port) {
    return new Listening(port, true);
  }

  private PlacementRules rules() {
    return new PlacementRules(app.constraints(), app.maxPerNode(), app.spread(), app.hostPort());
  }

  private ServiceSpec spec(
      String called, Release release, int replicas, PlacementRules placement, Listening listening) {
    return new ServiceSpec(
        called,
        release,
        app.mode(),
        replicas,
        placement,
        app.reserve(),
        app.limits(),
        listening,
        new ServiceSpec.Upkeep(app.stopGrace(), app.restart(), app.healthCheck()),
        scenario.settings().updates().orElse(SwarmUpdates.DEFAULT));
  }
}
