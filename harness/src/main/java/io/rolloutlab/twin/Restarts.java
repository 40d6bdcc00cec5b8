package io.rolloutlab.twin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Replaces tasks that have ended by themselves, and holds replacements back until they may start
 * (swarmkit {@code orchestrator/restart/restart.go}).
 */
final class Restarts {
  /** How long a replacement waits for the end of the old task (defaultOldTaskTimeout). */
  static final long OLD_TASK_MICROS = 60_000_000;

  private final EventQueue queue;
  private final Books books;
  private final Chance chance;
  private final Map<Task, List<Runnable>> atEndOf = new HashMap<>();

  Restarts(EventQueue queue, Books books, Chance chance) {
    this.queue = queue;
    this.books = books;
    this.chance = chance;
    books.watch(this::changed);
  }

  private void changed(Task task) {
    if (!task.state().ended()) {
      return;
    }
    List<Runnable> waiting = atEndOf.remove(task);
    if (waiting != null) {
      waiting.forEach(Runnable::run);
    }
    if (task.wanted() && !task.service().removed()) {
      restart(task);
    }
  }

  /** The replacement is made from the current spec: a v1 task that crashes comes back as v2. */
  private void restart(Task task) {
    books.desire(task, TaskState.SHUTDOWN);
    Service service = task.service();
    if (task.slot() > service.spec().replicas()) {
      return;
    }
    Task fresh = new Task(chance.id(), service, task.slot(), service.spec(), TaskState.READY);
    books.add(fresh);
    long delay = EventQueue.micros(task.spec().restartDelay());
    delayStart(task, fresh, delay, false, () -> {});
  }

  /**
   * Lets a task run once a delay has passed and, where asked for, the old task has ended; for the
   * old task no longer than 60 s from now. Nothing limits how long a task may take to start.
   *
   * @param old null for none
   * @param then what follows once it may run
   */
  void delayStart(Task old, Task fresh, long delayMicros, boolean waitForOld, Runnable then) {
    Runnable start =
        () -> {
          books.desire(fresh, TaskState.RUNNING);
          then.run();
        };
    boolean wait = waitForOld && old != null && !old.state().ended();
    long deadline = queue.nowMicros() + OLD_TASK_MICROS;
    queue.after(
        delayMicros,
        () -> {
          if (!wait || old.state().ended()) {
            start.run();
          } else {
            once(old, Math.max(0, deadline - queue.nowMicros()), start);
          }
        });
  }

  private void once(Task old, long limitMicros, Runnable start) {
    Once once = new Once(start);
    atEndOf.computeIfAbsent(old, task -> new ArrayList<>()).add(once);
    once.limit = queue.after(limitMicros, once);
  }

  /** Runs at the first of two occasions. */
  private static final class Once implements Runnable {
    private Runnable action;
    private EventQueue.Entry limit;

    Once(Runnable action) {
      this.action = action;
    }

    @Override
    public void run() {
      limit.cancel();
      Runnable first = action;
      action = () -> {};
      first.run();
    }
  }
}
