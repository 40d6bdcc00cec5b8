package io.rolloutlab.twin.clock;

import io.rolloutlab.testbed.InterruptedRunException;
import io.rolloutlab.testbed.NotInTimeException;
import io.rolloutlab.testbed.Timeline;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Virtual time: to wait is to let events happen. Looks at conditions as often as the real timeline
 * does, since a look can itself act (a smoke test probes).
 */
public final class TwinTimeline implements Timeline {
  /** Every twin starts at the same moment, so that the same run gives the same files. */
  public static final long EPOCH_MILLIS = 1_767_225_600_000L;

  private static final long LOOK_EVERY_MICROS = 50_000;

  private final EventQueue queue;
  private final BooleanSupplier stopped;
  private Runnable guard = () -> {};

  public TwinTimeline(EventQueue queue, BooleanSupplier stopped) {
    this.queue = queue;
    this.stopped = stopped;
  }

  /**
   * @param check throws when what the run stands on has failed, so that no wait goes on in vain
   */
  public void guard(Runnable check) {
    guard = check;
  }

  @Override
  public long nowMillis() {
    return EPOCH_MILLIS + queue.nowMicros() / 1000;
  }

  @Override
  public void await(String what, Condition condition, Duration limit) {
    long end = queue.nowMicros() + EventQueue.micros(limit);
    Optional<String> missing = look(condition);
    while (missing.isPresent()) {
      if (queue.nowMicros() > end) {
        throw new NotInTimeException(what, missing.get(), limit);
      }
      queue.run(LOOK_EVERY_MICROS);
      missing = look(condition);
    }
  }

  @Override
  public void pause(Duration length) {
    long end = queue.nowMicros() + EventQueue.micros(length);
    while (queue.nowMicros() < end) {
      check();
      queue.runUntil(Math.min(end, queue.nowMicros() + LOOK_EVERY_MICROS));
    }
  }

  /** It takes no time here, and those of one moment come in the order in which they were asked. */
  @Override
  public void later(Duration after, Runnable action) {
    queue.after(EventQueue.micros(after), action);
  }

  private Optional<String> look(Condition condition) {
    check();
    return condition.missing();
  }

  private void check() {
    if (stopped.getAsBoolean()) {
      throw new InterruptedRunException();
    }
    guard.run();
  }
}
