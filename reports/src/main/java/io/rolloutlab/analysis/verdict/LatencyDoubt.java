package io.rolloutlab.analysis.verdict;

import io.rolloutlab.analysis.cost.MachineUse;
import io.rolloutlab.analysis.requests.Harm;
import io.rolloutlab.analysis.requests.Latency;
import io.rolloutlab.analysis.requests.Percentiles;
import io.rolloutlab.analysis.requests.Sending;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.history.PhaseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why latencies since x = 0, or of some phases, must not be taken at their word.
 *
 * @param percentile 50, 95 or 99; {@link #ALL} for all of them
 * @param sentence why, for people
 */
public record LatencyDoubt(int percentile, String sentence) {
  /** Every percentile is doubtful. */
  public static final int ALL = 0;

  private static final Set<String> MEASURES =
      Set.of("p50Millis", "p95Millis", "p99Millis", "p99IntendedMillis");

  /** Whether it is about a measure of the comparison, by its key: {@code p50Millis} and so on. */
  public boolean concerns(String measure) {
    return percentile == ALL
        ? MEASURES.contains(measure)
        : measure.equals("p%sMillis".formatted(percentile));
  }

  /** What speaks against a measure's number, in sentences; empty when nothing does. */
  public static String of(String measure, List<LatencyDoubt> doubts) {
    return doubts.stream()
        .filter(doubt -> doubt.concerns(measure))
        .map(LatencyDoubt::sentence)
        .collect(Collectors.joining(" "));
  }

  /** Those about the latencies since x = 0. */
  public static List<LatencyDoubt> of(Evidence run) {
    Optional<Percentiles> answers = known(run, Latency.class).flatMap(Latency::sinceRollout);
    Optional<Percentiles> late = known(run, Sending.class).flatMap(Sending::lateness);
    List<LatencyDoubt> found = new ArrayList<>(lateness("", late, answers));
    doubt(known(run, MachineUse.class).map(MachineUse::doubt)).ifPresent(found::add);
    doubt(known(run, Harm.class).flatMap(Harm::blend)).ifPresent(found::add);
    return List.copyOf(found);
  }

  /** Those about the latencies in the phases of a kind: what came in other phases is none. */
  static List<LatencyDoubt> of(Evidence run, PhaseKind kind) {
    List<LatencyDoubt> found = new ArrayList<>();
    for (RunTimeline.Phase phase : run.timeline().phases()) {
      if (phase.kind() == kind) {
        found.addAll(
            lateness(
                " in the phase \"%s\"".formatted(phase.label()),
                known(run, Sending.class).flatMap(sending -> late(sending, phase)),
                known(run, Latency.class).flatMap(latency -> answers(latency, phase))));
        doubt(known(run, MachineUse.class).map(machine -> busy(machine, phase)))
            .ifPresent(found::add);
        doubt(known(run, Harm.class).flatMap(harm -> blend(harm, phase))).ifPresent(found::add);
      }
    }
    return List.copyOf(found);
  }

  private static Optional<Percentiles> late(Sending sending, RunTimeline.Phase phase) {
    return sending.byPhase().stream()
        .filter(row -> row.phase().index() == phase.index())
        .findFirst()
        .flatMap(Sending.PhaseSending::lateness);
  }

  /** Of both kinds of connections together. */
  private static Optional<Percentiles> answers(Latency latency, RunTimeline.Phase phase) {
    return latency.byPhase().stream()
        .filter(row -> row.population().isEmpty() && row.phase().index() == phase.index())
        .findFirst()
        .map(Latency.PhaseLatency::latency);
  }

  /** Where the machine was not watched in the phase, what is said of the whole run counts. */
  private static String busy(MachineUse machine, RunTimeline.Phase phase) {
    return machine.byPhase().stream()
        .filter(row -> row.phase().index() == phase.index())
        .findFirst()
        .map(MachineUse.PhaseUse::doubt)
        .orElse(machine.doubt());
  }

  private static Optional<String> blend(Harm harm, RunTimeline.Phase phase) {
    return harm.blendsByPhase().stream()
        .filter(row -> row.phase().index() == phase.index())
        .findFirst()
        .map(Harm.PhaseBlend::sentence);
  }

  private static <T> Optional<T> known(Evidence run, Class<T> part) {
    return run.part(part).known();
  }

  private static Optional<LatencyDoubt> doubt(Optional<String> why) {
    return why.filter(sentence -> !sentence.isEmpty())
        .map(sentence -> new LatencyDoubt(ALL, sentence));
  }

  private static List<LatencyDoubt> lateness(
      String where, Optional<Percentiles> late, Optional<Percentiles> answers) {
    if (late.isEmpty() || answers.isEmpty()) {
      return List.of();
    }
    Percentiles l = late.get();
    Percentiles a = answers.get();
    return Stream.of(
            lateness(where, 50, l.p50Millis(), a.p50Millis()),
            lateness(where, 95, l.p95Millis(), a.p95Millis()),
            lateness(where, 99, l.p99Millis(), a.p99Millis()))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<LatencyDoubt> lateness(
      String where, int percentile, int late, int latency) {
    return late <= latency
        ? Optional.empty()
        : Optional.of(
            new LatencyDoubt(
                percentile,
                ("The p%s of the latency%s is doubtful: it is %s ms from the actual sending, and at"
                        + " p%s the load sent its requests %s ms later than intended.")
                    .formatted(percentile, where, latency, percentile, late)));
  }
}
