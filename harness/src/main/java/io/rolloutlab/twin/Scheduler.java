package io.rolloutlab.twin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Gives waiting tasks a node (swarmkit {@code manager/scheduler/scheduler.go}): among those that
 * meet the constraints the one with the fewest wanted tasks of the service, then with the fewest
 * wanted tasks at all. A task that fits nowhere waits without limit. Resources are not looked at:
 * the lab's services reserve none.
 */
final class Scheduler {
  /** Waits for further tasks before it decides (commitDebounceGap). */
  private static final long DEBOUNCE_MICROS = 50_000;

  /** But not for longer than this after the first (maxLatency). */
  private static final long LONGEST_MICROS = 1_000_000;

  private final EventQueue queue;
  private final Books books;
  private final List<Node> nodes;
  private final Chance chance;
  private final Deque<Task> waiting = new ArrayDeque<>();
  private EventQueue.Entry next;
  private long firstMicros;

  Scheduler(EventQueue queue, Books books, List<Node> nodes, Chance chance) {
    this.queue = queue;
    this.books = books;
    this.nodes = nodes;
    this.chance = chance;
    books.watch(this::changed);
  }

  private void changed(Task task) {
    if (task.state() == TaskState.NEW && task.wanted()) {
      // The allocator has given it its addresses.
      books.state(task, TaskState.PENDING, "pending task scheduling");
      waiting.add(task);
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
    Placement placement = null;
    while (!waiting.isEmpty()) {
      Task task = waiting.poll();
      if (task.wanted()) {
        if (placement == null || !placement.fits(task)) {
          placement = new Placement(task, nodes);
        }
        Node node = placement.take(chance);
        if (node != null) {
          books.assign(task, node);
          placement.put(node);
        } else {
          // The words of swarmkit's scheduler.go and filter.go.
          books.explain(
              task,
              "no suitable node (scheduling constraints not satisfied on %s node%s)"
                  .formatted(nodes.size(), nodes.size() == 1 ? "" : "s"));
        }
      }
    }
  }
}
