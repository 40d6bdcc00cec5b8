package io.rolloutlab.stack;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * On which nodes tasks may be.
 *
 * @param constraints all must hold, for example {@code node.role == worker}
 * @param spread over the values of a node's label, in this order
 * @param maxPerNode tasks of the service on a node; 0, the default: no limit
 */
public record StackPlacement(
    List<FileValue<String>> constraints,
    List<FileValue<String>> spread,
    FileValue<Integer> maxPerNode) {
  private static final Pattern ONE_NODE = Pattern.compile("node\\.(?:hostname|id)\\s*==.*");

  public StackPlacement {
    constraints = List.copyOf(constraints);
    spread = List.copyOf(spread);
  }

  /** Whether a node takes only so many of its tasks. */
  public boolean isLimited() {
    return maxPerNode.value() > 0;
  }

  /** The constraint that leaves one node at most, by its host name or id; empty without one. */
  public Optional<FileValue<String>> oneNode() {
    return constraints.stream()
        .filter(constraint -> ONE_NODE.matcher(constraint.value().strip()).matches())
        .findFirst();
  }
}
