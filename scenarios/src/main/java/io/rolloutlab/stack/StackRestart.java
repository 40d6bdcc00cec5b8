package io.rolloutlab.stack;

import java.time.Duration;

/**
 * Whether a task that has ended is replaced.
 *
 * @param condition default ANY
 * @param delay before the next one, default 5 s
 * @param maxAttempts how often a slot's tasks are replaced; 0, the default: always
 * @param window in which attempts are counted; 0, the default: ever
 */
public record StackRestart(
    FileValue<Condition> condition,
    FileValue<Duration> delay,
    FileValue<Integer> maxAttempts,
    FileValue<Duration> window) {
  /** After which end. */
  public enum Condition {
    /** After none. */
    NONE,
    /** After a failure. */
    ON_FAILURE,
    /** After each. */
    ANY
  }
}
