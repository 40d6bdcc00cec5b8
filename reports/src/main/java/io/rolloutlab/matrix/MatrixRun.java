package io.rolloutlab.matrix;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.measure.Measure;
import io.rolloutlab.analysis.measure.Measures;
import io.rolloutlab.analysis.measure.Table;
import io.rolloutlab.analysis.outcome.SwarmFirst;
import io.rolloutlab.analysis.outcome.TurnedRound;
import io.rolloutlab.analysis.run.UpdateOutcome;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.verdict.ExpectationResult;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.history.PhaseKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a matrix keeps of one run: some numbers, so that its history can go.
 *
 * @param id of the run
 * @param seed of its load
 * @param commit of the lab that made it
 * @param values those that are known, by {@link Measure#key}
 * @param open keys of those values that are known to be too small: what they measure had not come
 *     to its end when nobody watched any more
 * @param outcome what came of the rollout, in a word or two
 * @param detail the same in a sentence; not escaped
 * @param missed what its scenario expects and did not come out, or is not known; empty when nothing
 * @param trouble why its numbers cannot be used; empty when they can
 */
public record MatrixRun(
    String id,
    long seed,
    String commit,
    Map<String, Double> values,
    List<String> open,
    String outcome,
    String detail,
    String missed,
    String trouble) {
  /**
   * Of a rollout that a step of the strategy ended: what it waited for did not come. It was taken
   * back then; in histories of earlier labs, and where that is not possible either, the run failed.
   */
  public static final String GIVEN_UP = "given up";

  /** Of a strategy that has Swarm make no update. */
  public static final String DONE = "all steps done";

  /** Of a rollout that the alarm had called back before Swarm had paused or taken it back. */
  public static final String CALLED_BACK = "called back by the alarm";

  /** Of an update that Swarm made to its end. */
  private static final String COMPLETED = "completed";

  public MatrixRun {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    open = List.copyOf(open);
  }

  /** Of a run's findings. */
  public static MatrixRun of(Findings run) {
    Manifest manifest = run.manifest();
    Map<String, Double> values = new TreeMap<>();
    TreeSet<String> open = new TreeSet<>();
    for (Measure measure : Measures.of(Table.MATRIX)) {
      OptionalDouble value = measure.value(run.evidence());
      OptionalDouble beyond = measure.reads().beyond().apply(run.evidence());
      if (value.isPresent()) {
        values.put(measure.key(), value.getAsDouble());
      } else if (beyond.isPresent()) {
        values.put(measure.key(), beyond.getAsDouble());
        open.add(measure.key());
      }
    }
    return new MatrixRun(
        manifest.runId(),
        manifest.scenario().seed(),
        manifest.labInWords(),
        values,
        List.copyOf(open),
        outcome(run),
        detail(run),
        missed(run),
        trouble(run));
  }

  /** One of its numbers; empty when it is not known. */
  OptionalDouble value(Measure measure) {
    Double value = values.get(measure.key());
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Whether the rollout got to its end, so that v2 was to serve everybody. */
  boolean isDone() {
    return outcome.equals(COMPLETED) || outcome.equals(DONE);
  }

  private static String outcome(Findings run) {
    if (failed(run)) {
      return GIVEN_UP;
    }
    return SwarmFirst.of(run.evidence())
        .map(SwarmFirst::word)
        .or(
            () ->
                TurnedRound.of(run.evidence())
                    .map(its -> its.by() == TurnedRound.By.ALARM ? CALLED_BACK : GIVEN_UP))
        .or(() -> ordered(run).map(MatrixRun::word))
        .orElse(DONE);
  }

  private static String word(UpdateOutcome outcome) {
    return switch (outcome.end()) {
      case COMPLETED -> COMPLETED;
      case PAUSED -> "paused";
      case ROLLED_BACK -> "rolled back by Swarm";
      case ROLLBACK_PAUSED -> "rollback paused";
      case NEVER_ENDED -> "never ended";
    };
  }

  private static String detail(Findings run) {
    if (failed(run)) {
      return run.end().orElseThrow().cause().lines().findFirst().orElse("");
    }
    return SwarmFirst.of(run.evidence())
        .map(SwarmFirst::inWords)
        .or(() -> TurnedRound.of(run.evidence()).map(TurnedRound::inWords))
        .or(() -> ordered(run).map(UpdateOutcome::inWords))
        .orElse("");
  }

  private static String missed(Findings run) {
    return run.expectations().stream()
        .filter(one -> one.verdict() != Verdict.PASS)
        .map(ExpectationResult::sentence)
        .findFirst()
        .orElse("");
  }

  private static Optional<UpdateOutcome> ordered(Findings run) {
    return run.outcomes().known().flatMap(UpdateOutcome::ofUpdate);
  }

  private static boolean failed(Findings run) {
    return run.end().filter(end -> end.end() == Event.End.FAILED).isPresent();
  }

  /**
   * A step that fails once the rollout is on its way is what came of it; one that fails before is
   * not about the rollout at all.
   */
  private static String trouble(Findings run) {
    boolean begun =
        run.timeline().phases().stream().anyMatch(phase -> phase.kind() == PhaseKind.ROLLOUT);
    if (failed(run) && !begun) {
      return "it failed before the rollout: " + detail(run);
    }
    if (run.cutOff().isPresent() && !failed(run)) {
      return run.cutOff().get();
    }
    if (!run.damage().isEmpty()) {
      return run.damage().get(0);
    }
    if (!run.reconciled()) {
      return run.reasons().isEmpty() ? "its witnesses do not agree" : run.reasons().get(0);
    }
    return run.judgement().grounds().doubts().stream().findFirst().orElse("");
  }
}
