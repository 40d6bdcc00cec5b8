package io.rolloutlab.analysis.requests;

import io.rolloutlab.analysis.run.Verdict;
import java.util.List;

/**
 * What the witnesses say of the same requests: the load process, the edge's log, and the tasks
 * whose addresses stand in it. Hits with id 0 (the lab's own probes) are ignored.
 *
 * @param sent requests the load process recorded, each id once
 * @param answered of them OK, as the load process saw it; silent resends are among them
 * @param failed of them, as the load process saw it
 * @param unknown of them: the load was ended before they were
 * @param hits lines of the edge's log with an id
 * @param matched requests with at least one hit
 * @param answeredWithoutHit answered (with whatever status), but the edge knows nothing of it; must
 *     be 0
 * @param hitsNeverSent hits with an id that was never sent; must be 0
 * @param recordedTwice ids that the load process recorded more than once; must be 0
 * @param resent ids with more hits than one: the load tool sent them again without telling. Each
 *     counts as a failed request of class {@link Errors#DROPPED_RESENT} in all error numbers unless
 *     it failed anyway
 * @param resentButAnswered those of {@code resent} that the load process took for answered
 * @param failedWithHit failures that the edge logged, with a 5xx or 499 or a whole answer
 * @param failedWithoutHit failures that never reached the edge, or that it did not log
 * @param statusDisagreements answered with one hit, but the witnesses name different statuses; must
 *     be 0
 * @param versionDisagreements answered with one hit, but the witnesses name different versions;
 *     must be 0
 * @param tasks what the third witness says
 * @param verdict PASS when reconciled, else UNKNOWN; never FAIL
 * @param reasons why it is UNKNOWN, a sentence each that quotes the first few ids; empty when PASS
 */
public record Reconciliation(
    int sent,
    int answered,
    int failed,
    int unknown,
    int hits,
    int matched,
    int answeredWithoutHit,
    int hitsNeverSent,
    int recordedTwice,
    int resent,
    int resentButAnswered,
    int failedWithHit,
    int failedWithoutHit,
    int statusDisagreements,
    int versionDisagreements,
    TaskWitness tasks,
    Verdict verdict,
    List<String> reasons) {
  public Reconciliation {
    reasons = List.copyOf(reasons);
  }
}
