package io.rolloutlab.twin;

import io.rolloutlab.scenario.Order;
import io.rolloutlab.scenario.UpdatePlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One update or rollback of a service (swarmkit {@code orchestrator/update/updater.go}): a pool of
 * workers, not batches. Each takes a slot, waits until the new task runs or has failed, sleeps the
 * delay (after its last slot too), and takes the next.
 */
final class Updater {
  private static final long UNSEEN = -1;
  private static final long SECOND_MICROS = 1_000_000;

  private final EventQueue queue;
  private final Books books;
  private final Restarts restarts;
  private final Chance chance;
  private final Service service;
  private final Runnable rollBack;
  private final UpdatePlan plan;
  private final Deque<List<Task>> slots;
  private final int dirty;
  private final long delayMicros;
  private final long monitorMicros;

  /** Tasks this updater made → when it first saw them run or past it. */
  private final Map<Task, Long> made = new HashMap<>();

  private final Map<Task, Runnable> awaited = new HashMap<>();
  private final Set<Task> failed = new HashSet<>();
  private final Deque<Task> unread = new ArrayDeque<>();
  private int busyWorkers;
  private boolean reading = true;
  private boolean stopped;

  /**
   * @param dirtySlots that are to be updated
   * @param rollBack takes the service back to its previous spec
   */
  Updater(
      EventQueue queue,
      Books books,
      Restarts restarts,
      Chance chance,
      Service service,
      List<List<Task>> dirtySlots,
      Runnable rollBack) {
    this.queue = queue;
    this.books = books;
    this.restarts = restarts;
    this.chance = chance;
    this.service = service;
    this.rollBack = rollBack;
    // An update follows the new spec's settings, a rollback those of the spec it restores.
    plan = service.rollingBack() ? service.spec().rollback() : service.spec().update();
    List<List<Task>> shuffled = new ArrayList<>(dirtySlots);
    // Slots come from a Go map, so their order is random.
    chance.shuffle(shuffled);
    slots = new ArrayDeque<>(shuffled);
    dirty = shuffled.size();
    delayMicros = EventQueue.micros(plan.delay());
    long monitor = EventQueue.micros(plan.monitor());
    // A monitor that ends before the next slot would miss what it is for (updater.go; seen in runs
    // of 26.1.5).
    monitorMicros = delayMicros >= monitor ? delayMicros + SECOND_MICROS : monitor;
  }

  void run() {
    int parallel = plan.parallelism() == 0 ? dirty : Math.min(plan.parallelism(), dirty);
    busyWorkers = parallel;
    for (int i = 0; i < parallel; i++) {
      takeSlot();
    }
  }

  /** Another update takes over. */
  void cancel() {
    stopped = true;
    slots.clear();
    awaited.clear();
    reading = false;
  }

  /** A task of the service has changed. */
  void changed(Task task) {
    if (task.state().compareTo(TaskState.RUNNING) >= 0) {
      Runnable then = awaited.remove(task);
      if (then != null) {
        then.run();
      }
    }
    if (task.state().ended() && plan.failureAction() != UpdatePlan.FailureAction.CONTINUE) {
      // Read only while a slot is being handed out, and in the last monitor phase.
      if (reading) {
        look(task);
      } else {
        unread.add(task);
      }
    }
  }

  private void takeSlot() {
    List<Task> slot = stopped ? null : slots.poll();
    reading = reading && !slots.isEmpty();
    if (slot != null) {
      update(slot);
    } else if (--busyWorkers == 0 && !stopped) {
      monitor();
    }
  }

  private void slotDone() {
    if (delayMicros == 0 || stopped) {
      takeSlot();
    } else {
      queue.after(delayMicros, this::takeSlot);
    }
  }

  private void update(List<Task> slot) {
    Task clean =
        slot.stream()
            .filter(task -> task.wanted() && !service.isDirty(task))
            .findFirst()
            .orElse(null);
    if (clean != null) {
      slot.stream().filter(task -> task != clean).forEach(this::shutDown);
      restarts.delayStart(null, clean, 0, false, this::slotDone);
      return;
    }
    if (plan.order() == Order.STOP_FIRST && slot.stream().noneMatch(Task::wanted)) {
      // It ended meanwhile and the restart supervisor has replaced it: nothing is left to do.
      slotDone();
      return;
    }
    Task fresh =
        new Task(chance.id(), service, slot.get(0).slot(), service.spec(), TaskState.READY);
    made.put(fresh, UNSEEN);
    books.add(fresh);
    boolean stopFirst = plan.order() == Order.STOP_FIRST;
    Task old = null;
    if (stopFirst) {
      old = slot.stream().filter(Task::wanted).reduce((first, last) -> last).orElse(null);
      slot.forEach(this::shutDown);
    }
    restarts.delayStart(old, fresh, 0, stopFirst, () -> awaitRunning(fresh, slot, stopFirst));
  }

  /** Nothing limits this wait: a task that fits on no node blocks its worker for ever. */
  private void awaitRunning(Task fresh, List<Task> slot, boolean stopFirst) {
    Runnable then =
        () -> {
          made.put(fresh, queue.nowMicros());
          if (!stopFirst && fresh.state() == TaskState.RUNNING) {
            // The monitor is no bake time: the old task goes the instant the new one runs.
            slot.forEach(this::shutDown);
          }
          slotDone();
        };
    if (fresh.state().compareTo(TaskState.RUNNING) >= 0) {
      then.run();
    } else if (!stopped) {
      awaited.put(fresh, then);
    }
  }

  private void shutDown(Task old) {
    if (old.wanted()) {
      books.desire(old, TaskState.SHUTDOWN);
    }
  }

  private void monitor() {
    reading = true;
    while (!unread.isEmpty() && !stopped) {
      look(unread.poll());
    }
    if (!stopped) {
      queue.after(monitorMicros, this::complete);
    }
  }

  private void complete() {
    if (!stopped) {
      stopped = true;
      boolean back = service.rollingBack();
      books.update(
          service,
          back ? "rollback_completed" : "completed",
          back ? "rollback completed" : "update completed");
    }
  }

  /** Its age is taken now, when the event is read; replacements by the supervisor never count. */
  private void look(Task task) {
    Long seen = made.get(task);
    boolean young = seen != null && (seen == UNSEEN || queue.nowMicros() - seen <= monitorMicros);
    if (stopped || !young || !failed.add(task)) {
      return;
    }
    if ((float) failed.size() / dirty > plan.maxFailureRatio().floatValue()) {
      giveUp(task);
    }
  }

  private void giveUp(Task task) {
    stopped = true;
    slots.clear();
    String because = " due to failure or early termination of task " + task.id();
    if (service.rollingBack()) {
      books.update(service, "rollback_paused", "rollback paused" + because);
    } else if (plan.failureAction() == UpdatePlan.FailureAction.ROLLBACK) {
      books.update(service, "rollback_started", "update rolled back" + because);
      rollBack.run();
    } else {
      books.update(service, "paused", "update paused" + because);
    }
  }
}
