package io.rolloutlab.twin.node;

import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.model.TwinSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whose cores each node computes with. */
public final class NodeCores {
  private static final int AS_STARTS = 2;

  private final Map<Node, Machine> of = new HashMap<>();
  private final TwinSettings settings;
  private final Chance chance;

  /**
   * @param share whether all nodes stand on one machine
   */
  public NodeCores(
      EventQueue queue, TwinSettings settings, List<Node> nodes, boolean share, Chance chance) {
    this.settings = settings;
    this.chance = chance;
    Machine shared = new Machine(queue, settings.startCores());
    for (Node node : nodes) {
      of.put(node, share ? shared : new Machine(queue, settings.startCores()));
    }
  }

  /**
   * The edge takes new routes: processes start in its container to check them and to signal it, and
   * new workers after that (seen live: requests wait as while two containers start, 10 to 25 ms on
   * average).
   */
  public void takesRoutes(Node node, long micros) {
    of(node).busy(AS_STARTS, micros);
  }

  Machine of(Node node) {
    return of.get(node);
  }

  /**
   * What a request waits now for a core of its app's node: nothing while that machine carries what
   * is at work. A request passes through several processes, each of which queues for a core (seen
   * live on two cores, over the usual 4 ms: with two containers that start 16 to 50 ms on average,
   * with four 28 to 123; half of the waits are much shorter, one in ten is twice as long). That one
   * container that starts costs 5 to 12 ms is left out, and so are the cores of the edge's node
   * where nodes have machines of their own.
   */
  long waitMicros(Node node) {
    double crowding = of(node).crowding();
    return crowding == 0 ? 0 : chance.waitMicros(crowding * settings.crowdWaitMillis());
  }
}
