package io.rolloutlab.analysis.requests;

import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Population;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** Takes percentiles of latencies. */
public final class LatencyAnalysis {
  private static final int POPULATIONS = Population.values().length;

  private final RequestTable table;
  private final IntUnaryOperator latency;
  private final IntUnaryOperator fromIntended;

  private LatencyAnalysis(RequestTable table) {
    this.table = table;
    latency = i -> table.end[i] - table.sent[i];
    fromIntended = i -> latency.applyAsInt(i) + table.late[i];
  }

  public static Latency of(RequestTable table) {
    LatencyAnalysis analysis = new LatencyAnalysis(table);
    return new Latency(
        analysis.percentiles(analysis.inWarmUp()),
        analysis.percentiles(i -> table.sent[i] >= 0),
        analysis.byPhase(),
        Buckets.sort(table.size, 1, i -> 0, i -> table.late[i]).percentiles(0),
        analysis.perSecond(),
        analysis.percentiles(i -> table.sent[i] >= 0, analysis.fromIntended));
  }

  private Optional<Percentiles> percentiles(IntPredicate chosen) {
    return percentiles(chosen, latency);
  }

  private Optional<Percentiles> percentiles(IntPredicate chosen, IntUnaryOperator length) {
    return Buckets.sort(
            table.size, 1, i -> table.ok(i) && chosen.test(i) ? 0 : Buckets.NONE, length)
        .percentiles(0);
  }

  private IntPredicate inWarmUp() {
    boolean[] warm = new boolean[table.timeline.phases().size()];
    for (RunTimeline.Phase phase : table.timeline.phases()) {
      warm[phase.index()] = phase.kind() == PhaseKind.WARM_UP;
    }
    return i -> table.phase[i] >= 0 && warm[table.phase[i]];
  }

  private List<Latency.PhaseLatency> byPhase() {
    IntPredicate inWarmUp = inWarmUp();
    Optional<Percentiles> warmUp = percentiles(inWarmUp);
    List<Optional<Percentiles>> warmUps = new ArrayList<>();
    for (Population population : Population.values()) {
      warmUps.add(percentiles(i -> inWarmUp.test(i) && table.population(i) == population));
    }
    Buckets taken = byPhaseAndPopulation(latency);
    Buckets intended = byPhaseAndPopulation(fromIntended);
    List<Latency.PhaseLatency> found = new ArrayList<>();
    for (RunTimeline.Phase phase : table.timeline.phases()) {
      int first = phase.index() * POPULATIONS;
      List<Latency.PhaseLatency> apart = new ArrayList<>();
      for (Population population : Population.values()) {
        int p = population.ordinal();
        add(
            apart,
            phase,
            Optional.of(population),
            taken.percentiles(first + p),
            warmUps.get(p),
            intended.percentiles(first + p));
      }
      // Taking percentiles reorders what they are taken of: each population first, then both.
      int last = first + POPULATIONS - 1;
      add(
          found,
          phase,
          Optional.empty(),
          taken.percentiles(first, last),
          warmUp,
          intended.percentiles(first, last));
      found.addAll(apart);
    }
    return found;
  }

  private Buckets byPhaseAndPopulation(IntUnaryOperator length) {
    return Buckets.sort(
        table.size,
        table.timeline.phases().size() * POPULATIONS,
        i ->
            table.ok(i) && table.phase[i] >= 0
                ? table.phase[i] * POPULATIONS + table.populationNumber(i)
                : Buckets.NONE,
        length);
  }

  private static void add(
      List<Latency.PhaseLatency> found,
      RunTimeline.Phase phase,
      Optional<Population> population,
      Optional<Percentiles> latency,
      Optional<Percentiles> warmUp,
      Optional<Percentiles> intended) {
    latency.ifPresent(
        taken ->
            found.add(
                new Latency.PhaseLatency(
                    phase,
                    population,
                    taken,
                    warmUp.map(from -> Latency.Change.between(from, taken)),
                    // Of the same requests: there are some.
                    intended.orElseThrow())));
  }

  private List<Latency.Second> perSecond() {
    Buckets buckets =
        Buckets.sort(
            table.size,
            table.seconds,
            i -> table.ok(i) ? table.secondIndex(i) : Buckets.NONE,
            latency);
    List<Latency.Second> seconds = new ArrayList<>(table.seconds);
    for (int s = 0; s < table.seconds; s++) {
      seconds.add(new Latency.Second(table.firstSecond + s, buckets.percentiles(s)));
    }
    return seconds;
  }
}
