package io.rolloutlab.gap;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.requests.Errors;
import io.rolloutlab.analysis.requests.Latency;
import io.rolloutlab.analysis.requests.Percentiles;
import io.rolloutlab.analysis.run.RunEnd;
import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.history.Manifest.Origin;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.text.Figures;
import io.rolloutlab.text.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Real runs of one scenario against simulated ones with several seeds: where they differ, one of
 * the two is misunderstood.
 *
 * @param live the real runs
 * @param twins the manifests of the simulated ones, of which no more is kept: there are many of
 *     them
 * @param goals one of each kind, in their order
 * @param times rollouts and rollbacks in seconds; without those that no run came to the end of
 * @param costs replica-seconds and the like
 * @param failed requests since the rollout began
 * @param failedByPhase the phases in which any request failed, in order
 * @param mix version mix
 * @param notes what a reader has to know before believing a number, a sentence each
 */
public record Gap(
    Repeats live,
    List<Manifest> twins,
    List<Goal> goals,
    List<GapRow> times,
    List<GapRow> costs,
    GapRow failed,
    List<PhaseFailures> failedByPhase,
    MixGap mix,
    List<String> notes) {
  private static final String P99 = "p99, ms";

  public Gap {
    twins = List.copyOf(twins);
    goals = List.copyOf(goals);
    times = List.copyOf(times);
    costs = List.copyOf(costs);
    failedByPhase = List.copyOf(failedByPhase);
    notes = List.copyOf(notes);
  }

  /**
   * The failed requests of one phase.
   *
   * @param phase of the first real run
   */
  public record PhaseFailures(RunTimeline.Phase phase, GapRow row) {}

  /**
   * Compares.
   *
   * @param twins simulated runs of the same scenario; at least one
   * @throws IllegalArgumentException when they are not simulated, or of another scenario
   */
  public static Gap of(Repeats live, List<Findings> twins) {
    refuseOthers(live, twins);
    List<GapRow> times = GapTime.rows(live.runs(), twins);
    GapRow failed = row("all since the rollout began", live.runs(), twins, run -> failed(run));
    List<PhaseFailures> phases =
        samePhases(live.runs(), twins) ? failures(live.runs(), twins) : List.of();
    MixGap mix = MixGap.of(live.runs(), twins);
    return new Gap(
        live,
        twins.stream().map(Findings::manifest).toList(),
        goals(
            twins,
            List.of(
                GapTime.goal(live.runs(), twins),
                Goal.mix(mix),
                Goal.errors(failed, phases.stream().map(PhaseFailures::row).toList()),
                latency(live.runs(), twins))),
        times,
        List.of(
            row("replica-seconds", live.runs(), twins, Gap::replicaSeconds),
            row("from x = 0 to the end of the load, s", live.runs(), twins, Gap::measured)),
        failed,
        phases,
        mix,
        notes(live.runs(), twins));
  }

  /** The name under which the page shows it. */
  public String name() {
    return live.name();
  }

  /** The twin has its machine to itself: who shares one with other runs may wait for them. */
  private static Goal latency(List<Findings> live, List<Findings> twins) {
    List<Findings> alone = live.stream().filter(run -> run.manifest().beside() == 0).toList();
    return alone.isEmpty()
        ? Goal.latency(row(P99, live, twins, Gap::p99))
            .notJudged("other runs were made beside every real one, on the same machine")
        : Goal.latency(row(P99, alone, twins, Gap::p99));
  }

  /** A simulated run that broke off, or does not reconcile, may agree only up to there. */
  private static List<Goal> goals(List<Findings> twins, List<Goal> goals) {
    List<Findings> broken = twins.stream().filter(Gap::isBroken).toList();
    if (broken.isEmpty()) {
      return goals;
    }
    String why =
        "%s of %s simulated runs cannot be trusted; %s"
            .formatted(broken.size(), twins.size(), whyBroken(broken.get(0)));
    return goals.stream().map(goal -> goal.notJudged(why)).toList();
  }

  private static boolean isBroken(Findings twin) {
    return !twin.reconciled()
        || twin.end().filter(end -> end.end() == Event.End.COMPLETED).isEmpty();
  }

  private static String whyBroken(Findings twin) {
    return "seed %s: %s"
        .formatted(
            twin.manifest().scenario().seed(),
            twin.end()
                .map(RunEnd::cause)
                .filter(cause -> !cause.isEmpty())
                .orElse("its two witnesses do not agree"));
  }

  private static void refuseOthers(Repeats live, List<Findings> twins) {
    boolean asked =
        !twins.isEmpty()
            && live.runs().stream().allMatch(run -> run.manifest().origin() == Origin.LIVE)
            && twins.stream().allMatch(twin -> twin.manifest().origin() == Origin.TWIN)
            && twins.stream().allMatch(twin -> scenario(twin).equals(scenario(live.runs().get(0))));
    if (!asked) {
      throw new IllegalArgumentException(
          "a gap is between real runs and simulated ones of the same scenario, but the sides of %s"
                  .formatted(live.name())
              + " are not these");
    }
  }

  private static Scenario scenario(Findings run) {
    return run.manifest().scenario().withSeed(0);
  }

  private static List<String> notes(List<Findings> live, List<Findings> twins) {
    List<String> notes = new ArrayList<>();
    if (live.size() == 1) {
      notes.add(
          "There is one real run: what happened in it by chance cannot be told from what happens"
              + " every time.");
    }
    List<String> commits = live.stream().map(run -> run.manifest().commit()).distinct().toList();
    if (commits.size() > 1) {
      notes.add(
          "The real runs were made by different commits of the lab: " + String.join(", ", commits));
    }
    noteOnOthers(live).ifPresent(notes::add);
    noteOnBalancing(live.get(0), twins.get(0)).ifPresent(notes::add);
    if (!samePhases(live, twins)) {
      notes.add("The runs went through different phases, so errors are not counted by phase.");
    }
    return notes;
  }

  private static Optional<String> noteOnOthers(List<Findings> live) {
    List<String> beside =
        live.stream()
            .map(Findings::manifest)
            .filter(run -> run.beside() > 0)
            .map(
                run ->
                    "%s (%s other%s)"
                        .formatted(run.runId(), run.beside(), run.beside() == 1 ? "" : "s"))
            .toList();
    return beside.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ("Others were made beside %s of the %s real runs, at the same time and on the same"
                    + " machine. The twin has its machine to itself, so their p99 is not judged: %s.")
                .formatted(beside.size(), live.size(), String.join(", ", beside)));
  }

  private static Optional<String> noteOnBalancing(Findings live, Findings twin) {
    Balancing real = live.manifest().balancing();
    Balancing simulated = twin.manifest().balancing();
    return real == simulated
        ? Optional.empty()
        : Optional.of(
            "The real runs were balanced by %s, the simulated ones by %s: they need not agree."
                .formatted(Figures.FIGURES.word(real), Figures.FIGURES.word(simulated)));
  }

  /** Whether all went through the same phases, so that the n-th of one is the n-th of another. */
  private static boolean samePhases(List<Findings> live, List<Findings> twins) {
    List<String> first = phases(live.get(0));
    return live.stream().allMatch(run -> phases(run).equals(first))
        && twins.stream().allMatch(run -> phases(run).equals(first));
  }

  private static List<String> phases(Findings run) {
    return run.timeline().phases().stream()
        .map(phase -> phase.kind() + " " + phase.label())
        .toList();
  }

  private static List<PhaseFailures> failures(List<Findings> live, List<Findings> twins) {
    return live.get(0).timeline().phases().stream()
        .map(
            phase ->
                new PhaseFailures(
                    phase, row(phase.label(), live, twins, run -> failed(run, phase.index()))))
        .filter(phase -> phase.row().live().most() > 0 || phase.row().twin().most() > 0)
        .toList();
  }

  static GapRow row(
      String measure,
      List<Findings> live,
      List<Findings> twins,
      Function<Findings, OptionalDouble> value) {
    return new GapRow(measure, Range.of(live, value), Range.of(twins, value));
  }

  private static OptionalDouble failed(Findings run) {
    return number(run.errors().known().map(errors -> errors.sinceRollout().count()));
  }

  private static OptionalDouble failed(Findings run, int phase) {
    return number(
        run.errors().known().map(Errors::byPhase).map(all -> all.get(phase).failed().count()));
  }

  private static OptionalDouble p99(Findings run) {
    return number(run.latency().known().flatMap(Latency::sinceRollout).map(Percentiles::p99Millis));
  }

  private static OptionalDouble replicaSeconds(Findings run) {
    return number(
        run.tasks()
            .known()
            .map(tasks -> tasks.replicaSeconds().v1() + tasks.replicaSeconds().v2()));
  }

  private static OptionalDouble measured(Findings run) {
    return OptionalDouble.of(run.timeline().measured().millis() / 1e3);
  }

  private static OptionalDouble number(Optional<? extends Number> value) {
    return value.isPresent()
        ? OptionalDouble.of(value.get().doubleValue())
        : OptionalDouble.empty();
  }
}
