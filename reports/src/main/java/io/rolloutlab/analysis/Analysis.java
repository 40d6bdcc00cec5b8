package io.rolloutlab.analysis;

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
import io.rolloutlab.analysis.run.Journal;
import io.rolloutlab.analysis.run.JournalAnalysis;
import io.rolloutlab.analysis.run.OutcomeAnalysis;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.RunEnd;
import io.rolloutlab.analysis.run.Timeline;
import io.rolloutlab.analysis.run.TimelineAnalysis;
import io.rolloutlab.analysis.run.UpdateOutcome;
import io.rolloutlab.analysis.verdict.ExpectationResult;
import io.rolloutlab.analysis.verdict.Expecting;
import io.rolloutlab.analysis.verdict.Invariants;
import io.rolloutlab.analysis.verdict.Judgement;
import io.rolloutlab.analysis.verdict.LatencyDoubt;
import io.rolloutlab.analysis.verdict.Violation;
import io.rolloutlab.analysis.versions.AddressRule;
import io.rolloutlab.analysis.versions.CanaryAnalysis;
import io.rolloutlab.analysis.versions.CanaryStep;
import io.rolloutlab.analysis.versions.Exposure;
import io.rolloutlab.analysis.versions.Passage;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.analysis.versions.TransitionAnalysis;
import io.rolloutlab.analysis.versions.VersionAnalysis;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the findings of a run from its history. */
public final class Analysis {
  private final History history;
  private final Timeline timeline;
  private final Journal journal;
  private final Part<Reconciliation> reconciliation;
  private final Part<Errors> errors;
  private final Part<Latency> latency;
  private final Part<VersionMix> versions;
  private final Part<List<Transition>> transitions;
  private final Part<List<UpdateOutcome>> outcomes;
  private final Part<Tasks> tasks;
  private final Part<Resources> resources;
  private final Part<List<CanaryStep>> canarySteps;
  private final Part<List<AddressRule>> addressRules;
  private final Part<Sending> sending;
  private final Part<MachineUse> machine;
  private final Part<Harm> harm;
  private final Part<List<Violation>> violations;

  private Analysis(History history) {
    this.history = history;
    timeline = TimelineAnalysis.of(history);
    journal = JournalAnalysis.of(history, timeline.zeroAtEpochMillis());
    Part<Witnesses> witnesses = Part.of(() -> new Witnesses(history));
    Part<RequestTable> table = Part.of(() -> new RequestTable(witnesses.orThrow(), timeline));
    Part<Gaps> gaps = Part.of(() -> new Gaps(table.orThrow()));
    List<Passage> passages = Passage.of(timeline);
    Part<List<Exposure>> exposures =
        Part.of(() -> VersionAnalysis.exposures(table.orThrow(), passages));
    reconciliation = Part.of(() -> witnesses.orThrow().reconcile());
    errors = Part.of(() -> ErrorAnalysis.of(table.orThrow(), gaps.orThrow()));
    latency = Part.of(() -> LatencyAnalysis.of(table.orThrow()));
    tasks = Part.of(() -> TaskAnalysis.of(history, timeline));
    transitions =
        Part.of(
            () ->
                TransitionAnalysis.of(
                    table.orThrow(), passages, journal, tasks.known(), gaps.orThrow()));
    outcomes = Part.of(() -> OutcomeAnalysis.of(history, timeline.zeroAtEpochMillis()));
    versions =
        Part.of(
            () -> VersionAnalysis.of(table.orThrow(), exposures.orThrow(), transitions.orThrow()));
    resources = Part.of(() -> ResourceAnalysis.of(history, timeline));
    canarySteps =
        Part.of(() -> CanaryAnalysis.steps(history, table.orThrow(), exposures.orThrow()));
    addressRules = Part.of(() -> CanaryAnalysis.rules(table.orThrow(), journal));
    double wantedPerSecond = history.manifest().scenario().load().ratePerSecond();
    sending = Part.of(() -> SendingAnalysis.of(wantedPerSecond, table.orThrow()));
    machine = Part.of(() -> MachineAnalysis.of(history, timeline, resources.known()));
    harm = Part.of(() -> HarmAnalysis.of(history.manifest().scenario().app(), table.orThrow()));
    violations = Part.of(() -> Invariants.of(history, timeline, table.orThrow()));
  }

  /**
   * Analyses a history: pure, deterministic, in time that grows with its size. A part that cannot
   * be analysed is unknown with its cause, and the others stay.
   */
  public static Findings analyse(History history) {
    return new Analysis(history).findings();
  }

  private Findings findings() {
    List<ExpectationResult> expectations =
        Expecting.judge(
            history.manifest().scenario(),
            errors,
            versions,
            transitions,
            outcomes,
            canarySteps,
            addressRules);
    Optional<RunEnd> end =
        history
            .end()
            .map(e -> new RunEnd(e.atMillis() - timeline.zeroAtEpochMillis(), e.end(), e.cause()));
    Judgement judgement = judge(end, expectations);
    return new Findings(
        history.manifest(),
        end,
        history.damage(),
        timeline,
        reconciliation,
        errors,
        latency,
        versions,
        transitions,
        outcomes,
        tasks,
        resources,
        canarySteps,
        addressRules,
        sending,
        machine,
        harm,
        LatencyDoubt.of(latency, sending, machine, harm),
        violations,
        journal,
        expectations,
        judgement.verdict(),
        judgement.reasons());
  }

  private Judgement judge(Optional<RunEnd> end, List<ExpectationResult> expectations) {
    return Judgement.of(
        end,
        history.damage(),
        history.events(Event.Fault.class).toList(),
        named(),
        reconciliation,
        versions,
        violations,
        expectations);
  }

  /** The parts as the reasons of a verdict call them. */
  private Map<String, Part<?>> named() {
    Map<String, Part<?>> parts = new LinkedHashMap<>();
    parts.put("reconciliation", reconciliation);
    parts.put("errors", errors);
    parts.put("latencies", latency);
    parts.put("versions", versions);
    parts.put("rollouts and rollbacks", transitions);
    parts.put("outcomes of updates", outcomes);
    parts.put("tasks", tasks);
    parts.put("resources", resources);
    parts.put("canary steps", canarySteps);
    parts.put("address rules", addressRules);
    parts.put("load", sending);
    parts.put("use of the machine", machine);
    parts.put("harm", harm);
    parts.put("invariants", violations);
    return parts;
  }
}
