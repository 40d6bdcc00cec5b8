package io.rolloutlab.scenario.cluster;

import io.rolloutlab.scenario.check.Complaints;
import java.util.Locale;
import java.util.Map;
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

  /** Whether it is about a label of nodes. */
  public boolean onLabel() {
    return NodeLabel.isOne(key);
  }

  /** Whether it is about a label of engines, of which the lab's have none. */
  public boolean onEngineLabel() {
    return key.toLowerCase(Locale.ROOT).startsWith("engine.labels.");
  }

  /** Whether it is about host name, role or a label, so that the lab knows who meets it. */
  public boolean isKnown() {
    return onHostname() || onRole() || onLabel() || onEngineLabel();
  }

  /**
   * Whether a node meets it. Of what is neither host name, role nor label it is not known, and
   * taken for true.
   *
   * @param manager whether the node is one
   * @param labels of the node, by name
   */
  public boolean met(String hostname, boolean manager, Map<String, String> labels) {
    // Swarm compares without regard to case.
    return !isKnown() || value.equalsIgnoreCase(actual(hostname, manager, labels)) == equal;
  }

  /** What a node has of what this is about; a label that it has not is an empty one. */
  private String actual(String hostname, boolean manager, Map<String, String> labels) {
    if (onHostname()) {
      return hostname;
    } else if (onRole()) {
      return manager ? "manager" : "worker";
    }
    return onLabel() ? labels.getOrDefault(NodeLabel.name(key), "") : "";
  }

  /** Whether a constraint can ask for a value. */
  static boolean isValue(String text) {
    return VALUE.matcher(text).matches() && text.equals(text.strip());
  }
}
