package io.rolloutlab.analysis.verdict;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.requests.Reconciliation;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.RunEnd;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.history.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The verdict of a run: see {@link Findings#verdict}.
 *
 * @param reasons a sentence each; empty when PASS or NOTHING_EXPECTED
 * @param grounds what it rests on besides the expectations
 */
public record Judgement(Verdict verdict, List<String> reasons, Grounds grounds) {
  public Judgement {
    reasons = List.copyOf(reasons);
  }

  /**
   * What speaks for or against a run whatever was expected of it.
   *
   * @param trusted whether its numbers prove anything
   * @param failure how the run itself failed; empty when it did not
   * @param doubts why a part of it is not known, a sentence each
   */
  public record Grounds(boolean trusted, Optional<String> failure, List<String> doubts) {
    public Grounds {
      doubts = List.copyOf(doubts);
    }
  }

  public static Judgement of(
      Optional<RunEnd> end,
      Evidence evidence,
      List<Event.Fault> faults,
      List<ExpectationResult> expectations) {
    Part<Reconciliation> reconciliation = evidence.part(Reconciliation.class);
    List<String> ofRequests = doubtsOfRequests(reconciliation, evidence.part(VersionMix.class));
    List<String> doubts = new ArrayList<>();
    doubtOfEnd(end).ifPresent(doubts::add);
    evidence.damage().forEach(torn -> doubts.add("The history is damaged: " + torn));
    faults.stream()
        .filter(Event.Fault::spoils)
        .forEach(
            fault ->
                doubts.add(
                    "What was recorded is doubtful: %s: %s"
                        .formatted(fault.what(), fault.detail())));
    doubts.addAll(ofRequests);
    doubts.addAll(doubtsOfParts(evidence));
    boolean trusted = ofRequests.isEmpty() && reconciliation.known().isPresent();
    Optional<String> failure =
        end.filter(e -> e.end() == Event.End.FAILED).map(e -> "The run failed: " + e.cause());
    return of(new Grounds(trusted, failure, doubts), expectations);
  }

  /** The same run with its expectations judged otherwise, since other runs stand beside it. */
  public Judgement with(List<ExpectationResult> expectations) {
    return of(grounds, expectations);
  }

  private static Judgement of(Grounds grounds, List<ExpectationResult> expectations) {
    List<String> failures = new ArrayList<>(grounds.failure().stream().toList());
    List<String> doubts = new ArrayList<>(grounds.doubts());
    for (ExpectationResult expectation : expectations) {
      if (expectation.verdict() != Verdict.PASS) {
        boolean failed = expectation.verdict() == Verdict.FAIL;
        (failed ? failures : doubts).add(expectation.sentence());
      }
    }
    List<String> reasons = new ArrayList<>(failures);
    reasons.addAll(doubts);
    if (grounds.failure().isPresent() || grounds.trusted() && !failures.isEmpty()) {
      return new Judgement(Verdict.FAIL, reasons, grounds);
    }
    Verdict fine = expectations.isEmpty() ? Verdict.NOTHING_EXPECTED : Verdict.PASS;
    return new Judgement(reasons.isEmpty() ? fine : Verdict.UNKNOWN, reasons, grounds);
  }

  private static List<String> doubtsOfParts(Evidence evidence) {
    List<String> doubts = new ArrayList<>();
    for (Evidence.Found found : evidence.parts()) {
      if (found.part().known().isEmpty()) {
        doubts.add(
            "The %s could not be analysed: %s".formatted(found.words(), found.part().cause()));
      }
    }
    evidence.list(Violation.class).known().orElse(List.of()).stream()
        .filter(Violation::spoilsRun)
        .forEach(
            v ->
                doubts.add(
                    "The record breaks the rule \"%s\": %s".formatted(v.rule(), v.detail())));
    return doubts;
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
}
