package io.rolloutlab.html.run;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.requests.Latency;
import io.rolloutlab.analysis.requests.Percentiles;
import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.html.part.RunFrame;
import java.util.List;
import java.util.Optional;

/**
 * The latency of one kind of connections in a phase, as text.
 *
 * @param p99Intended as p99, from the moment at which it should have been sent
 * @param aboveWarmUp p95 minus that of the same connections in the warm-up
 */
public record LatencyRow(
    String phase,
    String connections,
    String count,
    String p50,
    String p95,
    String p99,
    String max,
    String p99Intended,
    String aboveWarmUp) {
  static List<LatencyRow> of(Findings run) {
    return run.latency().known().stream()
        .flatMap(latency -> latency.byPhase().stream())
        .filter(row -> row.population().isPresent())
        .map(row -> of(run, row))
        .toList();
  }

  private static LatencyRow of(Findings run, Latency.PhaseLatency row) {
    RunTimeline.Phase phase = row.phase();
    Optional<Percentiles> latency = Optional.of(row.latency());
    return new LatencyRow(
        RunFrame.letter(phase.index()) + " " + phase.label(),
        row.population().map(FIGURES::word).orElse(""),
        String.valueOf(row.latency().count()),
        PhaseRow.median(run, phase, latency),
        PhaseRow.millis(latency, Percentiles::p95Millis),
        PhaseRow.millis(latency, Percentiles::p99Millis),
        PhaseRow.millis(latency, Percentiles::maxMillis),
        PhaseRow.millis(Optional.of(row.fromIntended()), Percentiles::p99Millis),
        row.aboveWarmUp().map(change -> FIGURES.change(change.p95Millis())).orElse("–"));
  }
}
