package io.rolloutlab.swarm.cluster;

import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.testbed.InterruptedRunException;
import io.rolloutlab.testbed.NotInTimeException;
import io.rolloutlab.testbed.Timeline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Real time. Looks at conditions every 50 ms. */
public final class SystemTimeline implements Timeline {
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final BooleanSupplier stopped;
  private final Runnable guard;

  /**
   * @param stopped whether somebody asked the run to stop
   * @param guard throws when something the run stands on has failed meanwhile (the recorder, the
   *     load), so that no wait goes on in vain
   */
  public SystemTimeline(BooleanSupplier stopped, Runnable guard) {
    this.stopped = stopped;
    this.guard = guard;
  }

  @Override
  public long nowMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public void await(String what, Condition condition, Duration limit) {
    poll(
        what,
        () -> {
          check();
          return condition.missing();
        },
        limit);
  }

  @Override
  public void pause(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
      check();
      LockSupport.parkNanos(Math.min(left, LOOK_EVERY.toNanos()));
    }
  }

  /** Waits for a condition outside a run, where nothing can be stopped or guarded. */
  public static void poll(String what, Condition condition, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    Optional<String> missing = condition.missing();
    while (missing.isPresent()) {
      if (System.nanoTime() > end) {
        throw new NotInTimeException(
            "not within %s: %s (%s)".formatted(Durations.print(limit), what, missing.get()));
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
      missing = condition.missing();
    }
  }

  private void check() {
    if (stopped.getAsBoolean()) {
      throw new InterruptedRunException();
    }
    guard.run();
  }
}
