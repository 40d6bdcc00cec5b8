package io.rolloutlab.rollout;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.UpdateState;
import io.rolloutlab.scenario.RollingPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.update.UpdateEnd;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Swarm's own rolling update of the one service, and, unless told otherwise, the way back. What
 * Swarm decides on the way is an outcome: the load goes on over it to its end and the hold after
 * it. A person takes back an update that was completed, that was paused or that never ended; what
 * Swarm itself has rolled back stays as it is.
 */
public final class Rolling implements Rollout {
  private static final Set<UpdateEnd> TAKEN_BACK_BY_SWARM =
      EnumSet.of(UpdateEnd.ROLLED_BACK, UpdateEnd.ROLLBACK_PAUSED);

  private static final Set<UpdateState> GOES_BACK =
      EnumSet.of(
          UpdateState.ROLLBACK_STARTED,
          UpdateState.ROLLBACK_PAUSED,
          UpdateState.ROLLBACK_COMPLETED);

  /** What Swarm has done is seen a second or so later. */
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(5);

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
      there.mayBegin(PhaseKind.ROLLBACK);
    }
    return plan.backAgain() ? there.back("roll back to v1", "") : there;
  }

  @Override
  public void forward(Stage stage) {
    long ordered = stage.now();
    stage.update(stage.stable(), stage.updated());
    UpdateWait update =
        new UpdateWait(stage, "Swarm has ended the update to v2", Rolling::endOfUpdate);
    if (update.end() == UpdateEnd.ROLLED_BACK) {
      stage.passes().turned();
      stage.phase(PhaseKind.ROLLBACK, "Swarm rolls back to v1 by itself");
      update = new UpdateWait(stage, "Swarm's own rollback", Rolling::endOfOwnRollback);
    }
    UpdateEnd end = update.end();
    stage.record(ended(stage, ordered, false, update));
    stage.ended(inWords(end), TAKEN_BACK_BY_SWARM.contains(end));
    if (end == UpdateEnd.COMPLETED) {
      stage.confirmAfterHold(stage.updated());
    }
  }

  /**
   * Orders the rollback, also while the update goes on, and waits for its end; where Swarm goes
   * back by itself already, for that of its own: to roll that back would give v2 to everybody.
   */
  @Override
  public void back(Stage stage) {
    long ordered = stage.now();
    if (takesBack(stage)) {
      UpdateWait rollback = new UpdateWait(stage, "the rollback to v1", Rolling::endOfRollback);
      stage.record(ended(stage, ordered, true, rollback));
    } else {
      stage.note("Swarm rolls back to v1 by itself already: there is nothing to order");
      UpdateWait own = new UpdateWait(stage, "Swarm's own rollback", Rolling::endOfOwnRollback);
      stage.record(ended(stage, stage.passes().updateOrderedAt(), false, own));
    }
  }

  /**
   * Orders the rollback, unless Swarm has begun its own, to which there is no previous spec
   * (swarmkit, updater.go): the order is refused when that is seen too late.
   */
  private static boolean takesBack(Stage stage) {
    if (stage.passes().hasTurned() || goesBack(stage.testbed().swarm().progress(Stage.APP))) {
      return false;
    }
    try {
      stage.rollBack(Stage.APP);
      return true;
    } catch (StepFailedException refused) {
      Optional<String> other =
          stage.serviceComesTo(
              Stage.APP,
              "Swarm rolls back by itself",
              SEEN_WITHIN,
              progress ->
                  goesBack(progress)
                      ? Optional.empty()
                      : Optional.of("the update is " + progress.updateState()));
      if (other.isPresent()) {
        throw refused;
      }
      return false;
    }
  }

  private static boolean goesBack(Swarm.Progress progress) {
    return UpdateState.of(progress.updateState()).filter(GOES_BACK::contains).isPresent();
  }

  private static Event ended(Stage stage, long ordered, boolean rollback, UpdateWait wait) {
    return new Event.UpdateEnded(
        stage.now(), ordered, Stage.APP, rollback, wait.end(), wait.message());
  }

  /** What Swarm has decided about an update; {@link UpdateEnd#ROLLED_BACK} when it begins that. */
  private static Optional<UpdateEnd> endOfUpdate(UpdateState state) {
    return switch (state) {
      case UPDATING -> Optional.empty();
      case COMPLETED -> Optional.of(UpdateEnd.COMPLETED);
      case PAUSED -> Optional.of(UpdateEnd.PAUSED);
      case ROLLBACK_STARTED, ROLLBACK_PAUSED, ROLLBACK_COMPLETED ->
          Optional.of(UpdateEnd.ROLLED_BACK);
    };
  }

  /** Until the state says something of this rollback, it may still tell of the update before. */
  private static Optional<UpdateEnd> endOfRollback(UpdateState state) {
    return switch (state) {
      case UPDATING, COMPLETED, PAUSED, ROLLBACK_STARTED -> Optional.empty();
      case ROLLBACK_PAUSED -> Optional.of(UpdateEnd.ROLLBACK_PAUSED);
      case ROLLBACK_COMPLETED -> Optional.of(UpdateEnd.ROLLED_BACK);
    };
  }

  /**
   * What came of the rollback that Swarm has begun. Its end can be followed at once by an ordinary
   * update of slots that hold a task too many, which is then "completed" (swarmkit, updater.go).
   */
  private static Optional<UpdateEnd> endOfOwnRollback(UpdateState state) {
    return state == UpdateState.COMPLETED
        ? Optional.of(UpdateEnd.ROLLED_BACK)
        : endOfRollback(state);
  }

  private static String inWords(UpdateEnd end) {
    return switch (end) {
      case COMPLETED -> "the update is completed";
      case PAUSED -> "the update is paused";
      case ROLLED_BACK -> "Swarm has rolled back";
      case ROLLBACK_PAUSED -> "Swarm's rollback is paused";
      case NEVER_ENDED -> "the update has not ended";
    };
  }
}
