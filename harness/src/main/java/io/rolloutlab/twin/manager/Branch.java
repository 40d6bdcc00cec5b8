package io.rolloutlab.twin.manager;

import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.model.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Nodes that have the same values of the labels to spread over (swarmkit {@code decision_tree.go},
 * {@code nodeset.go}: tree). A node without a label has the empty value, so all those are a branch
 * as well. Nodes that may get nothing count too: a branch of them is there, and has no room.
 */
final class Branch {
  private final SortedMap<String, Branch> next = new TreeMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private int tasks;

  /**
   * The whole tree.
   *
   * @param labels to spread over, the outermost first
   * @param service whose wanted tasks are counted
   */
  static Branch root(List<Node> all, List<String> labels, Service service) {
    Branch root = new Branch();
    for (Node node : all) {
      Branch branch = root;
      branch.tasks += node.wanted(service);
      for (String label : labels) {
        String value = node.labels().getOrDefault(label, "");
        branch = branch.next.computeIfAbsent(value, first -> new Branch());
        branch.tasks += node.wanted(service);
      }
      branch.nodes.add(node);
    }
    return root;
  }

  boolean isLeaf() {
    return next.isEmpty();
  }

  /** One level further in. */
  Collection<Branch> next() {
    return next.values();
  }

  /** How many wanted tasks of the service it had before. */
  int tasks() {
    return tasks;
  }

  /** Of a leaf; whoever has looked at them leaves those that are worth another look. */
  List<Node> nodes() {
    return nodes;
  }
}
