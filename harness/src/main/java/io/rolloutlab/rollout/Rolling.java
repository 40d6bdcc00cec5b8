package io.rolloutlab.rollout;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.RollingPlan;
import io.rolloutlab.scenario.UpdateEnd;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Swarm's own rolling update of the one service, and, unless told otherwise, the way back. What
 * Swarm decides on the way is an outcome: the load goes on over it to its end and the hold after
 * it. A person takes back an update that was completed, that was paused or that never ended; what
 * Swarm itself has rolled back stays as it is.
 */
final class Rolling implements Rollout {
  private static final Set<UpdateEnd> TAKEN_BACK_BY_SWARM =
      EnumSet.of(UpdateEnd.ROLLED_BACK, UpdateEnd.ROLLBACK_PAUSED);

  @Override
  public void run(Stage stage) {
    RollingPlan plan = stage.scenario().rolling();

    stage.phase(PhaseKind.ROLLOUT, "rolling update to v2");
    UpdateEnd end = update(stage);

    stage.phase(PhaseKind.HOLD, after(end));
    stage.hold(plan.hold());
    if (end == UpdateEnd.COMPLETED) {
      stage.confirmVersion(stage.v2());
    }

    if (plan.backAgain() && !TAKEN_BACK_BY_SWARM.contains(end)) {
      stage.phase(PhaseKind.ROLLBACK, "roll back to v1");
      rollBack(stage);
    }
  }

  private static UpdateEnd update(Stage stage) {
    long ordered = stage.now();
    stage.update(stage.v1(), stage.v2());
    Wait decision = new Wait(stage, "Swarm has ended the update to v2", Rolling::decision);
    if (decision.end() != UpdateEnd.ROLLED_BACK) {
      return record(stage, ordered, false, decision);
    }
    stage.phase(PhaseKind.ROLLBACK, "Swarm rolls back to v1 by itself");
    return record(stage, ordered, false, new Wait(stage, "Swarm's own rollback", Rolling::ownWay));
  }

  private static void rollBack(Stage stage) {
    long ordered = stage.now();
    stage.rollBack(Stage.APP);
    record(stage, ordered, true, new Wait(stage, "the rollback to v1", Rolling::wayBack));
  }

  private static UpdateEnd record(Stage stage, long ordered, boolean rollback, Wait wait) {
    stage.record(
        new Event.UpdateEnded(
            stage.now(), ordered, Stage.APP, rollback, wait.end(), wait.message()));
    return wait.end();
  }

  /** What Swarm has decided about an update; {@link UpdateEnd#ROLLED_BACK} when it begins that. */
  private static Optional<UpdateEnd> decision(String state) {
    return switch (state) {
      case "completed" -> Optional.of(UpdateEnd.COMPLETED);
      case "paused" -> Optional.of(UpdateEnd.PAUSED);
      case "rollback_started", "rollback_completed", "rollback_paused" ->
          Optional.of(UpdateEnd.ROLLED_BACK);
      default -> Optional.empty();
    };
  }

  /** Until the state says something of this rollback, it may still tell of the update before. */
  private static Optional<UpdateEnd> wayBack(String state) {
    return switch (state) {
      case "rollback_completed" -> Optional.of(UpdateEnd.ROLLED_BACK);
      case "rollback_paused" -> Optional.of(UpdateEnd.ROLLBACK_PAUSED);
      default -> Optional.empty();
    };
  }

  /**
   * What came of the rollback that Swarm has begun. Its end can be followed at once by an ordinary
   * update of slots that hold a task too many, which is then "completed" (swarmkit, updater.go).
   */
  private static Optional<UpdateEnd> ownWay(String state) {
    return state.equals("completed") ? Optional.of(UpdateEnd.ROLLED_BACK) : wayBack(state);
  }

  private static String after(UpdateEnd end) {
    return switch (end) {
      case COMPLETED -> "the update is completed";
      case PAUSED -> "the update is paused";
      case ROLLED_BACK -> "Swarm has rolled back";
      case ROLLBACK_PAUSED -> "Swarm's rollback is paused";
      case NEVER_ENDED -> "the update has not ended";
    };
  }
}
