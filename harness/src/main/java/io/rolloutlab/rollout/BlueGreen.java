package io.rolloutlab.rollout;

import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.BlueGreenPlan;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.ServiceSpec;

/** A second service beside the first; the edge switches to it, back, and forward again. */
final class BlueGreen implements Rollout {
  @Override
  public void run(Stage stage) {
    BlueGreenPlan plan = stage.scenario().blueGreen();
    ServiceSpec blue = stage.v1();
    ServiceSpec green = stage.green(plan.greenPort());

    stage.phase(PhaseKind.ROLLOUT, "green beside blue, then the switch");
    stage.create(green);
    stage.smokeTest(green, plan.smokeRequests());
    if (plan.mirrorFor() != null) {
      stage.route("a copy of all to green", Routes.all(blue).mirroredTo(green));
      stage.hold(plan.mirrorFor());
    }
    stage.route("switch to green", Routes.all(green));

    stage.phase(PhaseKind.HOLD, "green serves, blue is kept");
    stage.hold(plan.keepBlue());

    stage.phase(PhaseKind.ROLLBACK, "switch back to blue");
    stage.route("switch back to blue", Routes.all(blue));
    stage.hold(plan.keepBlue());

    stage.phase(PhaseKind.ROLLOUT, "switch to green again");
    stage.route("switch to green again", Routes.all(green));
    stage.hold(plan.keepBlue());

    stage.phase(PhaseKind.HOLD, "blue is removed");
    stage.remove(blue.name());
  }
}
