package io.rolloutlab.twin.model;

import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which tasks a service's name stands for, as the edge's node knows it: records of the embedded DNS
 * under dnsrr, servers of the virtual address with a weight above 0 under vip.
 *
 * <p>A task that is to stop has its weight set to 0 and stays a server until its container is gone
 * (moby {@code libnetwork/service_linux.go}: rmLBBackend; moby#36638): it gets no new connection,
 * and one that is there goes on, since IPVS chose when it was opened. Engines 29.0 and later took a
 * task on another node out at once, so that its connections broke (moby#51651), until 51842 mended
 * that; the twin's engines are of 26.1.
 */
public final class Names {
  private final EventQueue queue;
  private final TwinSettings settings;
  private final Chance chance;
  private final Map<String, List<Task>> known = new TreeMap<>();

  /** Service → how many connections to its virtual address were opened. */
  private final Map<String, Integer> opened = new HashMap<>();

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

  /**
   * Whom a new connection to a service's virtual address leads to: one server after the other, for
   * all who connect on the node, since a network has one balancer there (moby {@code
   * libnetwork/service_linux.go}: findLBEndpointSandbox, ipvs.RoundRobin).
   *
   * @return null where there is none
   */
  public Task balance(String service) {
    List<Task> tasks = lookUp(service);
    return tasks.isEmpty()
        ? null
        : tasks.get((opened.merge(service, 1, Integer::sum) - 1) % tasks.size());
  }

  private List<Task> of(Task task) {
    return known.computeIfAbsent(task.service().name(), name -> new ArrayList<>());
  }

  private void after(Runnable change) {
    queue.after(chance.micros(settings.gossip()), change);
  }
}
