package io.rolloutlab.twin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The nodes that tasks of one make may go to, by what they bear: built once for all that wait
 * together, so that a task costs no look at every node.
 */
final class Placement {
  private static final Comparator<Node> BY_NUMBER = Comparator.comparingInt(Node::number);

  /** From so many failures in five minutes on a node is shunned by the make (maxFailures). */
  private static final int FAILURES = 5;

  private final Task model;
  private final long nowMicros;

  /** What nodes bear → the nodes, by number. */
  private final TreeMap<Long, List<Node>> nodes = new TreeMap<>();

  /** How many nodes each filter has refused. */
  private final int[] refused = new int[Filter.values().length];

  /** In the order in which they are asked; the first that refuses counts (pipeline.go). */
  private enum Filter {
    // A node that is down is no candidate; one that is lost still is.
    READY("%s node%s not available for new tasks"),
    RESOURCES("insufficient resources on %s node%s"),
    CONSTRAINTS("scheduling constraints not satisfied on %s node%s");

    /** As filter.go has them. */
    private final String words;

    Filter(String words) {
      this.words = words;
    }

    boolean passes(Task task, Node node) {
      return switch (this) {
        case READY -> !node.down();
        case RESOURCES -> node.free().cover(task.reserved());
        case CONSTRAINTS -> task.constraints().met(node);
      };
    }

    String explain(int nodes) {
      return words.formatted(nodes, nodes == 1 ? "" : "s");
    }
  }

  /**
   * @param model one of the tasks
   */
  Placement(Task model, List<Node> all, long nowMicros) {
    this.model = model;
    this.nowMicros = nowMicros;
    all.forEach(this::offer);
  }

  /** Whether a task is of the make this was built for. */
  boolean fits(Task task) {
    return task.service() == model.service() && task.spec() == model.spec();
  }

  /** One of those that bear least, until it is offered again; null when there is none. */
  Node take(Chance chance) {
    if (nodes.isEmpty()) {
      return null;
    }
    List<Node> best = nodes.firstEntry().getValue();
    Node node = best.remove(chance.below(best.size()));
    if (best.isEmpty()) {
      nodes.pollFirstEntry();
    }
    return node;
  }

  /** A node may be taken, if all filters let it pass. */
  void offer(Node node) {
    for (Filter filter : Filter.values()) {
      if (!filter.passes(model, node)) {
        refused[filter.ordinal()]++;
        return;
      }
    }
    List<Node> equal = nodes.computeIfAbsent(load(node), first -> new ArrayList<>());
    equal.add(-1 - Collections.binarySearch(equal, node, BY_NUMBER), node);
  }

  /** Why there is none, in Swarm's words: what has refused most nodes comes first. */
  String explanation() {
    String why =
        Arrays.stream(Filter.values())
            .filter(filter -> refused[filter.ordinal()] > 0)
            .sorted(Comparator.comparingInt(filter -> -refused[filter.ordinal()]))
            .map(filter -> filter.explain(refused[filter.ordinal()]))
            .collect(Collectors.joining("; "));
    return "no suitable node (%s)".formatted(why);
  }

  /**
   * What it bears, the heaviest first: failures of the make, where they are many; wanted tasks of
   * the service; wanted tasks of any (scheduler.go: nodeLess).
   */
  private long load(Node node) {
    int failures = node.failures(model.spec(), nowMicros);
    long shunned = failures < FAILURES ? 0 : Math.min(failures, Short.MAX_VALUE);
    return shunned << 48 | (long) node.wanted(model.service()) << 24 | node.wanted();
  }
}
