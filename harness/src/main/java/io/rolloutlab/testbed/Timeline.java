package io.rolloutlab.testbed;

import java.time.Duration;
import java.util.Optional;

/** The one owner of time. */
public interface Timeline {
  /** Now, in milliseconds since 1970. */
  long nowMillis();

  /**
   * Waits until a condition holds.
   *
   * @param what is waited for, for people: {@code 4 tasks of pyapp run v2}
   * @param condition looked at again and again; may throw {@link StepFailedException} when it can
   *     never hold
   * @param limit the longest to wait
   * @throws NotInTimeException when it does not hold in time, saying what was missing last
   * @throws InterruptedRunException when somebody stopped the run
   */
  void await(String what, Condition condition, Duration limit);

  /**
   * Lets time pass.
   *
   * @throws InterruptedRunException when somebody stopped the run
   */
  void pause(Duration length);

  /**
   * Has something done so much later, beside whatever is waited for then; does not wait for it. Of
   * two that are due at one time none waits for the other to be over where they take time. What it
   * throws ends the wait that goes on then, or else the next one; where none comes any more it is
   * recorded as a fault that spoils the run.
   *
   * @param after from now; 0 is at once, though not before this returns to who waits
   * @param action acts on the ports, but waits for nothing itself
   */
  void later(Duration after, Runnable action);

  /** Something that can be waited for. */
  @FunctionalInterface
  interface Condition {
    /** What is missing, for people; empty when the condition holds. */
    Optional<String> missing();
  }
}
