package io.rolloutlab.rollout;

import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.BlueGreenPlan;
import io.rolloutlab.testbed.Edge;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.StepFailedException;
import java.util.ArrayList;
import java.util.List;

/** A second service beside the first; the edge switches to it, back, and forward again. */
final class BlueGreen implements Rollout {
  @Override
  public void run(Stage stage) {
    BlueGreenPlan plan = stage.scenario().blueGreen();
    ServiceSpec blue = stage.v1();
    ServiceSpec green = stage.green(plan.greenPort());

    stage.phase(PhaseKind.ROLLOUT, "green beside blue, then the switch");
    stage.create(green);
    smokeTest(stage, green, plan.smokeRequests());
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

  private static void smokeTest(Stage stage, ServiceSpec green, int requests) {
    stage.note("smoke test: %d requests to %s".formatted(requests, green.name()));
    List<Edge.Answer> answers = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      Edge.Answer answer = stage.testbed().edge().probe(green.name(), green.port());
      if (!answer.version().equals(green.version())) {
        throw new StepFailedException(
            "smoke test of %s: %s answered with version \"%s\" instead of %s"
                .formatted(green.name(), answer.replica(), answer.version(), green.version()));
      }
      answers.add(answer);
    }
    int reached = Edge.replicas(answers).size();
    if (reached < green.replicas()) {
      throw new StepFailedException(
          "smoke test of %s: %d requests reached %d of its %d replicas"
                  .formatted(green.name(), requests, reached, green.replicas())
              + "; raise blueGreen.smokeRequests or look at the replicas that never answer");
    }
  }
}
