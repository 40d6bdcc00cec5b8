package io.rolloutlab.twin.manager;

import io.rolloutlab.scenario.update.UpdatePlan;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.model.Task;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who looks at failures beside the workers of an update (swarmkit {@code
 * orchestrator/update/updater.go}: Run, failureTriggersAction). It reads only while slots are left
 * and once the last worker is done: what fails during the last slots' delays is read when they are
 * over. As long as slots are left a failure's age is held against the plain monitor, even where the
 * delay is longer; only the last phase is made to outlast the delay (seen live: with the delay
 * above the monitor, tasks that die between the two break every slot before the update stops).
 */
final class FailureReader {
  private static final long UNSEEN = -1;
  private static final long SECOND_MICROS = 1_000_000;

  private final EventQueue queue;
  private final UpdatePlan plan;
  private final int dirty;
  private final Consumer<Task> tooMany;

  /** Tasks that the update made → when it first saw them run or past it. */
  private final Map<Task, Long> made = new HashMap<>();

  private final Set<Task> failed = new HashSet<>();
  private final Deque<Task> unread = new ArrayDeque<>();
  private long monitorMicros;
  private boolean reading = true;
  private boolean over;

  /**
   * @param dirty slots that are to be updated: the share of failed ones is of these
   * @param tooMany is told once, with the task whose failure was one too many
   */
  FailureReader(EventQueue queue, UpdatePlan plan, int dirty, Consumer<Task> tooMany) {
    this.queue = queue;
    this.plan = plan;
    this.dirty = dirty;
    this.tooMany = tooMany;
    monitorMicros = EventQueue.micros(plan.monitor());
  }

  /** The update has made a task; only the failures of such tasks count. */
  void made(Task task) {
    made.put(task, UNSEEN);
  }

  /** A worker has seen a task run, or past it: its age counts from now. */
  void seen(Task task) {
    made.put(task, queue.nowMicros());
  }

  /** A task of the service has ended. */
  void ended(Task task) {
    if (plan.failureAction() == UpdatePlan.FailureAction.CONTINUE) {
      return;
    }
    if (reading) {
      look(task);
    } else {
      unread.add(task);
    }
  }

  /** No slot is left to be handed out. */
  void rest() {
    reading = false;
  }

  /**
   * The last worker is done: what was left is read.
   *
   * @return how long failures count from now on, microseconds; at least as long as the delay
   */
  long readOn() {
    reading = true;
    long delayMicros = EventQueue.micros(plan.delay());
    if (delayMicros >= monitorMicros) {
      monitorMicros = delayMicros + SECOND_MICROS;
    }
    while (!unread.isEmpty() && !over) {
      look(unread.poll());
    }
    return monitorMicros;
  }

  /** The update has ended, or another one takes over: nothing counts any more. */
  void stop() {
    over = true;
  }

  /** Its age is taken now, when the event is read; replacements by the supervisor never count. */
  private void look(Task task) {
    Long seen = made.get(task);
    boolean young = seen != null && (seen == UNSEEN || queue.nowMicros() - seen <= monitorMicros);
    if (over || !young || !failed.add(task)) {
      return;
    }
    if ((float) failed.size() / dirty > plan.maxFailureRatio().floatValue()) {
      tooMany.accept(task);
    }
  }
}
