package io.rolloutlab.testbed;

import java.util.List;

/**
 * Where the tasks of a service may be, and how many of them on one node.
 *
 * @param constraints that a node must meet
 * @param maxPerNode how many of its tasks a node may have; null for any number
 * @param spread the labels of nodes ({@code node.labels.zone}) over whose values tasks are spread
 *     first, the outermost first
 * @param hostPort a port of the node that each task takes, so that a node can have one such task;
 *     null for none
 */
public record PlacementRules(
    List<String> constraints, Integer maxPerNode, List<String> spread, Integer hostPort) {
  public PlacementRules {
    constraints = List.copyOf(constraints);
    spread = List.copyOf(spread);
  }

  /** Constraints and nothing else. */
  public static PlacementRules within(List<String> constraints) {
    return new PlacementRules(constraints, null, List.of(), null);
  }

  /** The same for a second service, which cannot take a port beside the first. */
  public PlacementRules withoutHostPort() {
    return new PlacementRules(constraints, maxPerNode, spread, null);
  }
}
