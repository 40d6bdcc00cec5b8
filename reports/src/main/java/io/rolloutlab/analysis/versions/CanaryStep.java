package io.rolloutlab.analysis.versions;

import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.analysis.run.Verdict;

/**
 * A canary's weight against the share it really got.
 *
 * @param label for example {@code pass 1, step 2: 30 %}; not escaped
 * @param held when it was held
 * @param weight the share v2 should get, 0 to 1
 * @param margin how far from the weight a share may be and still count as right, as a share
 * @param v2 answers by v2 over all answers, of requests sent and answered while it was held, with
 *     an interval of the scenario's confidence
 * @param exposedUsers users that got a v2 answer from the start of the pass to the end of this
 *     step, over all users with a request in the run
 * @param verdict PASS when the whole interval lies within the margin around the weight, FAIL when
 *     all of it lies outside and chance makes so large a difference less than once in a thousand
 *     steps, UNKNOWN otherwise: the answers were too few to say. A weight of 0 or 1 must be met
 *     exactly: FAIL with one answer that should not be
 */
public record CanaryStep(
    String label,
    Span held,
    double weight,
    double margin,
    Share v2,
    Share exposedUsers,
    Verdict verdict) {}
