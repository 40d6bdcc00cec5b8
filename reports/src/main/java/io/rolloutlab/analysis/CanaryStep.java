package io.rolloutlab.analysis;

/**
 * A canary's weight against the share it really got.
 *
 * @param label for example {@code pass 1, step 2: 30 %}; not escaped
 * @param held when it was held
 * @param weight the share v2 should get, 0 to 1
 * @param v2 answers by v2 over all answers, of requests sent and answered while it was held, with
 *     an interval of the scenario's confidence
 * @param exposedUsers users that got a v2 answer from the start of the pass to the end of this
 *     step, over all users with a request in the run
 * @param verdict PASS when the interval contains the weight (a weight of 0 or 1 must be met
 *     exactly), UNKNOWN without answers
 */
public record CanaryStep(
    String label, Span held, double weight, Share v2, Share exposedUsers, Verdict verdict) {}
