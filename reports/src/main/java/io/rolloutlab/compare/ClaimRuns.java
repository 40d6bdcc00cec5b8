package io.rolloutlab.compare;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.outcome.TurnedRound;
import io.rolloutlab.analysis.versions.Feedback;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.history.Event;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.StrategySettings;
import java.util.List;

/**
 * The runs that claims are looked at in. Where there are several runs of a strategy, the one whose
 * scenario is named like the strategy stands for it, else the first.
 */
final class ClaimRuns {
  private final List<Findings> runs;

  ClaimRuns(List<Findings> runs) {
    this.runs = runs;
  }

  /**
   * The run of a strategy.
   *
   * @throws IllegalStateException when there is none, it was not completed or did not reconcile, or
   *     its rollout was taken back on its way
   */
  Findings of(Strategy strategy) {
    List<Findings> found =
        runs.stream().filter(run -> run.manifest().scenario().strategy().equals(strategy)).toList();
    Findings run =
        found.stream()
            .filter(f -> f.manifest().scenario().name().equals(strategy.fileName()))
            .findFirst()
            .or(() -> found.stream().findFirst())
            .orElseThrow(() -> new IllegalStateException("no run of " + strategy.fileName()));
    String name = run.manifest().scenario().name();
    if (!run.reconciled()) {
      throw new IllegalStateException(name + ": its requests do not reconcile");
    }
    if (run.end().filter(end -> end.end() == Event.End.COMPLETED).isEmpty()) {
      throw new IllegalStateException(name + ": the run was not completed");
    }
    TurnedRound.of(run.evidence())
        .ifPresent(
            turned -> {
              throw new IllegalStateException(
                  "%s: its rollout did not come to its end: %s".formatted(name, turned.inWords()));
            });
    return run;
  }

  /**
   * Refuses what cannot be compared.
   *
   * @throws IllegalStateException when a run is missing, or two were made under other conditions
   */
  void underTheSameConditions(Strategy first, Strategy... others) {
    for (Strategy other : others) {
      String differ = Differences.ofConditions(of(first), of(other));
      if (!differ.isEmpty()) {
        throw new IllegalStateException(
            "the conditions of %s and %s differ: %s"
                .formatted(first.fileName(), other.fileName(), differ));
      }
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
