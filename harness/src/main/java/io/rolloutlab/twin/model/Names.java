package io.rolloutlab.twin.model;

import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which tasks a service's name stands for, as the edge's node knows it: records of the embedded DNS
 * under dnsrr, servers of the virtual address with a weight above 0 under vip.
 */
public final class Names {
  private final EventQueue queue;
  private final TwinSettings settings;
  private final Chance chance;
  private final Map<String, List<Task>> known = new TreeMap<>();

  public Names(EventQueue queue, TwinSettings settings, Chance chance) {
    this.queue = queue;
    this.settings = settings;
    this.chance = chance;
  }

  /** A task is bound when its container runs, or is healthy where there is a check. */
  public void bind(Task task) {
    after(() -> of(task).add(task));
  }

  /** The first thing of a shutdown, before the stop signal. */
  public void unbind(Task task) {
    after(() -> of(task).remove(task));
  }

  /**
   * The network's members hold a node for dead: each forgets at once what it had said (moby {@code
   * libnetwork/networkdb/nodemgmt.go}: deleteNodeTableEntries; 26.1.5).
   */
  public void forget(Node node) {
    after(() -> known.values().forEach(tasks -> tasks.removeIf(task -> task.node() == node)));
  }

  /** In a fixed order. The list changes as names do: who keeps it copies it. */
  public List<Task> lookUp(String service) {
    return Collections.unmodifiableList(known.getOrDefault(service, List.of()));
  }

  private List<Task> of(Task task) {
    return known.computeIfAbsent(task.service().name(), name -> new ArrayList<>());
  }

  private void after(Runnable change) {
    queue.after(chance.micros(settings.gossip()), change);
  }
}
