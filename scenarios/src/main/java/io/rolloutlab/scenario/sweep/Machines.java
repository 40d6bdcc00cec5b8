package io.rolloutlab.scenario.sweep;

/** What the nodes of a simulated Swarm stand on. */
public enum Machines {
  /** Each node is a machine of its own, as in a real cluster. */
  OWN,
  /** All nodes share the cores of one machine, as in the lab's own cluster of containers. */
  SHARED
}
