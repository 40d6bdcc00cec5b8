package io.rolloutlab.analysis.requests;

import java.util.OptionalInt;

/**
 * What became of one of the requests that a scenario lists, of all that were sent since x = 0. The
 * assets that a page names are not counted here.
 *
 * @param name its name in the scenario
 * @param sent how many there were
 * @param failed of them, answers that are not good among them
 * @param p50Millis 50 % of those that were answered well took at most so many milliseconds; empty
 *     without any
 * @param p95Millis the same of 95 %
 * @param wrongMostOften what was wrong with the most of its answers below 500; empty where all were
 *     good
 */
public record RequestKind(
    String name,
    int sent,
    int failed,
    OptionalInt p50Millis,
    OptionalInt p95Millis,
    String wrongMostOften) {}
