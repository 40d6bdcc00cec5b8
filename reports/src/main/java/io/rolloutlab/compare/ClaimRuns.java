package io.rolloutlab.compare;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.outcome.TurnedRound;
import io.rolloutlab.analysis.versions.Feedback;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.StrategySettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The runs that claims are looked at in: those of a good v2, one without a fault by name. Where
 * there are several of a strategy, the one whose scenario is named like the strategy stands for it,
 * else the first. Runs with a bad v2 are looked at by fault, as {@link ClaimSituation}s.
 */
final class ClaimRuns {
  private final Map<Situation, List<Findings>> situations;

  ClaimRuns(List<Findings> runs) {
    situations = Situation.of(runs);
  }

  /**
   * The run of a strategy with a good v2.
   *
   * @throws IllegalStateException when there is none, it was not completed or did not reconcile, or
   *     its rollout was taken back on its way
   */
  Findings of(Strategy strategy) {
    Findings run =
        good(strategy)
            .orElseThrow(() -> new IllegalStateException("no run of " + missing(strategy)));
    refuseUnlessWhole(run);
    TurnedRound.of(run.evidence())
        .ifPresent(
            turned -> {
              throw new IllegalStateException(
                  "%s: its rollout did not come to its end: %s"
                      .formatted(run.manifest().scenario().name(), turned.inWords()));
            });
    return run;
  }

  private String missing(Strategy strategy) {
    boolean bad =
        situations.values().stream().flatMap(List::stream).anyMatch(run -> isOf(strategy, run));
    return bad ? strategy.fileName() + " with a good v2" : strategy.fileName();
  }

  /** The run that stands for a strategy with a good v2, whatever came of it; empty without one. */
  Optional<Findings> good(Strategy strategy) {
    List<Findings> found =
        situations.entrySet().stream()
            .filter(one -> !one.getKey().bad())
            .flatMap(one -> one.getValue().stream())
            .filter(run -> isOf(strategy, run))
            .toList();
    return found.stream()
        .filter(run -> run.manifest().scenario().name().equals(strategy.fileName()))
        .findFirst()
        .or(() -> found.stream().findFirst());
  }

  /** With which balancing the runs of some strategies were made, as in {@link Claim}. */
  List<String> balancing(Strategy... strategies) {
    return balancing(Stream.of(strategies).map(this::good).toList());
  }

  /**
   * The same of any runs.
   *
   * @param runs empty where there is none of a strategy
   */
  static List<String> balancing(List<Optional<Findings>> runs) {
    return runs.stream().anyMatch(Optional::isEmpty)
        ? List.of()
        : runs.stream()
            .flatMap(Optional::stream)
            .map(Findings::manifest)
            .filter(manifest -> manifest.balancing() != null)
            .map(Manifest::balancedBy)
            .distinct()
            .sorted()
            .toList();
  }

  private static boolean isOf(Strategy strategy, Findings run) {
    return run.manifest().scenario().strategy().equals(strategy);
  }

  /** Those in which v2 is bad; empty where it was always good. */
  List<ClaimSituation> bad() {
    return situations.entrySet().stream()
        .filter(one -> one.getKey().bad())
        .map(one -> new ClaimSituation(one.getKey(), one.getValue(), this))
        .toList();
  }

  /**
   * Refuses numbers that cannot be trusted, or that are those of a part of a run.
   *
   * @throws IllegalStateException when it was not completed or did not reconcile
   */
  static void refuseUnlessWhole(Findings run) {
    String name = run.manifest().scenario().name();
    if (!run.reconciled()) {
      throw new IllegalStateException(name + ": its requests do not reconcile");
    }
    if (run.end().filter(end -> end.end() == Event.End.COMPLETED).isEmpty()) {
      throw new IllegalStateException(name + ": the run was not completed");
    }
  }

  /**
   * Refuses what cannot be compared.
   *
   * @throws IllegalStateException when a run is missing, or two were made under other conditions
   */
  void underTheSameConditions(Strategy first, Strategy... others) {
    for (Strategy other : others) {
      refuseOtherConditions(of(first), of(other));
    }
  }

  /**
   * Refuses two runs of two strategies that cannot be compared.
   *
   * @throws IllegalStateException when they were made under other conditions
   */
  static void refuseOtherConditions(Findings one, Findings other) {
    String differ = Differences.ofConditions(one, other);
    if (!differ.isEmpty()) {
      throw new IllegalStateException(
          "the conditions of %s and %s differ: %s"
              .formatted(
                  one.manifest().scenario().strategy().fileName(),
                  other.manifest().scenario().strategy().fileName(),
                  differ));
    }
  }

  /** The settings of a strategy's run. */
  <S extends StrategySettings> S settings(Strategy strategy, Class<S> type) {
    return of(strategy).manifest().scenario().settings(type).orElseThrow();
  }

  /** The longest rollback of a strategy's run, since a person waits for that one too. */
  long rollbackMillis(Strategy strategy) {
    List<Transition> rollbacks =
        of(strategy).transitions().orThrow().stream()
            .filter(transition -> transition.kind() == Transition.Kind.ROLLBACK)
            .toList();
    if (rollbacks.isEmpty() || rollbacks.stream().anyMatch(r -> r.servedAfterMillis().isEmpty())) {
      throw new IllegalStateException(strategy.fileName() + ": no rollback was completed");
    }
    return rollbacks.stream().flatMapToLong(r -> r.servedAfterMillis().stream()).max().getAsLong();
  }

  /** Who got v2 at first. */
  Feedback feedback(Strategy strategy) {
    VersionMix versions = of(strategy).versions().orThrow();
    firstPass(versions);
    return Feedback.of(versions);
  }

  static VersionMix.Pass firstPass(VersionMix versions) {
    return versions.passes().stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no rollout was recorded"));
  }
}
