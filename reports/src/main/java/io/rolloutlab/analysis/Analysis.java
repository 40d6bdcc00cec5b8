package io.rolloutlab.analysis;

import io.rolloutlab.history.History;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the findings of a run from its history. */
public final class Analysis {
  private final History history;
  private final Timeline timeline;
  private final Journal journal;

  private Analysis(History history) {
    this.history = history;
    timeline = TimelineAnalysis.of(history);
    journal = JournalAnalysis.of(history, timeline.zeroAtEpochMillis());
  }

  /**
   * Analyses a history: pure, deterministic, in time that grows with its size. A part that cannot
   * be analysed is unknown with its cause, and the others stay.
   */
  public static Findings analyse(History history) {
    return new Analysis(history).findings();
  }

  private Findings findings() {
    Part<Witnesses> witnesses = Part.of(() -> new Witnesses(history));
    Part<RequestTable> table = Part.of(() -> new RequestTable(witnesses.orThrow(), timeline));
    Part<Gaps> gaps = Part.of(() -> new Gaps(table.orThrow()));
    List<Passage> passages = Passage.of(timeline);
    Part<List<Exposure>> exposures =
        Part.of(() -> VersionAnalysis.exposures(table.orThrow(), passages));
    Part<Tasks> tasks = Part.of(() -> TaskAnalysis.of(history, timeline));
    Part<List<Transition>> transitions =
        Part.of(
            () ->
                TransitionAnalysis.of(
                    table.orThrow(), passages, journal, tasks.known(), gaps.orThrow()));
    return judged(
        Part.of(() -> witnesses.orThrow().reconcile()),
        Part.of(() -> ErrorAnalysis.of(table.orThrow(), gaps.orThrow())),
        Part.of(() -> LatencyAnalysis.of(table.orThrow())),
        Part.of(
            () -> VersionAnalysis.of(table.orThrow(), exposures.orThrow(), transitions.orThrow())),
        transitions,
        tasks,
        Part.of(() -> ResourceAnalysis.of(history, timeline)),
        Part.of(() -> CanaryAnalysis.steps(history, table.orThrow(), exposures.orThrow())),
        Part.of(() -> CanaryAnalysis.rules(table.orThrow(), journal)),
        Part.of(() -> Invariants.of(history, timeline, table.orThrow())));
  }

  private Findings judged(
      Part<Reconciliation> reconciliation,
      Part<Errors> errors,
      Part<Latency> latency,
      Part<VersionMix> versions,
      Part<List<Transition>> transitions,
      Part<Tasks> tasks,
      Part<Resources> resources,
      Part<List<CanaryStep>> steps,
      Part<List<AddressRule>> rules,
      Part<List<Violation>> violations) {
    Map<String, Part<?>> parts = new TreeMap<>();
    parts.put("reconciliation", reconciliation);
    parts.put("errors", errors);
    parts.put("latencies", latency);
    parts.put("versions", versions);
    parts.put("rollouts and rollbacks", transitions);
    parts.put("tasks", tasks);
    parts.put("resources", resources);
    parts.put("canary steps", steps);
    parts.put("address rules", rules);
    parts.put("invariants", violations);
    List<ExpectationResult> expectations =
        Expecting.judge(history.manifest().scenario(), errors, versions, transitions, steps, rules);
    Optional<RunEnd> end =
        history
            .end()
            .map(e -> new RunEnd(e.atMillis() - timeline.zeroAtEpochMillis(), e.end(), e.cause()));
    Judgement judgement =
        Judgement.of(end, history.damage(), parts, reconciliation, violations, expectations);
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
        tasks,
        resources,
        steps,
        rules,
        violations,
        journal,
        expectations,
        judgement.verdict(),
        judgement.reasons());
  }
}
