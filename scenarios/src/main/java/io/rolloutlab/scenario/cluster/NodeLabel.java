package io.rolloutlab.scenario.cluster;

import io.rolloutlab.scenario.check.Complaints;
import java.util.regex.Pattern;

/** A label of nodes, as constraints and preferences name it: {@code node.labels.zone}. */
public final class NodeLabel {
  static final String PREFIX = "node.labels.";

  /** What a constraint can ask for (swarmkit {@code constraint.go}). */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

  private NodeLabel() {}

  /** Whether a text names one. Case counts in the label's own name, not before it. */
  static boolean isOne(String text) {
    return text.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
        && isName(text.substring(PREFIX.length()));
  }

  /** Whether a label may be called so. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * The label's own name, {@code zone}.
   *
   * @throws IllegalArgumentException when the text names none, quoting it
   */
  public static String name(String text) {
    if (!isOne(text)) {
      throw new IllegalArgumentException(
          "\"%s\" is no label of nodes such as node.labels.zone: Swarm can spread over nothing else"
              .formatted(Complaints.quoted(text)));
    }
    return text.substring(PREFIX.length());
  }
}
