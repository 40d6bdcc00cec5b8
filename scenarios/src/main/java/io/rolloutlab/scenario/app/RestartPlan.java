package io.rolloutlab.scenario.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.FileWord;
import java.time.Duration;

/**
 * When Swarm puts another task in the place of one that has ended by itself, or whose node is down
 * (swarmkit {@code manager/orchestrator/restart/restart.go}). Where it puts none, the slot stays
 * empty until the next update or rollback.
 *
 * @param condition any; on-failure: unless the task has ended with exit code 0, as one does that
 *     its health check gives up and that stops in order; none: never; default any
 * @param delay time before the other task may start; 0 to 10 min, default 5 s
 * @param maxAttempts how many tasks each slot gets in place of ended ones, counted afresh with each
 *     change of the service; 1 to 10,000, default no limit (null)
 * @param window how long back they are counted; 1 ms to 24 h, default since ever (null)
 */
public record RestartPlan(
    Condition condition,
    Duration delay,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer maxAttempts,
    @JsonInclude(JsonInclude.Include.NON_NULL) Duration window) {
  /** As Docker does unless told otherwise. */
  public static final RestartPlan DEFAULT = new RestartPlan(null, null, null, null);

  /** After which ends another task follows. */
  public enum Condition {
    ANY,
    ON_FAILURE,
    NONE;

    /** The word Swarm's API and command line use, for example {@code on-failure}. */
    public String swarmName() {
      return FileWord.of(this);
    }
  }

  public RestartPlan {
    condition = Check.orElse(condition, Condition.ANY);
    delay = Check.orElse(delay, Duration.ofSeconds(5));
    Check.between("delay", delay, Duration.ZERO, Duration.ofMinutes(10));
    if (maxAttempts != null) {
      Check.that(
          maxAttempts != 0,
          "maxAttempts",
          "must be from 1 to 10000, but is 0, which Swarm takes for no limit: leave the key out for"
              + " that, or write condition: none for no other task");
      Check.between("maxAttempts", maxAttempts, 1, 10_000);
    }
    if (window != null) {
      Check.between("window", window, Duration.ofMillis(1), Duration.ofHours(24));
    }
  }

  /**
   * Whether so many attempts can never fall into the window: each begins with the end of the task
   * before it, which has started no sooner than a delay after its own attempt began. So Swarm never
   * gives up. (A task that a node rejects ends sooner; the lab's nodes have every image.)
   */
  public boolean neverGivesUp() {
    return maxAttempts != null
        && window != null
        && window.compareTo(delay.multipliedBy(maxAttempts)) <= 0;
  }
}
