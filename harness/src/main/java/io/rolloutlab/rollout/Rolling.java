package io.rolloutlab.rollout;

import io.rolloutlab.scenario.RollingPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.update.UpdateEnd;

/**
 * Swarm's own rolling update of the one service, and, unless told otherwise, the way back. What
 * Swarm decides on the way is an outcome: the load goes on over it to its end and the hold after
 * it. A person takes back an update that was completed, that was paused or that never ended; what
 * Swarm itself has rolled back stays as it is.
 */
public final class Rolling implements Rollout {
  @Override
  public Strategy strategy() {
    return Strategy.ROLLING;
  }

  @Override
  public Itinerary itinerary(Scenario scenario) {
    RollingPlan plan = scenario.settings(RollingPlan.class).orElseThrow();
    Itinerary there =
        new Itinerary()
            .forward("rolling update to v2", "")
            .hold("the update has ended", plan.hold());
    if (plan.mayGoBack()) {
      there.mayGoBack();
    }
    return plan.backAgain() ? there.back("roll back to v1", "") : there;
  }

  @Override
  public void forward(Stage stage) {
    stage.update(stage.stable(), stage.updated());
    if (stage.awaitUpdate() == UpdateEnd.COMPLETED) {
      stage.confirmAfterHold(stage.updated());
    }
  }

  @Override
  public void back(Stage stage) {
    stage.takeUpdateBack();
  }
}
