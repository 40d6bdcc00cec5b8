package io.rolloutlab.html.run;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.requests.Errors;
import io.rolloutlab.analysis.requests.Harm;
import io.rolloutlab.analysis.requests.Latency;
import io.rolloutlab.analysis.requests.Percentiles;
import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.html.part.RunFrame;
import io.rolloutlab.text.Figures;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * A phase with its numbers, as text.
 *
 * @param letter under which the charts show it
 * @param shade name of its colour
 */
public record PhaseRow(
    RunTimeline.Phase phase,
    String letter,
    String shade,
    String sent,
    String failed,
    String p50,
    String p95,
    String p99) {
  static List<PhaseRow> of(Findings run) {
    return run.timeline().phases().stream().map(phase -> of(run, phase)).toList();
  }

  private static PhaseRow of(Findings run, RunTimeline.Phase phase) {
    Optional<Errors.PhaseErrors> errors = errors(run, phase);
    Optional<Percentiles> latency = latency(run, phase);
    return new PhaseRow(
        phase,
        RunFrame.letter(phase.index()),
        colour(phase),
        errors.map(e -> String.valueOf(e.sent())).orElse(Figures.NONE),
        errors.map(e -> failed(e)).orElse(Figures.NONE),
        median(run, phase, latency),
        millis(latency, Percentiles::p95Millis),
        millis(latency, Percentiles::p99Millis));
  }

  private static Optional<Errors.PhaseErrors> errors(Findings run, RunTimeline.Phase phase) {
    return run.errors().known().stream()
        .flatMap(e -> e.byPhase().stream())
        .filter(e -> e.phase().index() == phase.index())
        .findFirst();
  }

  /** Of both populations together. */
  private static Optional<Percentiles> latency(Findings run, RunTimeline.Phase phase) {
    return run.latency().known().stream()
        .flatMap(l -> l.byPhase().stream())
        .filter(l -> l.phase().index() == phase.index() && l.population().isEmpty())
        .map(Latency.PhaseLatency::latency)
        .findFirst();
  }

  private static String failed(Errors.PhaseErrors errors) {
    int failed = errors.failed().count();
    return failed == 0
        ? "0"
        : "%s (%s)".formatted(failed, FIGURES.percent(errors.failed().share()));
  }

  /**
   * Marked where it is of two versions that are far apart, so that it is the latency of neither.
   */
  static String median(Findings run, RunTimeline.Phase phase, Optional<Percentiles> latency) {
    boolean apart = run.harm().known().flatMap(Harm::blend).isPresent();
    String text = millis(latency, Percentiles::p50Millis);
    return apart && latency.isPresent() && hasBoth(run, phase)
        ? text + " " + Figures.DOUBTFUL
        : text;
  }

  private static boolean hasBoth(Findings run, RunTimeline.Phase phase) {
    List<VersionMix.Second> within =
        run.versions().known().stream()
            .flatMap(versions -> versions.perSecond().stream())
            .filter(s -> 1000L * s.second() >= phase.startMillis())
            .filter(s -> 1000L * s.second() < phase.endMillis())
            .toList();
    return within.stream().anyMatch(s -> s.v1() > 0) && within.stream().anyMatch(s -> s.v2() > 0);
  }

  static String millis(Optional<Percentiles> latency, ToIntFunction<Percentiles> p) {
    return latency.map(l -> FIGURES.length(p.applyAsInt(l))).orElse(Figures.NONE);
  }

  /** The name of a phase's colour, as the style sheet has it. */
  public static String colour(RunTimeline.Phase phase) {
    return switch (phase.kind()) {
      case ROLLOUT -> "rollout";
      case ROLLBACK -> "rollback";
      case SETUP, WARM_UP, HOLD, RESET, COOL_DOWN, TEARDOWN -> "calm";
    };
  }
}
