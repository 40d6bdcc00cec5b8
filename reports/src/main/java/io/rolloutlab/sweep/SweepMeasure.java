package io.rolloutlab.sweep;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.measure.CostMeasures;
import io.rolloutlab.analysis.measure.CourseMeasures;
import io.rolloutlab.analysis.measure.HarmMeasures;
import io.rolloutlab.analysis.measure.Measure;
import io.rolloutlab.analysis.measure.Measures;
import io.rolloutlab.analysis.measure.Table;
import io.rolloutlab.history.PhaseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What settings are told apart by: a measure of the one list, read over the only rollout of a run.
 * Some have a name of their own here, where there is but one way and no way back.
 *
 * @param key short and stable, for files
 * @param label for people
 * @param decimals to print
 * @param howMeasured a sentence without its full stop
 * @param measure what it is
 * @param in the phase that it is read in; empty for the whole time since the command
 */
public record SweepMeasure(
    String key,
    String label,
    int decimals,
    String howMeasured,
    Measure measure,
    Optional<PhaseKind> in) {
  public static final SweepMeasure FAILED_REQUESTS = of(HarmMeasures.FAILED_REQUESTS);

  public static final SweepMeasure SECONDS =
      named(
          "seconds",
          "Time",
          1,
          "From the command until, to the end of the run, every request is answered well and by v2",
          CourseMeasures.ROLLOUT_SECONDS);

  public static final SweepMeasure EXTRA_TASKS = of(CostMeasures.EXTRA_TASKS);

  public static final SweepMeasure P99_MILLIS =
      named(
              "rolloutP99Millis",
              "p99",
              0,
              "Latency of requests that succeeded, sent between the command and the moment Swarm"
                  + " calls the update completed",
              HarmMeasures.P99_MILLIS)
          .in(PhaseKind.ROLLOUT);

  public static final SweepMeasure MIXED_SECONDS = of(CourseMeasures.MIXED_SECONDS);

  public static final SweepMeasure COMPLETED_SECONDS = of(CourseMeasures.COMPLETED_SECONDS);

  public static final SweepMeasure FAILED_PERCENT =
      named(
          "failedPercent",
          "Failed share",
          3,
          "Failed requests over all requests sent since the command",
          HarmMeasures.ERROR_PERCENT);

  public static final SweepMeasure P99_BEFORE_MILLIS =
      named(
              "p99BeforeMillis",
              "p99 before",
              0,
              "Latency p99 in the warm-up, when nothing is changed",
              HarmMeasures.P99_MILLIS)
          .in(PhaseKind.WARM_UP);

  public static final SweepMeasure REQUESTS = of(HarmMeasures.KNOWN_REQUESTS);

  private static final List<SweepMeasure> FIRST =
      List.of(
          FAILED_REQUESTS,
          SECONDS,
          EXTRA_TASKS,
          P99_MILLIS,
          of(CostMeasures.LEAST_TASKS),
          MIXED_SECONDS,
          COMPLETED_SECONDS,
          of(CostMeasures.EXTRA_TASK_SECONDS),
          FAILED_PERCENT,
          P99_BEFORE_MILLIS,
          REQUESTS);

  /** In the order of tables: those above, then every other measure that is for sweeps. */
  public static List<SweepMeasure> all() {
    List<SweepMeasure> all = new ArrayList<>(FIRST);
    for (Measure measure : Measures.of(Table.SWEEP)) {
      if (FIRST.stream().noneMatch(known -> known.measure().key().equals(measure.key()))) {
        all.add(of(measure));
      }
    }
    return all;
  }

  private static SweepMeasure of(Measure measure) {
    return named(
        measure.key(),
        measure.heading().label(),
        measure.heading().decimals(),
        measure.heading().howMeasured(),
        measure);
  }

  private static SweepMeasure named(
      String key, String label, int decimals, String how, Measure measure) {
    return new SweepMeasure(key, label, decimals, how, measure, Optional.empty());
  }

  private SweepMeasure in(PhaseKind phase) {
    return new SweepMeasure(key, label, decimals, howMeasured, measure, Optional.of(phase));
  }

  /** For example {@code s}; empty for a count. */
  public String unit() {
    return measure.heading().unit();
  }

  /** Its value in one run; empty when it does not apply or is unknown. */
  OptionalDouble of(Findings run) {
    if (in.isEmpty()) {
      return measure.value(run.evidence());
    }
    return measure.in(run.evidence(), in.get()).known().stream()
        .mapToDouble(values -> values.get(0))
        .findFirst();
  }
}
