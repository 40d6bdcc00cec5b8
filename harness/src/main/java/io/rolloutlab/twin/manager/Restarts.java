package io.rolloutlab.twin.manager;

import io.rolloutlab.history.TaskState;
import io.rolloutlab.testbed.Availability;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.model.Service;
import io.rolloutlab.twin.model.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Replaces tasks that have ended by themselves, where the service's restart settings say so, and
 * holds replacements back until they may start (swarmkit {@code orchestrator/restart/restart.go}).
 */
public final class Restarts {
  /** How long a replacement waits for the end of the old task (defaultOldTaskTimeout). */
  static final long OLD_TASK_MICROS = 60_000_000;

  private final EventQueue queue;
  private final Books books;
  private final Chance chance;
  private final RestartHistory history = new RestartHistory();
  private final Map<Task, List<Runnable>> atEndOf = new HashMap<>();

  /** Tasks that may not start yet. */
  private final Map<Task, HeldBack> heldBack = new HashMap<>();

  /** A reason why a task may not start yet; another one may take its place. */
  private static final class HeldBack {
    /** What is to be done once it may, beside starting it. */
    private final List<Runnable> next = new ArrayList<>();
  }

  public Restarts(EventQueue queue, Books books, Chance chance) {
    this.queue = queue;
    this.books = books;
    this.chance = chance;
    books.watch(this::changed);
  }

  private void changed(Task task) {
    if (task.state().ended()) {
      endOf(task);
    }
    if (task.state().ended() || task.node() != null && task.node().keepsNone()) {
      restart(task);
    }
  }

  /**
   * The manager has missed a node's heartbeats. Who waits for the end of a task there waits no
   * longer, and what is wanted there is wanted elsewhere, after the restart delay as ever (swarmkit
   * {@code replicated/tasks.go}: handleNodeChange, {@code restart.go}: DelayStart, Restart;
   * 26.1.5). The old tasks stay in the books in the state they were last heard of, for a day
   * ({@code dispatcher.go}: defaultNodeDownPeriod).
   */
  public void nodeDown(Node node) {
    List<Task> there = at(node);
    there.forEach(this::endOf);
    there.forEach(this::restart);
  }

  /**
   * What is wanted on a node that is drained is wanted elsewhere: at once, without the restart
   * delay, but not before the old task has ended, or a minute has passed ({@code
   * replicated/tasks.go}: handleNodeChange; {@code restart.go}: Restart).
   */
  public void nodeDrained(Node node) {
    at(node).forEach(this::restart);
  }

  /** What is on a node, and what was made for it. */
  private List<Task> at(Node node) {
    List<Task> there = new ArrayList<>(node.tasks());
    there.addAll(books.waitingFor(node));
    return there;
  }

  private void endOf(Task task) {
    List<Runnable> waiting = atEndOf.remove(task);
    if (waiting != null) {
      waiting.forEach(Runnable::run);
    }
  }

  /** Whether another task comes in the place of one, by its own spec (shouldRestart). */
  private boolean isFollowed(Task task) {
    boolean follows =
        switch (task.spec().restart().condition()) {
          case ANY -> true;
          case ON_FAILURE -> task.state() != TaskState.COMPLETE;
          case NONE -> false;
        };
    return follows && history.allowsAnother(task);
  }

  /**
   * The slots that an update deals with: those with wanted tasks, and those whose last task has
   * none after it, so that it is at least taken to the new version. A rollback does not count the
   * latter: they get a new task at once, and so it always ends with all slots filled
   * (UpdatableTasksInSlot).
   */
  SortedMap<Integer, List<Task>> updatable(Service service) {
    SortedMap<Integer, List<Task>> slots = service.slots();
    if (!service.rollingBack()) {
      service
          .unwanted()
          .forEach(
              (slot, tasks) -> {
                Task last = Collections.max(tasks, Comparator.comparing(Task::heardOfMicros));
                if (!isFollowed(last)) {
                  slots.put(slot, List.of(last));
                }
              });
    }
    return slots;
  }

  /** A service is removed. */
  void forget(Service service) {
    history.forget(service);
  }

  /** The replacement is made from the current spec: a v1 task that crashes comes back as v2. */
  private void restart(Task task) {
    if (!task.wanted() || task.service().removed()) {
      return;
    }
    if (task.madeFor() != null && !task.madeFor().isOpen()) {
      // Of a global service nothing is wanted on a node that is down or drained, nothing comes back
      // on one that is paused, and nothing comes elsewhere (global.go: reconcileOneNode,
      // tickTasks).
      books.desire(task, TaskState.SHUTDOWN);
      return;
    }
    HeldBack untilItMayStart = heldBack.get(task);
    if (untilItMayStart != null) {
      // Not before its own delay is over, so that no loop gets tight (restart.go: waitRestart).
      untilItMayStart.next.add(() -> restart(task));
      return;
    }
    books.desire(task, TaskState.SHUTDOWN);
    if (!isFollowed(task)) {
      return;
    }
    Task fresh = task.successor(chance.id(), TaskState.READY);
    books.add(fresh);
    history.record(fresh, queue.nowMicros());
    Node node = task.node();
    boolean drained = node != null && node.availability() == Availability.DRAIN;
    long delay = drained ? 0 : EventQueue.micros(task.spec().restart().delay());
    delayStart(task, fresh, delay, node != null && !node.down(), () -> {});
  }

  /**
   * Lets a task run once a delay has passed and, where asked for, the old task has ended; for the
   * old task no longer than 60 s from now. Nothing limits how long a task may take to start. Who
   * was held back before for another reason is held back for this one alone.
   *
   * @param old null for none
   * @param then what follows once it may run
   */
  void delayStart(Task old, Task fresh, long delayMicros, boolean waitForOld, Runnable then) {
    HeldBack held = new HeldBack();
    HeldBack before = heldBack.put(fresh, held);
    if (before != null) {
      held.next.addAll(before.next);
    }
    Runnable start = () -> start(fresh, held, then);
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

  private void start(Task fresh, HeldBack held, Runnable then) {
    if (heldBack.remove(fresh, held)) {
      books.desire(fresh, TaskState.RUNNING);
      then.run();
      held.next.forEach(Runnable::run);
    }
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
