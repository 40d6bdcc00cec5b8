package io.rolloutlab.twin.manager;

import io.rolloutlab.history.TaskState;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.model.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gives waiting tasks a node (swarmkit {@code manager/scheduler}: scheduler.go, nodeinfo.go,
 * pipeline.go, filter.go; these rules are the same from 2020 to 2026): those of one make together,
 * among the nodes that are up and active, have what a task reserves, meet its constraints, have its
 * port free, and do not have as many tasks of the service as they may. {@link Placement} has the
 * order.
 *
 * <p>A task that fits nowhere stays pending without limit, and says why. It is tried again with the
 * next task that waits, when a task has ended, and when a node changes; whose turn it then is,
 * chance decides in Swarm, and here who has waited longest.
 *
 * <p>A task of a global service was made for its node: it only waits until that has room, comes
 * before the others, and its failures are no reason to shun the node (processPreassignedTasks,
 * taskFitNode, updateTask).
 */
public final class Scheduler {
  /** Waits for further tasks before it decides (commitDebounceGap). */
  private static final long DEBOUNCE_MICROS = 50_000;

  /** But not for longer than this after the first (maxLatency). */
  private static final long LONGEST_MICROS = 1_000_000;

  private final EventQueue queue;
  private final Books books;
  private final List<Node> nodes;
  private final Chance chance;
  private final Set<Task> waiting = new LinkedHashSet<>();

  /** Those among the waiting that were made for a node. */
  private final Set<Task> madeForNodes = new LinkedHashSet<>();

  /** Given to a node, and not known to have ended. */
  private final Set<Task> placed = new HashSet<>();

  private EventQueue.Entry next;
  private long firstMicros;

  public Scheduler(EventQueue queue, Books books, List<Node> nodes, Chance chance) {
    this.queue = queue;
    this.books = books;
    this.nodes = nodes;
    this.chance = chance;
    books.watch(this::changed);
  }

  private void changed(Task task) {
    TaskState state = task.state();
    if (state == TaskState.NEW && (task.wanted() || task.madeFor() != null)) {
      // The allocator has given it its addresses.
      books.state(task, TaskState.PENDING, "pending task scheduling");
      (task.madeFor() == null ? waiting : madeForNodes).add(task);
      debounce();
    } else if (state.ended() && placed.remove(task)) {
      // It is told twice of most failures, of the end and of its not being wanted: one counts.
      boolean failed = state == TaskState.FAILED || state == TaskState.REJECTED;
      if (failed && task.madeFor() == null) {
        task.node().fail(task, queue.nowMicros());
      }
      // There may be room for those that wait.
      lookAgain();
    }
  }

  /** A node has another state or availability. */
  public void nodeChanged() {
    lookAgain();
  }

  private void lookAgain() {
    if (!waiting.isEmpty() || !madeForNodes.isEmpty()) {
      debounce();
    }
  }

  private void debounce() {
    long now = queue.nowMicros();
    if (next == null) {
      firstMicros = now;
    } else {
      next.cancel();
    }
    long at = Math.min(now + DEBOUNCE_MICROS, firstMicros + LONGEST_MICROS);
    next = queue.after(Math.max(0, at - now), this::decide);
  }

  private void decide() {
    next = null;
    madeForNodes.removeIf(task -> task.state().ended());
    List.copyOf(madeForNodes).forEach(this::confirm);
    waiting.removeIf(task -> !task.wanted());
    List<List<Task>> makes = new ArrayList<>();
    for (Task task : waiting) {
      makes.stream()
          .filter(make -> Placement.sameMake(make.get(0), task))
          .findFirst()
          .ifPresentOrElse(make -> make.add(task), () -> makes.add(new ArrayList<>(List.of(task))));
    }
    makes.forEach(this::place);
  }

  private void confirm(Task task) {
    String refusal = Placement.refusal(task, task.madeFor());
    if (refusal.isEmpty()) {
      madeForNodes.remove(task);
      placed.add(task);
      books.assign(task, task.madeFor());
    } else {
      books.explain(task, refusal);
    }
  }

  private void place(List<Task> tasks) {
    Placement placement = new Placement(tasks.get(0), nodes, queue.nowMicros(), chance);
    Deque<Task> left = new ArrayDeque<>(tasks);
    placement.place(
        left,
        (task, node) -> {
          waiting.remove(task);
          placed.add(task);
          books.assign(task, node);
        });
    if (!left.isEmpty()) {
      String why = placement.explanation();
      left.forEach(task -> books.explain(task, why));
    }
  }
}
