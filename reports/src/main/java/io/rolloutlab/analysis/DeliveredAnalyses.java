package io.rolloutlab.analysis;

import io.rolloutlab.analysis.causes.Surroundings;
import io.rolloutlab.analysis.cost.MachineAnalysis;
import io.rolloutlab.analysis.cost.MachineUse;
import io.rolloutlab.analysis.cost.ResourceAnalysis;
import io.rolloutlab.analysis.cost.Resources;
import io.rolloutlab.analysis.cost.TaskAnalysis;
import io.rolloutlab.analysis.cost.Tasks;
import io.rolloutlab.analysis.requests.ErrorAnalysis;
import io.rolloutlab.analysis.requests.Errors;
import io.rolloutlab.analysis.requests.Gaps;
import io.rolloutlab.analysis.requests.Harm;
import io.rolloutlab.analysis.requests.HarmAnalysis;
import io.rolloutlab.analysis.requests.Latency;
import io.rolloutlab.analysis.requests.LatencyAnalysis;
import io.rolloutlab.analysis.requests.Reconciliation;
import io.rolloutlab.analysis.requests.RequestTable;
import io.rolloutlab.analysis.requests.Sending;
import io.rolloutlab.analysis.requests.SendingAnalysis;
import io.rolloutlab.analysis.requests.Witnesses;
import io.rolloutlab.analysis.run.HistoryAnalysis;
import io.rolloutlab.analysis.run.Inquiry;
import io.rolloutlab.analysis.run.OutcomeAnalysis;
import io.rolloutlab.analysis.run.UpdateOutcome;
import io.rolloutlab.analysis.verdict.Invariants;
import io.rolloutlab.analysis.verdict.Violation;
import io.rolloutlab.analysis.versions.CanaryAnalysis;
import io.rolloutlab.analysis.versions.CanaryStep;
import io.rolloutlab.analysis.versions.Exposure;
import io.rolloutlab.analysis.versions.Passage;
import io.rolloutlab.analysis.versions.RuleAnalysis;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.analysis.versions.TransitionAnalysis;
import io.rolloutlab.analysis.versions.UserRule;
import io.rolloutlab.analysis.versions.VersionAnalysis;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.analysis.versions.Visits;
import io.rolloutlab.history.History;
import io.rolloutlab.scenario.Scenario;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The analyses that the lab brings, in the order of {@code results.json}. */
public final class DeliveredAnalyses {
  private DeliveredAnalyses() {}

  private record Delivered<T>(
      String key, String words, Class<?> type, Function<Inquiry, T> analysis)
      implements HistoryAnalysis<T> {
    @Override
    public T of(Inquiry run) {
      return analysis.apply(run);
    }
  }

  static final List<HistoryAnalysis<?>> ALL =
      List.of(
          groundwork(Witnesses.class, run -> new Witnesses(run.history())),
          groundwork(
              RequestTable.class,
              run -> new RequestTable(run.part(Witnesses.class).orThrow(), run.timeline())),
          groundwork(Visits.class, Visits::of),
          groundwork(Gaps.class, run -> new Gaps(table(run))),
          groundwork(
              Surroundings.class,
              run -> new Surroundings(run.history(), run.timeline().zeroAtEpochMillis())),
          new Delivered<>(
              "",
              "",
              Exposure.class,
              run -> VersionAnalysis.exposures(table(run), Passage.of(run.timeline()))),
          part(
              "reconciliation",
              Reconciliation.class,
              run -> run.part(Witnesses.class).orThrow().reconcile()),
          part(
              "errors",
              Errors.class,
              run -> ErrorAnalysis.of(table(run), run.part(Gaps.class).orThrow())),
          new Delivered<>(
              "latency", "latencies", Latency.class, run -> LatencyAnalysis.of(table(run))),
          part("versions", VersionMix.class, DeliveredAnalyses::versions),
          list(
              "transitions",
              "rollouts and rollbacks",
              Transition.class,
              DeliveredAnalyses::transitions),
          list(
              "outcomes",
              "outcomes of updates",
              UpdateOutcome.class,
              run -> OutcomeAnalysis.of(run.history(), run.timeline().zeroAtEpochMillis())),
          part("tasks", Tasks.class, run -> TaskAnalysis.of(run.history(), run.timeline())),
          part(
              "resources",
              Resources.class,
              run -> ResourceAnalysis.of(run.history(), run.timeline())),
          list(
              "canarySteps",
              "canary steps",
              CanaryStep.class,
              run ->
                  CanaryAnalysis.steps(
                      run.history(), table(run), run.list(Exposure.class).orThrow())),
          list(
              // Its name is of the time when rules were by address alone.
              "addressRules",
              "rules for some users",
              UserRule.class,
              run -> RuleAnalysis.of(table(run), run.journal(), scenario(run))),
          new Delivered<>(
              "sending",
              "load",
              Sending.class,
              run -> SendingAnalysis.of(scenario(run).load().ratePerSecond(), table(run))),
          new Delivered<>(
              "machine", "use of the machine", MachineUse.class, DeliveredAnalyses::machine),
          part("harm", Harm.class, run -> HarmAnalysis.of(scenario(run).app(), table(run))),
          list(
              "violations",
              "invariants",
              Violation.class,
              run -> Invariants.of(run.history(), run.timeline(), table(run))));

  /** Their keys: pages have a place of its own for each of these parts. */
  public static Set<String> keys() {
    return ALL.stream().map(HistoryAnalysis::key).collect(Collectors.toSet());
  }

  private static <T> HistoryAnalysis<T> groundwork(Class<T> type, Function<Inquiry, T> analysis) {
    return new Delivered<>("", "", type, analysis);
  }

  private static <T> HistoryAnalysis<T> part(
      String key, Class<T> type, Function<Inquiry, T> analysis) {
    return new Delivered<>(key, key, type, analysis);
  }

  private static <E> HistoryAnalysis<List<E>> list(
      String key, String words, Class<E> of, Function<Inquiry, List<E>> analysis) {
    return new Delivered<>(key, words, of, analysis);
  }

  private static RequestTable table(Inquiry run) {
    return run.part(RequestTable.class).orThrow();
  }

  private static Scenario scenario(Inquiry run) {
    return run.history().manifest().scenario();
  }

  private static VersionMix versions(Inquiry run) {
    return VersionAnalysis.of(
        table(run), run.list(Exposure.class).orThrow(), run.list(Transition.class).orThrow());
  }

  /** Where v2 is to answer nobody there is no way to it: none that failed, and none back. */
  private static List<Transition> transitions(Inquiry run) {
    if (!scenario(run).settings().servesUsers()) {
      return List.of();
    }
    return TransitionAnalysis.of(
        table(run),
        Passage.of(run.timeline()),
        run.journal(),
        run.part(Tasks.class).known(),
        run.part(Gaps.class).orThrow());
  }

  private static MachineUse machine(Inquiry run) {
    History history = run.history();
    return MachineAnalysis.of(history, run.timeline(), run.part(Resources.class).known());
  }
}
