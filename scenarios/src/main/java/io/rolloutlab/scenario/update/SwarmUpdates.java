package io.rolloutlab.scenario.update;

/**
 * How Swarm is told to replace the tasks of a service.
 *
 * @param forward how v1 becomes v2
 * @param back how v2 becomes v1 again
 */
public record SwarmUpdates(UpdatePlan forward, UpdatePlan back) {
  /** What a service has that is never updated. */
  public static final SwarmUpdates DEFAULT =
      new SwarmUpdates(UpdatePlan.UPDATE, UpdatePlan.ROLLBACK);

  /** Whether both ways go in this order. */
  public boolean alwaysIn(Order order) {
    return forward.order() == order && back.order() == order;
  }
}
