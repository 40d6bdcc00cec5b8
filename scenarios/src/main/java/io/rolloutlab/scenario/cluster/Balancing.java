package io.rolloutlab.scenario.cluster;

/** How Swarm spreads the connections to a service over its tasks. */
public enum Balancing {
  /** Asks the kernel of the nodes: {@link #VIP} where it has IPVS, else {@link #DNSRR}. */
  AUTO,
  /** One virtual address a service (IPVS), and the ingress routing mesh for published ports. */
  VIP,
  /** DNS round robin over the tasks' own addresses; the edge is published in host mode. */
  DNSRR
}
