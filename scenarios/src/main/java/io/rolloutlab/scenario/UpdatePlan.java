package io.rolloutlab.scenario;

import io.rolloutlab.scenario.check.Check;
import java.time.Duration;

/**
 * Swarm's settings for an update, or for a rollback.
 *
 * @param parallelism slots at a time, up to 10,000; 0 = all; default 1
 * @param delay time after each slot; default 10 s (the exercise's) for an update, 0 for a rollback
 * @param order which of the two tasks of a slot goes first; default stop-first
 * @param monitor how long after its start a new task's failure counts; default 5 s
 * @param maxFailureRatio share of slots that may fail before the failure action is taken; 0 to 1,
 *     default 0
 * @param failureAction what Swarm does then; default pause
 */
public record UpdatePlan(
    Integer parallelism,
    // Null until RollingPlan knows which of the two it is.
    Duration delay,
    Order order,
    Duration monitor,
    Double maxFailureRatio,
    FailureAction failureAction) {
  public static final UpdatePlan UPDATE =
      new UpdatePlan(null, Duration.ofSeconds(10), null, null, null, null);
  public static final UpdatePlan ROLLBACK =
      new UpdatePlan(null, Duration.ZERO, null, null, null, null);

  /** What Swarm does when more than the tolerated share of slots failed. */
  public enum FailureAction {
    PAUSE,
    CONTINUE,
    /** Back to the previous spec; not allowed as the failure action of a rollback. */
    ROLLBACK
  }

  public UpdatePlan {
    parallelism = Check.orElse(parallelism, 1);
    order = Check.orElse(order, Order.STOP_FIRST);
    monitor = Check.orElse(monitor, Duration.ofSeconds(5));
    maxFailureRatio = Check.orElse(maxFailureRatio, 0.0);
    failureAction = Check.orElse(failureAction, FailureAction.PAUSE);
    Check.between("parallelism", parallelism, 0, 10_000);
    if (delay != null) {
      Check.between("delay", delay, Duration.ZERO, Duration.ofHours(1));
    }
    Check.between("monitor", monitor, Duration.ofMillis(1), Duration.ofHours(1));
    Check.between("maxFailureRatio", maxFailureRatio, 0, 1);
  }

  /** The same, with the delay of another plan where it has none. */
  UpdatePlan withDelayOf(UpdatePlan other) {
    return delay != null
        ? this
        : new UpdatePlan(parallelism, other.delay, order, monitor, maxFailureRatio, failureAction);
  }
}
