package io.rolloutlab.analysis.verdict;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.requests.Reconciliation;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.RunEnd;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.history.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The verdict of a run: see {@link Findings#verdict}.
 *
 * @param reasons a sentence each; empty when PASS or NOTHING_EXPECTED
 */
public record Judgement(Verdict verdict, List<String> reasons) {
  public static Judgement of(
      Optional<RunEnd> end,
      List<String> damage,
      List<Event.Fault> faults,
      Map<String, Part<?>> parts,
      Part<Reconciliation> reconciliation,
      Part<VersionMix> versions,
      Part<List<Violation>> violations,
      List<ExpectationResult> expectations) {
    List<String> failures = new ArrayList<>();
    List<String> doubts = new ArrayList<>();
    boolean runFailed = end.filter(e -> e.end() == Event.End.FAILED).isPresent();
    doubtOfEnd(end).ifPresent(doubts::add);
    if (runFailed) {
      failures.add("The run failed: " + end.get().cause());
    }
    damage.forEach(torn -> doubts.add("The history is damaged: " + torn));
    faults.stream()
        .filter(Event.Fault::spoils)
        .forEach(
            fault ->
                doubts.add(
                    "What was recorded is doubtful: %s: %s"
                        .formatted(fault.what(), fault.detail())));
    List<String> ofRequests = doubtsOfRequests(reconciliation, versions);
    doubts.addAll(ofRequests);
    parts.forEach(
        (name, part) -> {
          if (part.known().isEmpty()) {
            doubts.add("The %s could not be analysed: %s".formatted(name, part.cause()));
          }
        });
    violations.known().orElse(List.of()).stream()
        .filter(Violation::spoilsRun)
        .forEach(
            v ->
                doubts.add(
                    "The record breaks the rule \"%s\": %s".formatted(v.rule(), v.detail())));
    for (ExpectationResult expectation : expectations) {
      if (expectation.verdict() != Verdict.PASS) {
        boolean failed = expectation.verdict() == Verdict.FAIL;
        (failed ? failures : doubts).add(expectation.sentence());
      }
    }
    boolean trusted = ofRequests.isEmpty() && reconciliation.known().isPresent();
    Verdict fine = expectations.isEmpty() ? Verdict.NOTHING_EXPECTED : Verdict.PASS;
    return decide(runFailed, trusted, failures, doubts, fine);
  }

  /** Where there are any, no number of the run proves anything, not even a failure. */
  private static List<String> doubtsOfRequests(
      Part<Reconciliation> reconciliation, Part<VersionMix> versions) {
    List<String> doubts = new ArrayList<>();
    reconciliation
        .known()
        .ifPresent(r -> r.reasons().forEach(why -> doubts.add("Not reconciled: " + why)));
    versions
        .known()
        .flatMap(VersionMix::strangers)
        .ifPresent(why -> doubts.add("It is not known which version answered: " + why));
    return doubts;
  }

  private static Optional<String> doubtOfEnd(Optional<RunEnd> end) {
    if (end.isEmpty()) {
      return Optional.of("The run has no end: the lab was stopped before it could say how it went");
    }
    return end.filter(e -> e.end() == Event.End.INTERRUPTED)
        .map(e -> "The run was interrupted: " + e.cause());
  }

  private static Judgement decide(
      boolean runFailed,
      boolean trusted,
      List<String> failures,
      List<String> doubts,
      Verdict fine) {
    List<String> reasons = new ArrayList<>(failures);
    reasons.addAll(doubts);
    if (runFailed || trusted && !failures.isEmpty()) {
      return new Judgement(Verdict.FAIL, reasons);
    }
    return new Judgement(reasons.isEmpty() ? fine : Verdict.UNKNOWN, reasons);
  }
}
