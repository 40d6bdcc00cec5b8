package io.rolloutlab.twin.manager;

import io.rolloutlab.history.TaskState;
import io.rolloutlab.history.UpdateState;
import io.rolloutlab.scenario.update.Order;
import io.rolloutlab.scenario.update.UpdatePlan;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.model.Service;
import io.rolloutlab.twin.model.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One update or rollback of a service (swarmkit {@code orchestrator/update/updater.go}): a pool of
 * workers, not batches. Each takes a slot, waits until the new task runs or has failed, sleeps the
 * delay (after its last slot too), and takes the next. Beside them a {@link FailureReader} looks at
 * failures.
 */
final class Updater {
  private final EventQueue queue;
  private final Books books;
  private final Restarts restarts;
  private final Chance chance;
  private final Service service;
  private final Runnable rollBack;
  private final Runnable reconcile;
  private final ServiceSpec spec;
  private final UpdatePlan plan;
  private final Deque<List<Task>> slots;
  private final int dirty;
  private final long delayMicros;

  /**
   * What was wanted of the slots' tasks when this updater began: it goes by that (see existing).
   */
  private final Map<Task, TaskState> wantedAtFirst = new HashMap<>();

  private final Map<Task, Runnable> awaited = new HashMap<>();
  private final FailureReader failures;
  private int busyWorkers;
  private boolean stopped;

  /**
   * @param dirtySlots that are to be updated
   * @param rollBack takes the service back to its previous spec
   * @param reconcile looks at the service again, as the manager does after every change of it
   */
  Updater(
      EventQueue queue,
      Books books,
      Restarts restarts,
      Chance chance,
      Service service,
      List<List<Task>> dirtySlots,
      Runnable rollBack,
      Runnable reconcile) {
    this.queue = queue;
    this.books = books;
    this.restarts = restarts;
    this.chance = chance;
    this.service = service;
    this.rollBack = rollBack;
    this.reconcile = reconcile;
    spec = service.spec();
    // An update follows the new spec's settings, a rollback those of the spec it restores.
    plan = service.rollingBack() ? spec.rollback() : spec.update();
    dirtySlots.forEach(slot -> slot.forEach(task -> wantedAtFirst.put(task, task.desired())));
    List<List<Task>> shuffled = new ArrayList<>(dirtySlots);
    // Slots come from a Go map, so their order is random.
    chance.shuffle(shuffled);
    slots = new ArrayDeque<>(shuffled);
    dirty = shuffled.size();
    delayMicros = EventQueue.micros(plan.delay());
    failures = new FailureReader(queue, plan, dirty, this::giveUp);
  }

  void run() {
    int parallel = plan.parallelism() == 0 ? dirty : Math.min(plan.parallelism(), dirty);
    busyWorkers = parallel;
    for (int i = 0; i < parallel; i++) {
      takeSlot();
    }
  }

  /** Whether it is still at work on a spec: the manager then lets it go on (Supervisor.Update). */
  boolean worksOn(ServiceSpec spec) {
    return !stopped && this.spec.equals(spec);
  }

  /** Another update takes over. */
  void cancel() {
    stop();
    awaited.clear();
  }

  /**
   * A task of the service has changed. In Swarm one event wakes both the reader of failures and the
   * worker that waits for the task, and the reader comes first in 118 of 120 runs of its code.
   */
  void changed(Task task) {
    if (task.state().ended()) {
      failures.ended(task);
    }
    if (task.state().compareTo(TaskState.RUNNING) >= 0) {
      Runnable then = awaited.remove(task);
      if (then != null) {
        then.run();
      }
    }
  }

  private void takeSlot() {
    List<Task> slot = stopped ? null : slots.poll();
    if (slots.isEmpty()) {
      failures.rest();
    }
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
    Task existing = existing(slot);
    if (existing != null) {
      use(existing, slot);
      return;
    }
    if (plan.order() == Order.STOP_FIRST && endedMeanwhile(slot)) {
      // The restart supervisor has replaced it or leaves its slot empty, or its node is down and
      // the service global: nothing is left to do (removeOldTasks fails, and with it the batch).
      slotDone();
      return;
    }
    Task fresh = slot.get(0).successor(chance.id(), TaskState.READY);
    failures.made(fresh);
    books.add(fresh);
    boolean stopFirst = plan.order() == Order.STOP_FIRST;
    Task old = null;
    if (stopFirst) {
      old = slot.stream().filter(Task::wanted).reduce((first, last) -> last).orElse(null);
      slot.forEach(this::shutDown);
    }
    restarts.delayStart(old, fresh, 0, stopFirst, () -> awaitRunning(fresh, slot, stopFirst));
  }

  /**
   * Whether the slot's tasks were wanted when the updater began, and are not any more; a slot that
   * had ended before, and stayed empty, is filled (removeOldTasks).
   */
  private boolean endedMeanwhile(List<Task> slot) {
    return slot.stream().anyMatch(task -> !wantedAtFirst.get(task).ended())
        && slot.stream().noneMatch(Task::wanted);
  }

  /**
   * A task of the new make, best one that is wanted to run; null for none. The worker has the tasks
   * as they were when the updater began, and does not look again: one that has ended meanwhile, and
   * was replaced, is taken for the one to keep all the same (updater.go: worker).
   */
  private Task existing(List<Task> slot) {
    Task ready = null;
    for (Task task : slot) {
      if (!service.isDirty(task) && !wantedAtFirst.get(task).ended()) {
        if (wantedAtFirst.get(task) == TaskState.RUNNING) {
          return task;
        }
        ready = task;
      }
    }
    return ready;
  }

  /**
   * The slot's other tasks go, without a look at whether this one runs; one that was not wanted to
   * run yet waits for their end first (useExistingTask).
   */
  private void use(Task existing, List<Task> slot) {
    Task old =
        slot.stream()
            .filter(task -> task != existing && task.wanted())
            .reduce((first, last) -> last)
            .orElse(null);
    slot.stream().filter(task -> task != existing).forEach(this::shutDown);
    if (wantedAtFirst.get(existing) == TaskState.RUNNING) {
      queue.after(0, this::slotDone);
    } else {
      restarts.delayStart(old, existing, 0, true, this::slotDone);
    }
  }

  /** Nothing limits this wait: a task that fits on no node blocks its worker for ever. */
  private void awaitRunning(Task fresh, List<Task> slot, boolean stopFirst) {
    Runnable then =
        () -> {
          failures.seen(fresh);
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
    long monitorMicros = failures.readOn();
    if (!stopped) {
      queue.after(monitorMicros, this::complete);
    }
  }

  /**
   * That it is complete is written into the service, so the manager looks at it again: slots with
   * two tasks are dirty, and lose one of them now ({@code replicated/services.go}:
   * handleServiceEvent; seen live: start-first with tolerated failures has its outage here).
   */
  private void complete() {
    if (!stopped) {
      stop();
      if (service.updateState().isEmpty()) {
        // The same spec was asked for again meanwhile, which has cleared the state
        // (completeUpdate).
        return;
      }
      boolean back = service.rollingBack();
      books.update(
          service,
          back ? UpdateState.ROLLBACK_COMPLETED : UpdateState.COMPLETED,
          back ? "rollback completed" : "update completed");
      reconcile.run();
    }
  }

  private void stop() {
    stopped = true;
    slots.clear();
    failures.stop();
  }

  private void giveUp(Task task) {
    stop();
    String because = " due to failure or early termination of task " + task.id();
    if (service.rollingBack()) {
      books.update(service, UpdateState.ROLLBACK_PAUSED, "rollback paused" + because);
    } else if (plan.failureAction() == UpdatePlan.FailureAction.ROLLBACK) {
      books.update(service, UpdateState.ROLLBACK_STARTED, "update rolled back" + because);
      rollBack.run();
    } else {
      books.update(service, UpdateState.PAUSED, "update paused" + because);
    }
  }
}
