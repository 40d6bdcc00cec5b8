package io.rolloutlab.scenario.update;

import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.cluster.Pace;
import java.time.Duration;

/**
 * Swarm's settings for an update, or for a rollback.
 *
 * @param parallelism slots at a time, up to 10,000; 0 = all; default 1
 * @param delay time after each slot; default 10 s (the exercise's) for an update, 0 for a rollback
 *     and for the edge
 * @param order which of the two tasks of a slot goes first; default stop-first
 * @param monitor how long after its start a new task's failure counts; default 5 s
 * @param maxFailureRatio share of slots that may fail before the failure action is taken; 0 to 1,
 *     default 0
 * @param failureAction what Swarm does then; default pause
 */
public record UpdatePlan(
    Integer parallelism,
    // Null until the plan that it is a part of knows which of them it is.
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
  public UpdatePlan withDelayOf(UpdatePlan other) {
    return delay != null
        ? this
        : new UpdatePlan(parallelism, other.delay, order, monitor, maxFailureRatio, failureAction);
  }

  /**
   * How many delays lie between its first and its last slot.
   *
   * @param tasks of the service, at least 1
   */
  public int waits(int tasks) {
    int atOnce = parallelism == 0 ? tasks : parallelism;
    return (tasks + atOnce - 1) / atOnce - 1;
  }

  /**
   * How long the delays between its first and its last slot take all together.
   *
   * @param tasks of the service, at least 1
   */
  public Duration delays(int tasks) {
    return delay.multipliedBy(waits(tasks));
  }

  /** For example {@code 10s, 3 times}. */
  public String delaysInWords(int tasks) {
    return "%s, %s times".formatted(Durations.print(delay), waits(tasks));
  }

  /**
   * How long it will take, roughly.
   *
   * @param startUp how long Swarm waits for one that has started, 0 or more
   * @param tasks of the service, at least 1
   * @param pace how long the change of a slot takes beside that
   */
  public Duration expected(Duration startUp, int tasks, Pace pace) {
    return lasting(pace.slot().plus(startUp), tasks).plus(delay);
  }

  /**
   * How long it takes where each slot takes so long: Swarm waits its delay after the last slot, too
   * (swarmkit, updater.go: worker).
   *
   * @param slot how long the change of one takes
   * @param tasks of the service, at least 1
   */
  public Duration lasting(Duration slot, int tasks) {
    return slot.plus(delay).multipliedBy(waits(tasks) + 1L).plus(monitor);
  }
}
