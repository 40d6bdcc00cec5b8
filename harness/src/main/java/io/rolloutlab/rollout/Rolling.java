package io.rolloutlab.rollout;

import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.RollingPlan;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm;
import java.util.Optional;

/** Swarm's own rolling update of the one service, then, unless told otherwise, its rollback. */
final class Rolling implements Rollout {
  @Override
  public void run(Stage stage) {
    RollingPlan plan = stage.scenario().rolling();

    stage.phase(PhaseKind.ROLLOUT, "rolling update to v2");
    stage.update(stage.v1(), stage.v2());
    awaitEnd(stage, "the update to v2 is completed", "completed", "v2");

    stage.phase(PhaseKind.HOLD, "v2 serves");
    stage.hold(plan.hold());

    if (plan.backAgain()) {
      stage.phase(PhaseKind.ROLLBACK, "roll back to v1");
      stage.rollBack(Stage.APP);
      awaitEnd(stage, "the rollback to v1 is completed", "rollback_completed", "v1");
    }
  }

  private static void awaitEnd(Stage stage, String what, String end, String version) {
    stage.awaitService(
        Stage.APP,
        what,
        stage.scenario().rolling().limit(),
        progress -> {
          if (progress.updateState().endsWith("paused")
              || !end.startsWith("rollback") && progress.updateState().startsWith("rollback")) {
            throw new StepFailedException(
                "Swarm gave up: the update is %s: %s"
                    .formatted(progress.updateState(), progress.updateMessage()));
          }
          return missing(progress, end, version);
        });
  }

  private static Optional<String> missing(Swarm.Progress progress, String end, String version) {
    return progress.updateState().equals(end)
        ? Optional.empty()
        : Optional.of(
            "%s tasks run %s, the update is %s"
                .formatted(progress.running(version), version, progress.updateState()));
  }
}
