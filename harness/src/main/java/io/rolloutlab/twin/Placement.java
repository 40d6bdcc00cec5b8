package io.rolloutlab.twin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The nodes that tasks of one make may go to, by what they bear: built once for all that wait
 * together, so that a task costs no look at every node.
 */
final class Placement {
  private static final Comparator<Node> BY_NUMBER = Comparator.comparingInt(Node::number);

  private final Task model;

  /** What nodes bear → the nodes, by number. */
  private final TreeMap<Long, List<Node>> nodes = new TreeMap<>();

  /**
   * @param model one of the tasks
   */
  Placement(Task model, List<Node> all) {
    this.model = model;
    for (Node node : all) {
      // A node that is down is no candidate (filter.go: ReadyFilter); one that is lost still is.
      if (!node.down() && model.constraints().met(node)) {
        put(node);
      }
    }
  }

  /** Whether a task is of the make this was built for. */
  boolean fits(Task task) {
    return task.service() == model.service() && task.spec() == model.spec();
  }

  /** One of those that bear least, until it is put back; null when there is none. */
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

  void put(Node node) {
    List<Node> equal = nodes.computeIfAbsent(load(node), first -> new ArrayList<>());
    equal.add(-1 - Collections.binarySearch(equal, node, BY_NUMBER), node);
  }

  /** Wanted tasks of the service before wanted tasks of any. */
  private long load(Node node) {
    return (long) node.wanted(model.service()) << 32 | node.wanted();
  }
}
