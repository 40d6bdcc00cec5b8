package io.rolloutlab.rollout;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.UpdateState;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.update.UpdateEnd;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Waits for what Swarm makes of an order to update the app's service, or to take that back, and
 * writes it down. Where Swarm goes back by itself that is a phase of its own, on the way forward.
 */
final class UpdateWaits {
  private static final Set<UpdateEnd> TAKEN_BACK_BY_SWARM =
      EnumSet.of(UpdateEnd.ROLLED_BACK, UpdateEnd.ROLLBACK_PAUSED);

  private static final Set<UpdateState> GOES_BACK =
      EnumSet.of(
          UpdateState.ROLLBACK_STARTED,
          UpdateState.ROLLBACK_PAUSED,
          UpdateState.ROLLBACK_COMPLETED);

  /** What Swarm has done is seen a second or so later. */
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(5);

  private final Stage stage;
  private long orderedAt;
  private boolean turned;

  UpdateWaits(Stage stage) {
    this.stage = stage;
  }

  private String app() {
    return stage.app();
  }

  /** What is waited for. */
  private enum Awaited {
    UPDATE("Swarm has ended the update to v2", UpdateWaits::endOfUpdate),
    ROLLBACK("the rollback to v1", UpdateWaits::endOfRollback),
    OWN_ROLLBACK("Swarm's own rollback", UpdateWaits::endOfOwnRollback);

    private final String words;
    private final Function<UpdateState, Optional<UpdateEnd>> end;

    Awaited(String words, Function<UpdateState, Optional<UpdateEnd>> end) {
      this.words = words;
      this.end = end;
    }

    /** What came of it; empty while it goes on. */
    Optional<Outcome> outcome(Swarm.Progress progress) {
      return UpdateState.of(progress.updateState())
          .flatMap(end)
          .map(known -> new Outcome(known, progress.updateMessage()));
    }
  }

  /**
   * What came of it.
   *
   * @param message Swarm's; where it never ended, what was missing and what the tasks say
   */
  private record Outcome(UpdateEnd end, String message) {}

  /** An update is ordered now. */
  void isOrdered() {
    orderedAt = stage.now();
    turned = false;
  }

  /** Waits for the end of the update, and of the rollback that Swarm may begin by itself. */
  UpdateEnd update() {
    Outcome outcome = await(Awaited.UPDATE);
    if (outcome.end() == UpdateEnd.ROLLED_BACK) {
      turned = true;
      stage.phase(PhaseKind.ROLLBACK, "Swarm rolls back to v1 by itself");
      outcome = await(Awaited.OWN_ROLLBACK);
    }
    record(orderedAt, false, outcome);
    stage.ended(inWords(outcome.end()), TAKEN_BACK_BY_SWARM.contains(outcome.end()));
    return outcome.end();
  }

  /**
   * Orders the rollback, also while the update goes on, and waits for its end; where Swarm goes
   * back by itself already, for that of its own: to roll that back would give v2 to everybody.
   */
  void takeBack() {
    long now = stage.now();
    if (ordersRollback()) {
      record(now, true, await(Awaited.ROLLBACK));
    } else {
      stage.note("Swarm rolls back to v1 by itself already: there is nothing to order");
      record(orderedAt, false, await(Awaited.OWN_ROLLBACK));
    }
  }

  /**
   * Orders the rollback, unless Swarm has begun its own, to which there is no previous spec
   * (swarmkit, updater.go): the order is refused when that is seen too late.
   */
  private boolean ordersRollback() {
    if (turned || goesBack(stage.testbed().swarm().progress(app()))) {
      return false;
    }
    try {
      stage.rollBack(app());
      return true;
    } catch (StepFailedException refused) {
      Optional<String> other =
          stage.serviceComesTo(
              app(),
              "Swarm rolls back by itself",
              stage.scenario().waiting().stretched(SEEN_WITHIN),
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

  /** Waits, at most for the strategy's limit of an update. */
  private Outcome await(Awaited awaited) {
    AtomicReference<Outcome> found = new AtomicReference<>();
    Optional<String> never =
        stage.serviceComesTo(
            app(),
            awaited.words,
            stage.scenario().settings().updateLimit(),
            progress -> {
              Optional<Outcome> outcome = awaited.outcome(progress);
              outcome.ifPresent(found::set);
              return outcome.isPresent() ? Optional.empty() : Optional.of(inWords(progress));
            });
    return never.map(why -> new Outcome(UpdateEnd.NEVER_ENDED, why)).orElseGet(found::get);
  }

  private void record(long ordered, boolean rollback, Outcome outcome) {
    stage.record(
        new Event.UpdateEnded(
            stage.now(), ordered, app(), rollback, outcome.end(), outcome.message()));
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

  private static String inWords(Swarm.Progress progress) {
    return "%s tasks run v1, %s run v2, the update is %s"
        .formatted(
            progress.running(VersionPlan.V1),
            progress.running(VersionPlan.V2),
            progress.updateState());
  }
}
