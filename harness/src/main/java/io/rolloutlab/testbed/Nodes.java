package io.rolloutlab.testbed;

import java.time.Duration;
import java.util.Set;

/** The machines of the Swarm. */
public interface Nodes {
  /**
   * Lets a node be gone for good so much later: all on it is killed, and nobody is told. Does not
   * wait for it; {@link io.rolloutlab.history.Event.NodeLost} is recorded when it happens.
   *
   * @throws StepFailedException when there is no such node
   */
  void lose(String hostname, Duration after);

  /**
   * Tells Swarm what it may do with a node. Returns when Swarm has accepted it, not when tasks have
   * moved: wait for that on the {@link Timeline}. What was shut down where it is drained does not
   * come back when it is active again.
   *
   * @throws StepFailedException when there is no such node
   */
  void availability(String hostname, Availability its);

  /** The host names of those that are gone. */
  Set<String> lost();
}
