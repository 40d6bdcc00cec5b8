package io.rolloutlab.twin.manager;

import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.model.Service;
import io.rolloutlab.twin.model.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Forgets the oldest tasks of slots that have got another one (swarmkit {@code
 * orchestrator/taskreaper/task_reaper.go}: tick, TestTaskHistory): so many stay in all, those that
 * live included.
 */
final class Reaper {
  /** How many a slot keeps (TaskHistoryRetentionLimit, as docker's swarm init sets it). */
  private static final int KEPT = 5;

  /** Changes are gathered for so long (reaperBatchingInterval). */
  private static final long BATCH_MICROS = 250_000;

  private final EventQueue queue;
  private final Set<Grown> grown = new LinkedHashSet<>();
  private boolean due;

  /** A slot with a task more. */
  private record Grown(Service service, int slot) {}

  Reaper(EventQueue queue) {
    this.queue = queue;
  }

  /** A task is new in the books. */
  void made(Task task) {
    grown.add(new Grown(task.service(), task.slot()));
  }

  /** Something has changed. */
  void wake() {
    if (!due && !grown.isEmpty()) {
      due = true;
      queue.after(BATCH_MICROS, this::tick);
    }
  }

  private void tick() {
    due = false;
    grown.removeIf(slot -> slot.service().removed() || isDone(slot));
  }

  /** With more than one that lives among the old ones, the slot is looked at again. */
  private static boolean isDone(Grown slot) {
    List<Task> all = new ArrayList<>(slot.service().inSlot(slot.slot()));
    all.sort(Comparator.comparing(Task::heardOfMicros));
    int surplus = all.size() - kept(slot.service());
    int living = 0;
    for (Task task : all) {
      if (surplus <= 0) {
        break;
      }
      if (task.state().ended()) {
        slot.service().forget(task);
        surplus--;
      } else {
        living++;
      }
    }
    return living <= 1;
  }

  /** Where attempts are limited, they and the first one: the manager may have to count them. */
  private static int kept(Service service) {
    Integer attempts = service.spec().restart().maxAttempts();
    return attempts == null ? KEPT : attempts + 1;
  }
}
