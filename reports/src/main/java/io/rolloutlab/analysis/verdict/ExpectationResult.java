package io.rolloutlab.analysis.verdict;

import io.rolloutlab.analysis.run.Verdict;

/**
 * One expectation of the scenario, judged.
 *
 * @param key in the scenario file, for example {@code errorShareAtMost}; {@code rollout} of what
 *     goes without saying, that it was brought to its end
 * @param wanted value with its unit, for people
 * @param measured value with its unit, for people; {@code unknown} when it could not be measured
 * @param sentence says it all, for people
 */
public record ExpectationResult(
    String key, Verdict verdict, String wanted, String measured, String sentence) {}
