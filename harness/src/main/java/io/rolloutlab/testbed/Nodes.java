package io.rolloutlab.testbed;

import java.util.Set;

/** The machines of the Swarm. */
public interface Nodes {
  /**
   * Lets a node be gone for good: all on it is killed, and nobody is told. Returns when it is dead;
   * one that is gone already stays so.
   *
   * @throws StepFailedException when there is no such node, or it cannot be killed
   */
  void lose(String hostname);

  /**
   * Tells Swarm what it may do with a node. Returns when Swarm has accepted it, not when tasks have
   * moved: wait for that on the {@link Timeline}. What was shut down where it is drained does not
   * come back when it is active again.
   *
   * @throws StepFailedException when there is no such node
   */
  void availability(String hostname, Availability its);

  /**
   * The host names of those where no new task can run: they are gone, or not active, whether Swarm
   * knows already or not.
   */
  Set<String> closed();
}
