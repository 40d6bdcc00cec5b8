package io.rolloutlab.swarm;

import io.rolloutlab.command.NodeDescription;
import io.rolloutlab.history.Event;
import io.rolloutlab.swarm.cluster.SwarmCluster;
import io.rolloutlab.swarm.cluster.SwarmNode;
import io.rolloutlab.testbed.Availability;
import io.rolloutlab.testbed.Nodes;
import io.rolloutlab.testbed.Recorder;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The node containers, and what the manager may do with them. */
final class LiveNodes implements Nodes {
  private final SwarmCluster cluster;
  private final ScheduledExecutorService later;
  private final Recorder recorder;
  private final Consumer<RuntimeException> failed;
  private final Runnable ordered;

  /**
   * @param later carries out what is not to be done at once
   * @param failed is told when a node cannot be lost
   * @param ordered is told that what was seen before is no answer any more
   */
  LiveNodes(
      SwarmCluster cluster,
      ScheduledExecutorService later,
      Recorder recorder,
      Consumer<RuntimeException> failed,
      Runnable ordered) {
    this.cluster = cluster;
    this.later = later;
    this.recorder = recorder;
    this.failed = failed;
    this.ordered = ordered;
  }

  @Override
  public void lose(String hostname, Duration after) {
    SwarmNode node = cluster.node(hostname);
    later.schedule(() -> lose(node), after.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void availability(String hostname, Availability its) {
    new NodeSpecs(cluster.manager()).set(hostname, NodeDescription.availability(its));
    ordered.run();
  }

  @Override
  public Set<String> lost() {
    return cluster.nodes().stream()
        .filter(SwarmNode::lost)
        .map(SwarmNode::hostname)
        .collect(Collectors.toSet());
  }

  private void lose(SwarmNode node) {
    try {
      recorder.event(new Event.NodeLost(System.currentTimeMillis(), node.hostname()));
      node.lose();
    } catch (RuntimeException refused) {
      failed.accept(refused);
    }
  }
}
