package io.rolloutlab.stack;

import java.time.Duration;

/**
 * How Swarm replaces tasks: an {@code update_config} or a {@code rollback_config}, which have the
 * same keys and the same defaults (swarmkit {@code api/defaults/service.go}).
 *
 * @param place of its key; of the service where the file has none
 * @param given whether the file has one
 * @param parallelism slots at once, 0: all; default 1
 * @param delay after each slot, the last one too; default 0
 * @param monitor how long after it runs a task that fails counts; default 5 s
 * @param failureAction default PAUSE
 * @param maxFailureRatio share of the slots that may fail, 0 to 1; default 0
 * @param order default STOP_FIRST
 */
public record StackUpdate(
    Place place,
    boolean given,
    FileValue<Integer> parallelism,
    FileValue<Duration> delay,
    FileValue<Duration> monitor,
    FileValue<StackFailureAction> failureAction,
    FileValue<Double> maxFailureRatio,
    FileValue<StackOrder> order) {
  public boolean isStartFirst() {
    return order.is(StackOrder.START_FIRST);
  }

  /** Whether the file asks that failures end it. */
  public boolean isToEndOnFailures() {
    return failureAction.given() && !failureAction.is(StackFailureAction.CONTINUE);
  }

  /**
   * How many slots are replaced at the same time.
   *
   * @param slots that there are, at least 1
   * @return 1 to {@code slots}
   */
  public int atOnce(int slots) {
    return parallelism.value() == 0 ? slots : Math.min(parallelism.value(), slots);
  }

  /** How often a worker takes a slot, one after the other. */
  public int rounds(int slots) {
    int atOnce = atOnce(slots);
    return (slots + atOnce - 1) / atOnce;
  }
}
