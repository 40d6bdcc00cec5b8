package io.rolloutlab.twin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Gives waiting tasks a node (swarmkit {@code manager/scheduler}: scheduler.go, nodeinfo.go,
 * pipeline.go, filter.go; these rules are the same from 2020 to 2026): among those that are up,
 * have what the task reserves, and meet its constraints the one with the fewest wanted tasks of the
 * service, then with the fewest wanted tasks at all. Nodes on which this make of the service has
 * failed five times in five minutes come last.
 *
 * <p>Ties are a matter of chance, here evenly; in Swarm the order is that of a Go map, which starts
 * anywhere but then goes round. Swarm also orders the nodes once for all tasks that wait together
 * and then goes from one to the next, which gives the same but that in the later rounds the tasks
 * of other services count no more.
 *
 * <p>A task that fits nowhere stays pending without limit, and says why. It is tried again with the
 * next task that waits, and when a task has ended; whose turn it then is, chance decides in Swarm,
 * and here who has waited longest.
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
    TaskState state = task.state();
    if (state == TaskState.NEW && task.wanted()) {
      // The allocator has given it its addresses.
      books.state(task, TaskState.PENDING, "pending task scheduling");
      waiting.add(task);
      debounce();
    } else if (state.ended() && task.node() != null) {
      if (state == TaskState.FAILED || state == TaskState.REJECTED) {
        task.node().fail(task, queue.nowMicros());
      }
      if (!waiting.isEmpty()) {
        // There may be room for them now.
        debounce();
      }
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
    List<Task> unplaced = new ArrayList<>();
    Placement placement = null;
    while (!waiting.isEmpty()) {
      Task task = waiting.poll();
      if (task.wanted()) {
        if (placement == null || !placement.fits(task)) {
          placement = new Placement(task, nodes, queue.nowMicros());
        }
        Node node = placement.take(chance);
        if (node != null) {
          books.assign(task, node);
          placement.offer(node);
        } else {
          books.explain(task, placement.explanation());
          unplaced.add(task);
        }
      }
    }
    waiting.addAll(unplaced);
  }
}
