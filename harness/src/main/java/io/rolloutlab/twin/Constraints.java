package io.rolloutlab.twin;

import io.rolloutlab.testbed.StepFailedException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Placement constraints on host name and role (swarmkit {@code constraint.go}). */
final class Constraints {
  private static final Pattern FORM =
      Pattern.compile("\\s*node\\.(hostname|role)\\s*(==|!=)\\s*(\\S+)\\s*");

  private Constraints() {}

  /**
   * Whether a node meets all of them.
   *
   * @throws StepFailedException when one is of a kind the twin does not know
   */
  static boolean met(List<String> constraints, Node node) {
    return constraints.stream().allMatch(constraint -> met(constraint, node));
  }

  private static boolean met(String constraint, Node node) {
    Matcher parts = FORM.matcher(constraint);
    if (!parts.matches()) {
      throw new StepFailedException(
          "constraint \"%s\": the twin knows node.hostname and node.role only"
              .formatted(constraint));
    }
    String value =
        parts.group(1).equals("role") ? (node.manager() ? "manager" : "worker") : node.hostname();
    // Swarm compares without regard to case.
    return value.equalsIgnoreCase(parts.group(3)) == parts.group(2).equals("==");
  }
}
