package io.rolloutlab.twin.node;

import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.model.TwinSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whose cores each node computes with. */
public final class Machines {
  private final Map<Node, Machine> of = new HashMap<>();
  private final TwinSettings settings;
  private final Chance chance;

  /**
   * @param share whether all nodes stand on one machine
   */
  public Machines(
      EventQueue queue, TwinSettings settings, List<Node> nodes, boolean share, Chance chance) {
    this.settings = settings;
    this.chance = chance;
    Machine shared = new Machine(queue, settings.startCores());
    for (Node node : nodes) {
      of.put(node, share ? shared : new Machine(queue, settings.startCores()));
    }
  }

  Machine of(Node node) {
    return of.get(node);
  }

  /**
   * What a request waits now for a core of a node: nothing while its machine carries what is at
   * work. A request passes through several processes, each of which queues for a core (seen live on
   * two cores: with four containers that start at a time, half of the requests took 45 ms and more,
   * with one that starts 6 ms).
   */
  long waitMicros(Node node) {
    double crowding = of(node).crowding();
    return crowding == 0 ? 0 : Math.round(crowding * chance.micros(settings.crowdWait()));
  }
}
