package io.rolloutlab.rollout.ab;

import io.rolloutlab.rollout.Itinerary;
import io.rolloutlab.rollout.Rollout;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.ServiceSpec;

/** A group of users gets a second service for a while; nobody else does. */
abstract class GroupRollout implements Rollout {
  private static GroupSettings plan(Scenario scenario) {
    return (GroupSettings) scenario.settings();
  }

  @Override
  public Itinerary itinerary(Scenario scenario) {
    GroupSettings plan = plan(scenario);
    return new Itinerary()
        .forward("v2 for a group of users", "the group to v2")
        .rest(plan.hold())
        .back("abort: all to v1", "abort")
        .rest(plan.hold().dividedBy(4))
        .finish();
  }

  @Override
  public void forward(Stage stage) {
    ServiceSpec second = second(stage);
    stage.createOnce(second);
    stage.confirmAfterHold(second);
    stage.route(Routes.when(stage.stable(), second, plan(stage.scenario()).condition()));
  }

  @Override
  public void back(Stage stage) {
    stage.routeBack(Routes.all(stage.stable()));
  }

  @Override
  public void finish(Stage stage) {
    stage.remove(second(stage).name());
  }

  private static ServiceSpec second(Stage stage) {
    return stage.smallCandidate(GroupSettings.SECOND, plan(stage.scenario()).replicas());
  }
}
