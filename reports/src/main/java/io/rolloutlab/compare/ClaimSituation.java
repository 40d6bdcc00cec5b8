package io.rolloutlab.compare;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.outcome.TurnedRound;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.update.SwarmUpdates;
import io.rolloutlab.scenario.update.UpdatePlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The runs of one situation in which v2 is bad, as claims look at them. Of several runs of a
 * strategy the one stands for it that was asked as its run with a good v2, but for the fault and
 * the alarm, which comes with the fault. Where there is none, it is the first whose update Swarm
 * pauses when it fails, as Swarm does unless it is told otherwise, since another failure action
 * makes another variant; and where there is none of that either, the first.
 */
final class ClaimSituation {
  private final Situation situation;
  private final List<Findings> bad;
  private final ClaimRuns all;

  /**
   * Of one situation.
   *
   * @param situation in which v2 is bad
   * @param bad its runs
   * @param all the runs of all situations
   */
  ClaimSituation(Situation situation, List<Findings> bad, ClaimRuns all) {
    this.situation = situation;
    this.bad = List.copyOf(bad);
    this.all = all;
  }

  /** The fault, as the scenarios call it. */
  String name() {
    return situation.name();
  }

  /** Whether there is a run of every one of these strategies. */
  boolean has(Strategy... strategies) {
    return Stream.of(strategies).allMatch(strategy -> standing(strategy).isPresent());
  }

  /** The runs that stand for some strategies, each empty where there is none. */
  List<Optional<Findings>> runs(Strategy... strategies) {
    return Stream.of(strategies).map(this::standing).toList();
  }

  /**
   * The run of a strategy.
   *
   * @throws IllegalStateException when there is none, or it was not completed or did not reconcile
   */
  Findings of(Strategy strategy) {
    Findings run =
        standing(strategy)
            .orElseThrow(() -> new IllegalStateException("no run of " + strategy.fileName()));
    ClaimRuns.refuseUnlessWhole(run);
    return run;
  }

  /**
   * Refuses what cannot be compared.
   *
   * @throws IllegalStateException when a run is missing, or two were made under other conditions
   */
  void underTheSameConditions(Strategy first, Strategy... others) {
    for (Strategy other : others) {
      ClaimRuns.refuseOtherConditions(of(first), of(other));
    }
  }

  /**
   * Whether the run of a strategy was given up since a step of it waited in vain.
   *
   * @throws IllegalStateException as {@link #of}
   */
  boolean gaveUp(Strategy strategy) {
    return TurnedRound.givenUp(of(strategy).evidence()).isPresent();
  }

  /**
   * How v1 came to serve everybody again in the run of a strategy.
   *
   * @throws IllegalStateException when nobody went back, or it is not on record
   */
  ClaimWayBack wayBack(Strategy strategy) {
    Findings run = of(strategy);
    try {
      return ClaimWayBack.of(run);
    } catch (IllegalStateException none) {
      throw new IllegalStateException(
          "in %s %s".formatted(strategy.fileName(), none.getMessage()), none);
    }
  }

  private Optional<Findings> standing(Strategy strategy) {
    List<Findings> its =
        bad.stream().filter(run -> run.manifest().scenario().strategy().equals(strategy)).toList();
    return all.good(strategy)
        .flatMap(good -> its.stream().filter(run -> isAskedAs(good, run)).findFirst())
        .or(() -> its.stream().filter(ClaimSituation::isPausedWhenItFails).findFirst())
        .or(() -> its.stream().findFirst());
  }

  private static boolean isAskedAs(Findings good, Findings run) {
    return Differences.between(List.of(good, run)).all().stream()
        .allMatch(one -> one.isOfABadV2() || one.setting().equals(Differences.AT_ONCE));
  }

  /** So is what Swarm never updates: there is nothing that it could do otherwise. */
  private static boolean isPausedWhenItFails(Findings run) {
    return run.manifest()
        .scenario()
        .settings()
        .updates()
        .map(SwarmUpdates::forward)
        .filter(update -> update.failureAction() != UpdatePlan.UPDATE.failureAction())
        .isEmpty();
  }
}
