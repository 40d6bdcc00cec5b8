package io.rolloutlab.twin;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** A machine of the Swarm, as the scheduler knows it (swarmkit {@code scheduler/nodeinfo.go}). */
final class Node {
  private final int number;
  private final String hostname;
  private final boolean manager;
  private final Set<Task> tasks = new LinkedHashSet<>();
  private final Map<Service, Integer> wantedOf = new HashMap<>();
  private int wanted;
  private OptionalLong networkMicros = OptionalLong.empty();
  private boolean lost;
  private boolean down;

  /**
   * @param number its place among the nodes
   */
  Node(int number, String hostname, boolean manager) {
    this.number = number;
    this.hostname = hostname;
    this.manager = manager;
  }

  int number() {
    return number;
  }

  String hostname() {
    return hostname;
  }

  boolean manager() {
    return manager;
  }

  /** Whether its machine is gone, whoever knows. */
  boolean lost() {
    return lost;
  }

  void lose() {
    lost = true;
  }

  /** Whether the manager holds it for down. */
  boolean down() {
    return down;
  }

  void markDown() {
    down = true;
  }

  /** Tasks that were assigned to it and have not ended. */
  Set<Task> tasks() {
    return tasks;
  }

  /** How many of them are wanted. */
  int wanted() {
    return wanted;
  }

  /** How many of them are wanted and of a service. */
  int wanted(Service service) {
    return wantedOf.getOrDefault(service, 0);
  }

  void add(Task task) {
    tasks.add(task);
    count(task, 1);
  }

  /** A task of it is wanted no longer. */
  void giveUp(Task task) {
    count(task, -1);
  }

  /** A task of it has ended. */
  void remove(Task task) {
    tasks.remove(task);
    if (task.wanted()) {
      count(task, -1);
    }
  }

  private void count(Task task, int change) {
    wanted += change;
    wantedOf.merge(task.service(), change, Integer::sum);
  }

  /** When the services' network is there; absent while no task has asked for it. */
  OptionalLong networkMicros() {
    return networkMicros;
  }

  /** The first task that needs it sets it up; others that come meanwhile wait for it as well. */
  void setsUpNetworkUntil(long micros) {
    networkMicros = OptionalLong.of(micros);
  }
}
