package io.rolloutlab.analysis.versions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.scenario.users.SplitBy;

/**
 * A canary's weight against the share it really got.
 *
 * @param label for example {@code pass 1, step 2: 30 %}; not escaped
 * @param held when it was held
 * @param weight the share v2 should get, 0 to 1
 * @param margin how far from the weight a share may be and still count as right, as a share
 * @param v2 answers by v2 over all answers, of requests sent and answered while it was held, with
 *     an interval of the scenario's confidence
 * @param splitBy by what the edge decided who gets v2
 * @param draws of the users (addresses, cookies, seconds) with an answer in that time, those whose
 *     first one was v2's, with such an interval; null where every request is a draw of its own, and
 *     where the weight is 0 or 1, so that nothing is drawn. An interval is made of draws that know
 *     nothing of each other: a user's answers, who always goes the same way, are one such (Kish,
 *     Survey Sampling, 1965, 5.4: of clusters that are alike in themselves, the sample is as large
 *     as there are clusters)
 * @param exposedUsers users that got a v2 answer from the start of the pass to the end of this
 *     step, over all users with a request in the run
 * @param verdict PASS when the whole interval (of the draws, where there are some) lies within the
 *     margin around the weight, FAIL when all of it lies outside and chance makes so large a
 *     difference less than once in a thousand steps, UNKNOWN otherwise: the answers were too few to
 *     say. A weight of 0 or 1 must be met exactly: FAIL with one answer that should not be
 */
public record CanaryStep(
    String label,
    Span held,
    double weight,
    double margin,
    Share v2,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = SplitBy.Unsaid.class)
        SplitBy splitBy,
    @JsonInclude(JsonInclude.Include.NON_NULL) Share draws,
    Share exposedUsers,
    Verdict verdict) {
  /** The share whose interval is judged. */
  public Share judged() {
    return draws == null ? v2 : draws;
  }
}
