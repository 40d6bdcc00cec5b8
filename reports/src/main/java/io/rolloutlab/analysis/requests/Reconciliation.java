package io.rolloutlab.analysis.requests;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.rolloutlab.analysis.run.Verdict;
import java.util.List;

/**
 * What the witnesses say of the same requests: the load process, the edge's log, and the tasks
 * whose addresses stand in it. Hits with id 0 (the lab's own probes) are ignored. In {@code
 * results.json} the numbers of its parts stand side by side.
 *
 * @param ends what the load process saw
 * @param logged what the edge's log says
 * @param recordedTwice ids that the load process recorded more than once; must be 0
 * @param resends requests that the load tool sent again without telling
 * @param failures which of them the edge knows
 * @param disagreements where both know a request, and say different things of it
 * @param tasks what the third witness says
 * @param verdict PASS when reconciled, else UNKNOWN; never FAIL
 * @param reasons why it is UNKNOWN, a sentence each that quotes the first few ids; empty when PASS
 */
public record Reconciliation(
    @JsonUnwrapped Ends ends,
    @JsonUnwrapped Logged logged,
    int recordedTwice,
    @JsonUnwrapped Resends resends,
    @JsonUnwrapped Failures failures,
    @JsonUnwrapped Disagreements disagreements,
    TaskWitness tasks,
    Verdict verdict,
    List<String> reasons) {
  public Reconciliation {
    reasons = List.copyOf(reasons);
  }

  /**
   * How requests ended for the load process.
   *
   * @param sent requests that it recorded, each id once
   * @param answered of them OK; silent resends are among them
   * @param failed of them
   * @param unknown of them: the load was ended before they were
   */
  public record Ends(int sent, int answered, int failed, int unknown) {}

  /**
   * How the edge's log and the recorded requests match.
   *
   * @param hits lines of the log with an id
   * @param matched requests with at least one hit
   * @param answeredWithoutHit answered (with whatever status), but the edge knows nothing of it;
   *     must be 0
   * @param hitsNeverSent hits with an id that was never sent; must be 0
   */
  public record Logged(int hits, int matched, int answeredWithoutHit, int hitsNeverSent) {}

  /**
   * Requests with more hits than one.
   *
   * @param resent how many; each counts as a failed request of class {@link Errors#DROPPED_RESENT}
   *     in all error numbers unless it failed anyway
   * @param butAnswered those that the load process took for answered
   */
  public record Resends(int resent, @JsonProperty("resentButAnswered") int butAnswered) {}

  /**
   * Failed requests.
   *
   * @param withHit those that the edge logged, with a 5xx or 499 or a whole answer
   * @param withoutHit those that never reached the edge, or that it did not log
   */
  public record Failures(
      @JsonProperty("failedWithHit") int withHit,
      @JsonProperty("failedWithoutHit") int withoutHit) {}

  /**
   * Answered requests with one hit, of which the two witnesses name different things.
   *
   * @param status different statuses; must be 0
   * @param version different versions; must be 0
   */
  public record Disagreements(
      @JsonProperty("statusDisagreements") int status,
      @JsonProperty("versionDisagreements") int version) {}
}
