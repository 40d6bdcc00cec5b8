package io.rolloutlab.swarm;

import io.rolloutlab.command.NodeDescription;
import io.rolloutlab.swarm.cluster.SwarmCluster;
import io.rolloutlab.swarm.cluster.SwarmNode;
import io.rolloutlab.testbed.Availability;
import io.rolloutlab.testbed.Nodes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The node containers, and what the manager may do with them. */
final class LiveNodes implements Nodes {
  private final SwarmCluster cluster;
  private final Runnable ordered;

  /** What Swarm has been told of nodes, all of which were active before. */
  private final Map<String, Availability> told = new ConcurrentHashMap<>();

  /**
   * @param ordered is told that what was seen before is no answer any more
   */
  LiveNodes(SwarmCluster cluster, Runnable ordered) {
    this.cluster = cluster;
    this.ordered = ordered;
  }

  @Override
  public void lose(String hostname) {
    SwarmNode node = cluster.node(hostname);
    if (!node.lost()) {
      node.lose();
    }
  }

  @Override
  public void availability(String hostname, Availability its) {
    new NodeSpecs(cluster.manager()).set(hostname, NodeDescription.availability(its));
    told.put(hostname, its);
    ordered.run();
  }

  @Override
  public Set<String> closed() {
    return cluster.nodes().stream()
        .filter(node -> node.lost() || told(node) != Availability.ACTIVE)
        .map(SwarmNode::hostname)
        .collect(Collectors.toSet());
  }

  private Availability told(SwarmNode node) {
    return told.getOrDefault(node.hostname(), Availability.ACTIVE);
  }
}
