package io.rolloutlab.analysis.run;

import io.rolloutlab.history.Event;

/**
 * How a run ended.
 *
 * @param atMillis after x = 0
 * @param end completed, failed or interrupted
 * @param cause for people; empty when completed
 */
public record RunEnd(long atMillis, Event.End end, String cause) {}
