package io.rolloutlab.rollout;

import io.rolloutlab.history.PhaseKind;
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

  private final List<Leg> legs = new ArrayList<>();
  private final Set<PhaseKind> phases = EnumSet.noneOf(PhaseKind.class);

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
              } finally {
                stage.passes().end();
              }
            });
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

  /** A phase that one of the ways may begin by itself, as {@link Stage#phase}. */
  public Itinerary mayBegin(PhaseKind kind) {
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

  /** Plays it, or what there is of it until the rollout is called back. */
  void play(Rollout rollout, Stage stage) {
    try {
      legs.forEach(leg -> leg.go(rollout, stage));
      settle(stage);
    } catch (Recall.CalledException called) {
      goBack(rollout, stage);
    }
  }

  /** While an alarm is on, nothing is begun that could not be called back. */
  private static void settle(Stage stage) {
    Duration reaction = stage.scenario().alarm().reaction();
    stage.recall().settle(stage.testbed(), reaction.plus(CALL_LIMIT));
  }

  /** From wherever the way forward has got to; there is no other way forward after it. */
  private static void goBack(Rollout rollout, Stage stage) {
    stage.follow();
    if (stage.passes().isBack()) {
      stage.note("there is nothing to take back: v1 serves already");
    } else {
      stage.phase(PhaseKind.ROLLBACK, "called back to v1");
      stage.passes().called("all to v1, as the alarm asks");
      rollout.back(stage);
    }
    stage.phase(PhaseKind.HOLD, "called back, and watched");
    stage.hold(stage.scenario().alarm().within());
    rollout.finish(stage);
  }
}
