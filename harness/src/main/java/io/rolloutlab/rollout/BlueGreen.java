package io.rolloutlab.rollout;

import io.rolloutlab.scenario.BlueGreenPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.ServiceSpec;

/** A second service beside the first; the edge switches to it, back, and forward again. */
public final class BlueGreen implements Rollout {
  @Override
  public Strategy strategy() {
    return Strategy.BLUE_GREEN;
  }

  @Override
  public Itinerary itinerary(Scenario scenario) {
    BlueGreenPlan plan = scenario.settings(BlueGreenPlan.class).orElseThrow();
    return new Itinerary()
        .forward("green beside blue, then the switch", "switch to green")
        .hold("green serves, blue is kept", plan.keepBlue())
        .back("switch back to blue", "switch back to blue")
        .rest(plan.keepBlue())
        .forward("switch to green again", "switch to green again")
        .rest(plan.keepBlue())
        .finish("blue is removed");
  }

  @Override
  public void forward(Stage stage) {
    BlueGreenPlan plan = stage.settings(BlueGreenPlan.class);
    ServiceSpec green = green(stage);
    if (stage.createOnce(green)) {
      stage.smokeTest(green, plan.smokeRequests());
      if (plan.mirrorFor() != null) {
        stage.route("a copy of all to green", Routes.all(stage.stable()).mirroredTo(green));
        stage.hold(plan.mirrorFor());
      }
    }
    stage.route(Routes.all(green));
  }

  @Override
  public void back(Stage stage) {
    stage.routeBack(Routes.all(stage.stable()));
  }

  /** The one of the two that serves nobody goes. */
  @Override
  public void finish(Stage stage) {
    ServiceSpec green = green(stage);
    stage.remove(stage.serves(Routes.all(green)) ? stage.stable().name() : green.name());
  }

  private static ServiceSpec green(Stage stage) {
    return stage.candidate(BlueGreenPlan.SECOND, stage.settings(BlueGreenPlan.class).greenPort());
  }
}
