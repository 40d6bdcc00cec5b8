package io.rolloutlab.analysis;

import com.fasterxml.jackson.annotation.JsonValue;
import io.rolloutlab.analysis.cost.MachineUse;
import io.rolloutlab.analysis.cost.Resources;
import io.rolloutlab.analysis.cost.Tasks;
import io.rolloutlab.analysis.requests.Errors;
import io.rolloutlab.analysis.requests.Harm;
import io.rolloutlab.analysis.requests.Latency;
import io.rolloutlab.analysis.requests.Reconciliation;
import io.rolloutlab.analysis.requests.Sending;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Journal;
import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.RunEnd;
import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.analysis.run.UpdateOutcome;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.verdict.ExpectationResult;
import io.rolloutlab.analysis.verdict.Expecting;
import io.rolloutlab.analysis.verdict.Judgement;
import io.rolloutlab.analysis.verdict.LatencyDoubt;
import io.rolloutlab.analysis.verdict.Violation;
import io.rolloutlab.analysis.versions.CanaryStep;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.analysis.versions.UserRule;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.expect.Bound;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All that was found out about one run, and judged. See the package for what its times and seconds
 * mean. Every part is found by its type ({@link #part}, {@link #list}); those that the lab brings
 * have a method each as well.
 *
 * @param evidence what was found out, each part by its type
 * @param end how the run ended; empty when the lab was killed before it could say
 * @param latencyDoubts why latencies since x = 0 must not be taken at their word; empty when
 *     nothing speaks against them
 * @param expectations of the scenario, each judged; empty when it has none
 * @param judgement what it all came to
 */
public record Findings(
    Evidence evidence,
    Optional<RunEnd> end,
    List<LatencyDoubt> latencyDoubts,
    List<ExpectationResult> expectations,
    Judgement judgement) {
  /** Before this part stand the doubts in {@code results.json}, as they always have. */
  private static final String AFTER_DOUBTS = "violations";

  /** Why what is counted from a baseline is not known of a run by itself. */
  public static final String NO_BASELINE =
      "no baseline stands beside this run: run one in the same batch";

  public Findings {
    latencyDoubts = List.copyOf(latencyDoubts);
    expectations = List.copyOf(expectations);
  }

  /** The part of a type, for example {@code part(Latency.class)}; see {@link Evidence#part}. */
  public <T> Part<T> part(Class<T> type) {
    return evidence.part(type);
  }

  /** The part that is a list, for example {@code list(Transition.class)}. */
  public <E> Part<List<E>> list(Class<E> of) {
    return evidence.list(of);
  }

  /** The conditions, passed through. */
  public Manifest manifest() {
    return evidence.manifest();
  }

  /** What of the history could not be read; empty when whole. */
  public List<String> damage() {
    return evidence.damage();
  }

  /** Phases and the time axis. */
  public RunTimeline timeline() {
    return evidence.timeline();
  }

  /** What was done. */
  public Journal journal() {
    return evidence.journal();
  }

  /** Whether nothing was rolled out: the others are read against it. */
  public boolean isBaseline() {
    return evidence.isBaseline();
  }

  /** Of the two witnesses. */
  public Part<Reconciliation> reconciliation() {
    return part(Reconciliation.class);
  }

  /** Failed requests. */
  public Part<Errors> errors() {
    return part(Errors.class);
  }

  /** How long answers took. */
  public Part<Latency> latency() {
    return part(Latency.class);
  }

  /** Which version answered whom. */
  public Part<VersionMix> versions() {
    return part(VersionMix.class);
  }

  /** Rollouts, aborts and rollbacks, in order; empty in a baseline. */
  public Part<List<Transition>> transitions() {
    return list(Transition.class);
  }

  /** What came of what Swarm was ordered to do; empty where no update was. */
  public Part<List<UpdateOutcome>> outcomes() {
    return list(UpdateOutcome.class);
  }

  /** The app's tasks over time. */
  public Part<Tasks> tasks() {
    return part(Tasks.class);
  }

  /** CPU and memory. */
  public Part<Resources> resources() {
    return part(Resources.class);
  }

  /** Weights against measured shares; empty unless weights were held. */
  public Part<List<CanaryStep>> canarySteps() {
    return list(CanaryStep.class);
  }

  /** Who got v2 by a rule for some users; empty unless one was in force. */
  public Part<List<UserRule>> userRules() {
    return list(UserRule.class);
  }

  /** What the load itself did. */
  public Part<Sending> sending() {
    return part(Sending.class);
  }

  /** How busy the machine was. */
  public Part<MachineUse> machine() {
    return part(MachineUse.class);
  }

  /** Who was hurt, and by which version. */
  public Part<Harm> harm() {
    return part(Harm.class);
  }

  /** What should not be possible; empty when all is well. */
  public Part<List<Violation>> violations() {
    return list(Violation.class);
  }

  /**
   * The first that applies: FAIL when the run itself failed; UNKNOWN when it did not reconcile or
   * answers were of neither version, since its numbers cannot be trusted then; FAIL when an
   * expectation fails; UNKNOWN when it is damaged, was interrupted or killed, made no requests, or
   * a part or an expectation is unknown; NOTHING_EXPECTED when the scenario expects nothing; else
   * PASS.
   */
  public Verdict verdict() {
    return judgement.verdict();
  }

  /** Why the verdict is FAIL or UNKNOWN, a sentence each; empty otherwise. */
  public List<String> reasons() {
    return judgement.reasons();
  }

  /**
   * The same run, judged beside the baselines of its batch: what it expects may be counted from
   * theirs.
   *
   * @param baselines asked for only where something is counted from them: those under the same
   *     conditions, with numbers that can be trusted; unknown, with the cause, where there is none
   */
  public Findings against(Supplier<Part<List<Findings>>> baselines) {
    boolean counted =
        manifest().scenario().expect().measures().values().stream().anyMatch(Bound::needsBaseline);
    if (!counted) {
      return this;
    }
    List<ExpectationResult> judged =
        Expecting.judge(
            evidence, baselines.get().map(all -> all.stream().map(Findings::evidence).toList()));
    return new Findings(evidence, end, latencyDoubts, judged, judgement.with(judged));
  }

  /** As they stand in {@code results.json}: every part by its key. */
  @JsonValue
  Map<String, Object> byKey() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("manifest", manifest());
    all.put("end", end);
    all.put("damage", damage());
    all.put("timeline", timeline());
    for (Evidence.Found found : evidence.parts()) {
      if (found.key().equals(AFTER_DOUBTS)) {
        all.put("latencyDoubts", latencyDoubts);
      }
      all.put(found.key(), found.part());
    }
    all.put("journal", journal());
    all.put("expectations", expectations);
    all.put("verdict", verdict());
    all.put("reasons", reasons());
    return all;
  }

  /** Who was hurt, in a sentence; empty where nobody was, or it is not known. */
  public Optional<String> whoWasHurt() {
    return harm().known().filter(its -> its.users().count() > 0).map(Harm::sentence);
  }

  /**
   * Why the numbers of this run are those of a part of what was asked: it failed, was interrupted
   * or was killed on its way. Empty when it came to its end.
   */
  public Optional<String> cutOff() {
    if (end.isEmpty()) {
      return Optional.of("the lab was stopped before it could say how it went");
    }
    return end.filter(e -> e.end() != Event.End.COMPLETED)
        .map(
            e ->
                "%s at %s"
                    .formatted(
                        e.end() == Event.End.FAILED ? "it failed" : "it was interrupted",
                        Numbers.seconds(e.atMillis())));
  }

  /**
   * Whether the two witnesses agree on every request, and every answer was one of v1 or v2, so that
   * the numbers can be trusted.
   */
  public boolean reconciled() {
    boolean strangers = versions().known().flatMap(VersionMix::strangers).isPresent();
    return !strangers
        && reconciliation().known().filter(r -> r.verdict() == Verdict.PASS).isPresent();
  }

  /**
   * Why the number of a measure must not be taken at its word, nor be ranked.
   *
   * @param measure its {@link Comparison.Measure#key}
   * @return sentences; empty when nothing speaks against it
   */
  public String doubtOf(String measure) {
    return LatencyDoubt.of(measure, latencyDoubts);
  }
}
