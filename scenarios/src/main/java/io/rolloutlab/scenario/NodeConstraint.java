package io.rolloutlab.scenario;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A constraint of placement, {@code node.hostname == workerN1} (swarmkit {@code constraint.go}).
 *
 * @param key for example {@code node.hostname}
 * @param equal whether it is {@code ==}, not {@code !=}
 * @param value without blanks around it
 */
public record NodeConstraint(String key, boolean equal, String value) {
  private static final Pattern OPERATOR = Pattern.compile("==|!=");
  private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]+");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9:_\\s.*()?+\\[\\]\\\\^$|/-]+");

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is none, quoting it
   */
  public static NodeConstraint parse(String text) {
    Matcher operator = OPERATOR.matcher(text);
    if (operator.find()) {
      String key = text.substring(0, operator.start()).strip();
      String value = text.substring(operator.end()).strip();
      if (KEY.matcher(key).matches() && VALUE.matcher(value).matches()) {
        return new NodeConstraint(key, operator.group().equals("=="), value);
      }
    }
    throw new IllegalArgumentException(
        "\"%s\" is no constraint such as node.hostname == workerN1 or node.role != manager"
            .formatted(Complaints.quoted(text)));
  }

  /** Whether it is about the host name. */
  public boolean onHostname() {
    return key.equalsIgnoreCase("node.hostname");
  }

  /** Whether it is about the role. */
  public boolean onRole() {
    return key.equalsIgnoreCase("node.role");
  }

  /** Whether it is about labels, of which the lab's nodes have none. */
  boolean onLabels() {
    String lower = key.toLowerCase(java.util.Locale.ROOT);
    return lower.startsWith("node.labels.") || lower.startsWith("engine.labels.");
  }

  /**
   * Whether a node meets it. Of what is neither host name, role nor label it is not known, and
   * taken for true.
   *
   * @param manager whether the node is one
   */
  public boolean met(String hostname, boolean manager) {
    if (onLabels()) {
      return !equal;
    }
    if (!onHostname() && !onRole()) {
      return true;
    }
    // Swarm compares without regard to case.
    return value.equalsIgnoreCase(onRole() ? manager ? "manager" : "worker" : hostname) == equal;
  }
}
