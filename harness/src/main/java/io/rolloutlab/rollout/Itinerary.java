package io.rolloutlab.rollout;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.testbed.NotInTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The course of a rollout between warm-up and cool-down: which ways are gone, how long is waited
 * after each, and what all this is called in the history.
 */
public final class Itinerary {
  private static final int ALL = Integer.MAX_VALUE;

  /** What is to be done later is due when its time has come, and takes no time to speak of. */
  private static final Duration CALL_LIMIT = Duration.ofSeconds(30);

  private static final Turn CALLED_BACK =
      new Turn("called back to v1", "all to v1, as the alarm asks", "called back, and watched");

  private static final Turn GIVEN_UP =
      new Turn(
          "given up: back to v1", "all to v1, since v2 does not come", "given up, and watched");

  private final List<Leg> legs = new ArrayList<>();
  private final Set<PhaseKind> phases = EnumSet.noneOf(PhaseKind.class);

  /**
   * What the way back of a rollout is called that is turned round on its way.
   *
   * @param phase its name
   * @param step what the strategy's route is called on it
   * @param hold the name of the time after it
   */
  private record Turn(String phase, String step, String hold) {}

  /** The way forward was given up, and that is on record. */
  private static final class GivenUpException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A part of it. */
  @FunctionalInterface
  private interface Leg {
    void go(Rollout rollout, Stage stage);
  }

  /**
   * The way forward.
   *
   * @param phase its name
   * @param step what the strategy's {@link Stage#route(io.rolloutlab.testbed.Routes)} is called on
   *     it
   */
  public Itinerary forward(String phase, String step) {
    return forward(phase, step, ALL);
  }

  /**
   * The way forward, which is broken off when v2 has had so many shares.
   *
   * @param shares at least 1; with fewer on the way it is gone to its end
   */
  public Itinerary forwardUntil(int shares, String phase) {
    return forward(phase, phase, shares);
  }

  private Itinerary forward(String phase, String step, int shares) {
    return mayBegin(PhaseKind.ROLLOUT)
        .then(
            (rollout, stage) -> {
              stage.recall().hear();
              stage.phase(PhaseKind.ROLLOUT, phase);
              stage.passes().begin(step, shares);
              try {
                rollout.forward(stage);
              } catch (Passes.CalledBackException enough) {
                // As far as it was to go.
              } catch (ServiceWaits.NeverCameException never) {
                giveUp(stage, never.waitedMillis(), never.what(), never.missing());
              } catch (NotInTimeException never) {
                giveUp(stage, never.limit().toMillis(), never.what(), never.missing());
              } finally {
                stage.passes().end();
              }
            });
  }

  /** A person who waits in vain takes back what was begun, unless the alarm has had that done. */
  private static void giveUp(Stage stage, long waitedMillis, String what, String missing) {
    if (!stage.recall().giveUp()) {
      throw new Recall.CalledException();
    }
    stage.record(new Event.GivenUp(stage.now(), waitedMillis, what, missing));
    throw new GivenUpException();
  }

  /**
   * A phase in which nothing is done.
   *
   * @param phase its name, unless the strategy has told in what the way forward has ended
   */
  public Itinerary hold(String phase, Duration length) {
    return mayBegin(PhaseKind.HOLD)
        .then(
            (rollout, stage) -> {
              stage.phase(PhaseKind.HOLD, stage.passes().ending().orElse(phase));
              stage.hold(length);
            });
  }

  /** A time in which nothing is done, in the phase that goes on. */
  public Itinerary rest(Duration length) {
    return then((rollout, stage) -> stage.hold(length));
  }

  /**
   * The way back, unless the way forward has ended where it began.
   *
   * @param phase its name
   * @param step what the strategy's {@link Stage#route(io.rolloutlab.testbed.Routes)} is called on
   *     it
   */
  public Itinerary back(String phase, String step) {
    return mayBegin(PhaseKind.ROLLBACK)
        .then(
            (rollout, stage) -> {
              settle(stage);
              if (!stage.passes().isBack()) {
                stage.phase(PhaseKind.ROLLBACK, phase);
                stage.passes().called(step);
                rollout.back(stage);
              }
            });
  }

  /** The way back to where the way forward can be gone once more; a rollback of nobody's wish. */
  public Itinerary reset(String phase, String step) {
    return mayBegin(PhaseKind.RESET)
        .then(
            (rollout, stage) -> {
              settle(stage);
              stage.phase(PhaseKind.RESET, phase);
              stage.passes().called(step);
              rollout.back(stage);
              rollout.ready(stage);
            });
  }

  /** Tidying up, in the phase that goes on. */
  public Itinerary finish() {
    return then(
        (rollout, stage) -> {
          settle(stage);
          rollout.finish(stage);
        });
  }

  /** Tidying up in a phase of its own. */
  public Itinerary finish(String phase) {
    return mayBegin(PhaseKind.HOLD)
        .then(
            (rollout, stage) -> {
              settle(stage);
              stage.phase(PhaseKind.HOLD, phase);
            })
        .finish();
  }

  /** Swarm may go back by itself on the way forward: see {@link Stage#awaitUpdate}. */
  public Itinerary mayGoBack() {
    return mayBegin(PhaseKind.ROLLBACK);
  }

  private Itinerary mayBegin(PhaseKind kind) {
    phases.add(kind);
    return this;
  }

  /** The phases that it comes to, or may come to. */
  Set<PhaseKind> phases() {
    return Collections.unmodifiableSet(phases);
  }

  private Itinerary then(Leg leg) {
    legs.add(leg);
    return this;
  }

  /**
   * Plays it, or what there is of it until the rollout is called back, or given up since a step of
   * the way forward waited in vain.
   */
  void play(Rollout rollout, Stage stage) {
    try {
      legs.forEach(leg -> leg.go(rollout, stage));
      settle(stage);
    } catch (Recall.CalledException called) {
      stage.recall().follow();
      goBack(rollout, stage, CALLED_BACK);
    } catch (GivenUpException given) {
      goBack(rollout, stage, GIVEN_UP);
    }
  }

  /** While an alarm is on, nothing is begun that could not be called back. */
  private static void settle(Stage stage) {
    Duration reaction = stage.scenario().alarm().reaction();
    Duration call = stage.scenario().waiting().stretched(CALL_LIMIT);
    stage.recall().settle(stage.testbed(), reaction.plus(call));
  }

  /** From wherever the way forward has got to; there is no other way forward after it. */
  private static void goBack(Rollout rollout, Stage stage, Turn turn) {
    stage.forgetWhoIsDue();
    if (stage.passes().isBack()) {
      stage.note("there is nothing to take back: v1 serves already");
    } else {
      stage.phase(PhaseKind.ROLLBACK, turn.phase());
      stage.passes().called(turn.step());
      rollout.back(stage);
    }
    stage.phase(PhaseKind.HOLD, turn.hold());
    stage.hold(stage.scenario().alarm().within());
    rollout.finish(stage);
  }
}
