package io.rolloutlab.sweep;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.requests.Errors;
import io.rolloutlab.analysis.requests.Latency;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.analysis.run.Timeline;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.history.PhaseKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** What settings are told apart by; lower is better in all but {@link #LEAST_TASKS}. */
public enum SweepMeasure {
  FAILED_REQUESTS(
      "failedRequests",
      "Failed requests",
      "",
      0,
      "Requests of one rollout that failed, sent since its command. A number, not a share: a"
          + " slower rollout would get a smaller share for the same harm",
      run -> read(run.errors().known(), e -> (double) e.sinceRollout().count())),
  SECONDS(
      "seconds",
      "Time",
      "s",
      1,
      "From the command until, to the end of the run, every request is answered well and by v2",
      run -> run.transitions().known().map(SweepMeasure::served).orElse(OptionalDouble.empty())),
  EXTRA_TASKS(
      "extraTasks",
      "Extra tasks",
      "",
      0,
      "Most tasks with a container at one time, those that start included, minus the replicas: so"
          + " much room the cluster must have",
      run -> read(run.tasks().known(), t -> (double) (t.containers().peak() - t.replicas()))),
  P99_MILLIS(
      "p99Millis",
      "p99",
      "ms",
      0,
      "Latency of requests that succeeded, sent between the command and the moment Swarm calls the update"
          + " completed",
      run -> p99(run, PhaseKind.ROLLOUT)),
  LEAST_TASKS(
      "leastTasks",
      "Fewest running",
      "",
      0,
      "Fewest tasks running at one time since the command",
      run -> read(run.tasks().known(), t -> (double) t.least())),
  MIXED_SECONDS(
      "mixedSeconds",
      "Mixed",
      "s",
      1,
      "From the first v2 answer to the last v1 answer; 0 when no v1 answer comes after a v2 one",
      run ->
          read(
              run.versions().known().filter(v -> v.firstV2Millis().isPresent()),
              SweepMeasure::mixed)),
  COMPLETED_SECONDS(
      "completedSeconds",
      "Completed",
      "s",
      1,
      "From the command until Swarm calls the update completed, its last delay and its monitor"
          + " included; under start-first it does not wait for the last old task to end",
      run ->
          read(
              run.timeline().phases().stream()
                  .filter(phase -> phase.kind() == PhaseKind.ROLLOUT)
                  .findFirst(),
              SweepMeasure::length)),
  EXTRA_TASK_SECONDS(
      "extraTaskSeconds",
      "Extra task-seconds",
      "s",
      0,
      "Container-seconds since the command minus replicas × that time; negative where containers"
          + " were missing",
      run -> read(run.tasks().known(), t -> t.containers().secondsAboveBaseline())),
  FAILED_PERCENT(
      "failedPercent",
      "Failed share",
      "%",
      3,
      "Failed requests over all requests sent since the command",
      run ->
          read(
              run.errors().known().map(Errors::sinceRollout).filter(share -> share.total() > 0),
              share -> share.share() * 100)),
  P99_BEFORE_MILLIS(
      "p99BeforeMillis",
      "p99 before",
      "ms",
      0,
      "Latency p99 in the warm-up, when nothing is changed",
      run -> p99(run, PhaseKind.WARM_UP)),
  REQUESTS(
      "requests",
      "Requests",
      "",
      0,
      "Requests sent since the command whose end is known: what failed is counted from them",
      run -> read(run.errors().known(), e -> (double) e.sinceRollout().total()));

  private final String key;
  private final String label;
  private final String unit;
  private final int decimals;
  private final String howMeasured;
  private final Function<Findings, OptionalDouble> reading;

  SweepMeasure(
      String key,
      String label,
      String unit,
      int decimals,
      String howMeasured,
      Function<Findings, OptionalDouble> reading) {
    this.key = key;
    this.label = label;
    this.unit = unit;
    this.decimals = decimals;
    this.howMeasured = howMeasured;
    this.reading = reading;
  }

  /** Short and stable, for files. */
  public String key() {
    return key;
  }

  /** For people. */
  public String label() {
    return label;
  }

  /** For example {@code s}; empty for a count. */
  public String unit() {
    return unit;
  }

  /** To print. */
  public int decimals() {
    return decimals;
  }

  /** A sentence without its full stop. */
  public String howMeasured() {
    return howMeasured;
  }

  /** Its value in one run; empty when it does not apply or is unknown. */
  OptionalDouble of(Findings run) {
    return reading.apply(run);
  }

  private static <T> OptionalDouble read(Optional<T> from, Function<T, Double> number) {
    return from.map(number).map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private static OptionalDouble p99(Findings run, PhaseKind kind) {
    Part<Latency> latency = run.latency();
    return read(
        latency
            .known()
            .flatMap(
                known ->
                    known.byPhase().stream()
                        .filter(phase -> phase.phase().kind() == kind)
                        .filter(phase -> phase.population().isEmpty())
                        .findFirst()),
        phase -> (double) phase.latency().p99Millis());
  }

  private static double length(Timeline.Phase phase) {
    return (phase.endMillis() - phase.startMillis()) / 1000.0;
  }

  private static OptionalDouble served(List<Transition> transitions) {
    return transitions.stream()
        .filter(transition -> transition.kind() == Transition.Kind.ROLLOUT)
        .findFirst()
        .map(Transition::servedAfterMillis)
        .filter(OptionalLong::isPresent)
        .map(millis -> OptionalDouble.of(millis.getAsLong() / 1000.0))
        .orElse(OptionalDouble.empty());
  }

  private static double mixed(VersionMix versions) {
    return versions.mixedWindow().map(Span::millis).orElse(0L) / 1000.0;
  }
}
