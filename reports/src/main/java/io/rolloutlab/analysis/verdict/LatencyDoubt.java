package io.rolloutlab.analysis.verdict;

import io.rolloutlab.analysis.cost.MachineUse;
import io.rolloutlab.analysis.requests.Harm;
import io.rolloutlab.analysis.requests.Latency;
import io.rolloutlab.analysis.requests.Percentiles;
import io.rolloutlab.analysis.requests.Sending;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Why latencies since x = 0 must not be taken at their word.
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

  public static List<LatencyDoubt> of(Evidence run) {
    Part<Latency> latency = run.part(Latency.class);
    Part<Sending> sending = run.part(Sending.class);
    Part<MachineUse> machine = run.part(MachineUse.class);
    Part<Harm> harm = run.part(Harm.class);
    List<LatencyDoubt> found = new ArrayList<>();
    Optional<Percentiles> answers = latency.known().flatMap(Latency::sinceRollout);
    Optional<Percentiles> late = sending.known().flatMap(Sending::lateness);
    if (answers.isPresent() && late.isPresent()) {
      Percentiles a = answers.get();
      Percentiles l = late.get();
      lateness(50, l.p50Millis(), a.p50Millis()).ifPresent(found::add);
      lateness(95, l.p95Millis(), a.p95Millis()).ifPresent(found::add);
      lateness(99, l.p99Millis(), a.p99Millis()).ifPresent(found::add);
    }
    machine
        .known()
        .map(MachineUse::doubt)
        .filter(why -> !why.isEmpty())
        .ifPresent(why -> found.add(new LatencyDoubt(ALL, why)));
    harm.known().flatMap(Harm::blend).ifPresent(why -> found.add(new LatencyDoubt(ALL, why)));
    return List.copyOf(found);
  }

  private static Optional<LatencyDoubt> lateness(int percentile, int late, int latency) {
    return late <= latency
        ? Optional.empty()
        : Optional.of(
            new LatencyDoubt(
                percentile,
                ("The p%s of the latency is doubtful: it is %s ms from the actual sending, and at p%s"
                        + " the load sent its requests %s ms later than intended.")
                    .formatted(percentile, latency, percentile, late)));
  }
}
