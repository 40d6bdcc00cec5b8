package io.rolloutlab.twin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The nodes that tasks of one make which wait together may go to, the best first: fewest wanted
 * tasks of the service, then fewest wanted tasks at all; nodes on which this make has failed five
 * times in five minutes come last (swarmkit {@code scheduler.go}: nodeLess). Ties are a matter of
 * chance, here evenly; in Swarm the order is that of a Go map, which starts anywhere but then goes
 * round.
 *
 * <p>They are put in order once. In the first round a node is filled until the next one bears
 * strictly less, so where they bear unequal numbers the lightest ends up with most: nodes with two,
 * two and one task get one, one and three of five more. In later rounds each takes one task in turn
 * (scheduleNTasksOnNodes).
 */
final class Placement {
  /** From so many failures in five minutes on a node is shunned by the make (maxFailures). */
  private static final int FAILURES = 5;

  private final Task model;
  private final long nowMicros;

  private final List<Node> nodes;

  /** How many nodes each filter has refused. */
  private final int[] refused = new int[Filter.values().length];

  /** Nodes that had no room any more when their turn came. */
  private final Set<Node> full = new HashSet<>();

  private int turn;

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
   * @param tasks how many there are: no more nodes are looked at than may be needed
   */
  Placement(Task model, List<Node> all, long nowMicros, int tasks, Chance chance) {
    this.model = model;
    this.nowMicros = nowMicros;
    List<Node> open = new ArrayList<>(all.stream().filter(this::passes).toList());
    chance.shuffle(open);
    open.sort(Comparator.comparingLong(this::load));
    nodes = open.subList(0, Math.min(tasks, open.size()));
  }

  /** Whether two tasks are of one make: of one order, not only of equal ones. */
  static boolean sameMake(Task one, Task other) {
    return one.service() == other.service() && one.spec() == other.spec();
  }

  /** The node for the next task; null when there is none. */
  Node next() {
    return full.size() == nodes.size() ? null : nodes.get(turn % nodes.size());
  }

  /** The next task was given to its node, which bears it now. */
  void placed() {
    boolean firstRound = turn + 1 < nodes.size();
    if (!firstRound || load(nodes.get(turn + 1)) < load(nodes.get(turn))) {
      turn++;
    }
    while (full.size() < nodes.size() && isFull(nodes.get(turn % nodes.size()))) {
      turn++;
    }
  }

  private boolean isFull(Node node) {
    if (!full.contains(node) && !passes(node)) {
      full.add(node);
    }
    return full.contains(node);
  }

  private boolean passes(Node node) {
    for (Filter filter : Filter.values()) {
      if (!filter.passes(model, node)) {
        refused[filter.ordinal()]++;
        return false;
      }
    }
    return true;
  }

  /** Why there is none, in Swarm's words: what has refused most nodes comes first. */
  String explanation() {
    String why =
        Arrays.stream(Filter.values())
            .filter(filter -> refused[filter.ordinal()] > 0)
            .sorted(Comparator.comparingInt(filter -> -refused[filter.ordinal()]))
            .map(filter -> filter.explain(refused[filter.ordinal()]))
            .collect(Collectors.joining("; "));
    return why.isEmpty() ? "no suitable node" : "no suitable node (%s)".formatted(why);
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
