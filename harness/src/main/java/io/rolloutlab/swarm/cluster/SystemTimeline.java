package io.rolloutlab.swarm.cluster;

import io.rolloutlab.history.Event;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.testbed.InterruptedRunException;
import io.rolloutlab.testbed.NotInTimeException;
import io.rolloutlab.testbed.Timeline;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Real time. Looks at conditions every 50 ms; what is to be done later is done by its threads. */
public final class SystemTimeline implements Timeline, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SystemTimeline.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** More that are due at one time follow each other. */
  private static final int SIDE_BY_SIDE = 8;

  /** What has begun acts on the cluster, which is not taken from under it. */
  private static final Duration OF_WHAT_HAS_BEGUN = Duration.ofSeconds(30);

  private final ScheduledThreadPoolExecutor later =
      new ScheduledThreadPoolExecutor(
          SIDE_BY_SIDE,
          task -> {
            Thread thread = new Thread(task, "later");
            thread.setDaemon(true);
            return thread;
          });
  private final Queue<RuntimeException> thrown = new ConcurrentLinkedQueue<>();
  private final BooleanSupplier stopped;
  private final Runnable guard;
  private final Consumer<Event> faults;
  private final Duration limit;

  /** With the usual patience. */
  public SystemTimeline(BooleanSupplier stopped, Runnable guard, Consumer<Event> faults) {
    this(stopped, guard, faults, Patience.USUAL);
  }

  /**
   * @param stopped whether somebody asked the run to stop
   * @param guard throws when something the run stands on has failed meanwhile (the recorder, the
   *     load), so that no wait goes on in vain
   * @param faults is told what of the things to be done later went wrong when nobody waited any
   *     more
   * @param patience with which what has begun is waited for at the end
   */
  public SystemTimeline(
      BooleanSupplier stopped, Runnable guard, Consumer<Event> faults, Patience patience) {
    limit = patience.stretched(OF_WHAT_HAS_BEGUN);
    this.stopped = stopped;
    this.guard = guard;
    this.faults = faults;
    later.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    later.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  /** The time of this machine, milliseconds since 1970. */
  public static long now() {
    return System.currentTimeMillis();
  }

  @Override
  public long nowMillis() {
    return now();
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

  @Override
  public void later(Duration after, Runnable action) {
    later.schedule(() -> act(action), after.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** What a scheduled task throws would end it in silence. */
  private void act(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failed) {
      thrown.add(failed);
    } catch (Error broken) {
      thrown.add(new IllegalStateException("the lab itself broke: " + broken, broken));
      throw broken;
    }
  }

  /**
   * What is to be done later is not done any more; what has begun is waited for. It is a fault that
   * spoils the run when it fails, or is not over in time: it was not the run that was asked for.
   */
  @Override
  public void close() {
    later.shutdown();
    try {
      if (!later.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        fault(
            "what was to happen has begun and is not over",
            "%s after the run was; choose an earlier time".formatted(Durations.print(limit)));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      fault("what was to happen has begun", "how it ended is not known: the wait was interrupted");
    }
    for (RuntimeException failed = thrown.poll(); failed != null; failed = thrown.poll()) {
      LOG.warn("what was done later failed when nobody waited any more", failed);
      fault(
          "what was to happen has failed",
          failed.getMessage() == null ? failed.toString() : failed.getMessage());
    }
  }

  private void fault(String what, String detail) {
    faults.accept(new Event.Fault(nowMillis(), what, detail, true));
  }

  /** Waits for a condition outside a run, where nothing can be stopped or guarded. */
  public static void poll(String what, Condition condition, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    Optional<String> missing = condition.missing();
    while (missing.isPresent()) {
      if (System.nanoTime() > end) {
        throw new NotInTimeException(what, missing.get(), limit);
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
      missing = condition.missing();
    }
  }

  private void check() {
    if (stopped.getAsBoolean()) {
      throw new InterruptedRunException();
    }
    RuntimeException failed = thrown.poll();
    if (failed != null) {
      throw failed;
    }
    guard.run();
  }
}
