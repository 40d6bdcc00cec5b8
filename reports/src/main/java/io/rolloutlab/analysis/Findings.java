package io.rolloutlab.analysis;

import io.rolloutlab.analysis.cost.MachineUse;
import io.rolloutlab.analysis.cost.Resources;
import io.rolloutlab.analysis.cost.Tasks;
import io.rolloutlab.analysis.requests.Errors;
import io.rolloutlab.analysis.requests.Harm;
import io.rolloutlab.analysis.requests.Latency;
import io.rolloutlab.analysis.requests.Reconciliation;
import io.rolloutlab.analysis.requests.Sending;
import io.rolloutlab.analysis.run.Journal;
import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.RunEnd;
import io.rolloutlab.analysis.run.Timeline;
import io.rolloutlab.analysis.run.UpdateOutcome;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.verdict.ExpectationResult;
import io.rolloutlab.analysis.verdict.LatencyDoubt;
import io.rolloutlab.analysis.verdict.Violation;
import io.rolloutlab.analysis.versions.AddressRule;
import io.rolloutlab.analysis.versions.CanaryStep;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Manifest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All that was found out about one run. See the package for what its times and seconds mean.
 *
 * @param manifest the conditions, passed through
 * @param end how the run ended; empty when the lab was killed before it could say
 * @param damage what of the history could not be read; empty when whole
 * @param timeline phases and the time axis
 * @param reconciliation of the two witnesses
 * @param errors failed requests
 * @param latency how long answers took
 * @param versions which version answered whom
 * @param transitions rollouts, aborts and rollbacks, in order; empty in a baseline
 * @param outcomes what came of what Swarm was ordered to do; empty where no update was
 * @param tasks the app's tasks over time
 * @param resources CPU and memory
 * @param canarySteps weights against measured shares; empty unless weights were held
 * @param addressRules users by address; empty unless a rule by address was in force
 * @param sending what the load itself did
 * @param machine how busy the machine was
 * @param harm who was hurt, and by which version
 * @param latencyDoubts why latencies since x = 0 must not be taken at their word; empty when
 *     nothing speaks against them
 * @param violations what should not be possible; empty when all is well
 * @param journal what was done
 * @param expectations of the scenario, each judged; empty when it has none
 * @param verdict the first that applies: FAIL when the run itself failed; UNKNOWN when it did not
 *     reconcile or answers were of neither version, since its numbers cannot be trusted then; FAIL
 *     when an expectation fails; UNKNOWN when it is damaged, was interrupted or killed, made no
 *     requests, or a part or an expectation is unknown; NOTHING_EXPECTED when the scenario expects
 *     nothing; else PASS
 * @param reasons why the verdict is FAIL or UNKNOWN, a sentence each; empty otherwise
 */
public record Findings(
    Manifest manifest,
    Optional<RunEnd> end,
    List<String> damage,
    Timeline timeline,
    Part<Reconciliation> reconciliation,
    Part<Errors> errors,
    Part<Latency> latency,
    Part<VersionMix> versions,
    Part<List<Transition>> transitions,
    Part<List<UpdateOutcome>> outcomes,
    Part<Tasks> tasks,
    Part<Resources> resources,
    Part<List<CanaryStep>> canarySteps,
    Part<List<AddressRule>> addressRules,
    Part<Sending> sending,
    Part<MachineUse> machine,
    Part<Harm> harm,
    List<LatencyDoubt> latencyDoubts,
    Part<List<Violation>> violations,
    Journal journal,
    List<ExpectationResult> expectations,
    Verdict verdict,
    List<String> reasons) {
  public Findings {
    damage = List.copyOf(damage);
    latencyDoubts = List.copyOf(latencyDoubts);
    expectations = List.copyOf(expectations);
    reasons = List.copyOf(reasons);
  }

  /** Who was hurt, in a sentence; empty where nobody was, or it is not known. */
  public Optional<String> whoWasHurt() {
    return harm.known().filter(its -> its.users().count() > 0).map(Harm::sentence);
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
    boolean strangers = versions.known().flatMap(VersionMix::strangers).isPresent();
    return !strangers
        && reconciliation.known().filter(r -> r.verdict() == Verdict.PASS).isPresent();
  }

  /**
   * Why the number of a measure must not be taken at its word, nor be ranked.
   *
   * @param measure its {@link Comparison.Measure#key}
   * @return sentences; empty when nothing speaks against it
   */
  public String doubtOf(String measure) {
    return latencyDoubts.stream()
        .filter(doubt -> doubt.concerns(measure))
        .map(LatencyDoubt::sentence)
        .collect(Collectors.joining(" "));
  }
}
