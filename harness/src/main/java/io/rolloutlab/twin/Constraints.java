package io.rolloutlab.twin;

import io.rolloutlab.testbed.StepFailedException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Placement constraints on host name and role (swarmkit {@code constraint.go}). */
final class Constraints {
  private static final Pattern FORM =
      Pattern.compile("\\s*node\\.(hostname|role)\\s*(==|!=)\\s*(\\S+)\\s*");

  private final List<String> texts;
  private List<Rule> rules;

  private record Rule(boolean onRole, boolean equal, String value) {
    boolean met(Node node) {
      String its = onRole ? (node.manager() ? "manager" : "worker") : node.hostname();
      // Swarm compares without regard to case.
      return its.equalsIgnoreCase(value) == equal;
    }
  }

  Constraints(List<String> texts) {
    this.texts = texts;
  }

  /**
   * Whether a node meets all of them.
   *
   * @throws StepFailedException when one is of a kind the twin does not know
   */
  boolean met(Node node) {
    if (rules == null) {
      rules = texts.stream().map(Constraints::parse).toList();
    }
    for (Rule rule : rules) {
      if (!rule.met(node)) {
        return false;
      }
    }
    return true;
  }

  private static Rule parse(String constraint) {
    Matcher parts = FORM.matcher(constraint);
    if (!parts.matches()) {
      throw new StepFailedException(
          "constraint \"%s\": the twin knows node.hostname and node.role only"
              .formatted(constraint));
    }
    return new Rule(parts.group(1).equals("role"), parts.group(2).equals("=="), parts.group(3));
  }
}
