package io.rolloutlab.scenario.app;

/** How many tasks Swarm makes of a service. */
public enum ServiceMode {
  /** As many as it has replicas, wherever the constraints allow. */
  REPLICATED,
  /** One on each node that the constraints allow. */
  GLOBAL
}
