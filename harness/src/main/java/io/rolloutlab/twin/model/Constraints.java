package io.rolloutlab.twin.model;

import io.rolloutlab.scenario.cluster.NodeConstraint;
import io.rolloutlab.testbed.StepFailedException;
import java.util.List;

/** Placement constraints on host name, role and labels. */
public final class Constraints {
  private final List<String> texts;
  private List<NodeConstraint> rules;

  Constraints(List<String> texts) {
    this.texts = texts;
  }

  /**
   * Whether a node meets all of them.
   *
   * @throws StepFailedException when one is of a kind the twin does not know
   */
  public boolean met(Node node) {
    if (rules == null) {
      rules = texts.stream().map(Constraints::parse).toList();
    }
    for (NodeConstraint rule : rules) {
      if (!rule.met(node.hostname(), node.manager(), node.labels())) {
        return false;
      }
    }
    return true;
  }

  private static NodeConstraint parse(String text) {
    NodeConstraint constraint = NodeConstraint.parse(text);
    if (!constraint.isKnown()) {
      throw new StepFailedException(
          "constraint \"%s\": the twin knows node.hostname, node.role and labels only"
              .formatted(text));
    }
    return constraint;
  }
}
