package io.rolloutlab.analysis.verdict;

/**
 * Something in the history that should not be possible.
 *
 * @param rule that is broken, a sentence for people
 * @param atMillis after x = 0
 * @param detail what was seen, for people; not escaped
 * @param spoilsRun whether the record itself cannot be trusted, so that the run is UNKNOWN; else it
 *     is an observation about Swarm
 */
public record Violation(String rule, long atMillis, String detail, boolean spoilsRun) {}
