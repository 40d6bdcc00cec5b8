package io.rolloutlab.twin;

import io.rolloutlab.testbed.Availability;
import io.rolloutlab.testbed.Nodes;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.manager.Orchestrator;
import io.rolloutlab.twin.manager.Restarts;
import io.rolloutlab.twin.manager.Scheduler;
import io.rolloutlab.twin.manager.Suspicion;
import io.rolloutlab.twin.model.Names;
import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.node.Agent;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Nodes that go away, or that Swarm may not use. Of a loss nobody is told: the manager misses
 * heartbeats, the network's members get no answer to their probes, and neither waits for the other.
 */
final class TwinNodes implements Nodes {
  /** Between heartbeats, give or take the epsilon (swarmkit {@code dispatcher.go}, 26.1.5). */
  private static final int PERIOD_MICROS = 5_000_000;

  private static final int EPSILON_MICROS = 500_000;

  /** So many periods the manager waits (defaultGracePeriodMultiplier). */
  private static final int GRACE = 3;

  /** Changes of nodes are gathered before they are written (maxBatchInterval). */
  private static final int BATCH_MICROS = 100_000;

  private final EventQueue queue;
  private final List<Node> nodes;
  private final Agent agent;
  private final Scheduler scheduler;
  private final Restarts restarts;
  private final Orchestrator orchestrator;
  private final Names names;
  private final Chance chance;

  TwinNodes(
      EventQueue queue,
      List<Node> nodes,
      Agent agent,
      Scheduler scheduler,
      Restarts restarts,
      Orchestrator orchestrator,
      Names names,
      Chance chance) {
    this.queue = queue;
    this.nodes = nodes;
    this.agent = agent;
    this.scheduler = scheduler;
    this.restarts = restarts;
    this.orchestrator = orchestrator;
    this.names = names;
    this.chance = chance;
  }

  @Override
  public void lose(String hostname) {
    Node node = node(hostname);
    if (node.lost()) {
      return;
    }
    agent.lose(node);
    queue.after(heartbeatsMissedMicros(), () -> down(node));
    queue.after(Suspicion.micros(nodes.size(), chance), () -> names.forget(node));
  }

  /**
   * A node that is active again takes what waits, and gets its tasks of global services; what has
   * moved stays where it is.
   */
  @Override
  public void availability(String hostname, Availability its) {
    Node node = node(hostname);
    node.availability(its);
    queue.after(
        0,
        () -> {
          if (node.availability() == Availability.DRAIN) {
            restarts.nodeDrained(node);
          } else if (node.availability() == Availability.ACTIVE) {
            orchestrator.nodeActive(node);
          }
          scheduler.nodeChanged();
        });
  }

  private Node node(String hostname) {
    return nodes.stream()
        .filter(one -> one.hostname().equals(hostname))
        .findFirst()
        .orElseThrow(() -> new StepFailedException("there is no node " + hostname));
  }

  @Override
  public Set<String> closed() {
    return nodes.stream()
        .filter(node -> node.lost() || !node.isOpen())
        .map(Node::hostname)
        .collect(Collectors.toSet());
  }

  /**
   * With each heartbeat the manager sets a period anew, and how long it waits: three of them
   * (swarmkit {@code nodes.go}). The last one came at some time in the period before the loss.
   */
  private long heartbeatsMissedMicros() {
    int period = PERIOD_MICROS - EPSILON_MICROS + chance.below(2 * EPSILON_MICROS);
    return (long) GRACE * period - chance.below(period) + chance.below(BATCH_MICROS);
  }

  private void down(Node node) {
    node.markDown();
    restarts.nodeDown(node);
    scheduler.nodeChanged();
  }
}
