package io.rolloutlab.twin.model;

import io.rolloutlab.testbed.Availability;
import io.rolloutlab.testbed.ServiceSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** A machine of the Swarm, as the scheduler knows it (swarmkit {@code scheduler/nodeinfo.go}). */
public final class Node {
  /** Five minutes (scheduler.go: monitorFailures). */
  private static final long FAILURES_COUNT_MICROS = 300_000_000;

  private final int number;
  private final String hostname;
  private final boolean manager;
  private final Map<String, String> labels;
  private final Set<Task> tasks = new LinkedHashSet<>();
  private final Map<Service, Integer> wantedOf = new HashMap<>();

  /** Make → when its tasks failed here, in microseconds; makes are told apart by identity. */
  private final Map<ServiceSpec, Deque<Long>> failed = new IdentityHashMap<>();

  /** Ports of its own that tasks have taken (nodeinfo.go: usedHostPorts). */
  private final Set<Integer> taken = new HashSet<>();

  private int wanted;
  private CoresAndMemory free;
  private Availability availability = Availability.ACTIVE;
  private OptionalLong networkMicros = OptionalLong.empty();
  private boolean lost;
  private boolean down;

  /**
   * @param number its place among the nodes
   * @param capacity what it has
   * @param labels by name
   */
  public Node(
      int number,
      String hostname,
      boolean manager,
      CoresAndMemory capacity,
      Map<String, String> labels) {
    this.number = number;
    this.hostname = hostname;
    this.manager = manager;
    this.labels = labels;
    free = capacity;
  }

  int number() {
    return number;
  }

  public String hostname() {
    return hostname;
  }

  public boolean manager() {
    return manager;
  }

  /** By name. */
  public Map<String, String> labels() {
    return labels;
  }

  /** What Swarm may do with it. */
  public Availability availability() {
    return availability;
  }

  public void availability(Availability its) {
    availability = its;
  }

  /** Whether tasks may be given to it. */
  public boolean isOpen() {
    return !down && availability == Availability.ACTIVE;
  }

  /** Whether no task may be on it (swarmkit {@code orchestrator/task.go}: InvalidNode). */
  public boolean keepsNone() {
    return down || availability == Availability.DRAIN;
  }

  /**
   * Whether a port of its own is taken. Like what is reserved, it is free again when its task is
   * seen to have ended.
   *
   * @param port null for none
   */
  public boolean hasTaken(Integer port) {
    return port != null && taken.contains(port);
  }

  /** Whether its machine is gone, whoever knows. */
  public boolean lost() {
    return lost;
  }

  public void lose() {
    lost = true;
  }

  /** Whether the manager holds it for down. */
  public boolean down() {
    return down;
  }

  public void markDown() {
    down = true;
  }

  /** Tasks that were assigned to it and have not ended. */
  public Set<Task> tasks() {
    return tasks;
  }

  /** How many of them are wanted. */
  public int wanted() {
    return wanted;
  }

  /** How many of them are wanted and of a service. */
  public int wanted(Service service) {
    return wantedOf.getOrDefault(service, 0);
  }

  /**
   * What nobody has reserved. Neither what tasks really take is counted, nor what other processes
   * of the machine do; a task's share is free again when it is seen to have ended, not when it is
   * told to (nodeinfo.go: addTask, removeTask; scheduler.go: updateTask).
   */
  public CoresAndMemory free() {
    return free;
  }

  public void add(Task task) {
    tasks.add(task);
    free = free.minus(task.reserved());
    if (task.rules().hostPort() != null) {
      taken.add(task.rules().hostPort());
    }
    if (task.wanted()) {
      count(task, 1);
    }
  }

  /** A task of it is wanted no longer. */
  public void giveUp(Task task) {
    count(task, -1);
  }

  /** A task of it has ended. */
  public void remove(Task task) {
    tasks.remove(task);
    free = free.plus(task.reserved());
    taken.remove(task.rules().hostPort());
    if (task.wanted()) {
      count(task, -1);
    }
  }

  /** A task of it has failed. */
  public void fail(Task task, long nowMicros) {
    failed.computeIfAbsent(task.spec(), first -> new ArrayDeque<>()).add(nowMicros);
  }

  /** How many tasks of a make have failed here lately. */
  public int failures(ServiceSpec make, long nowMicros) {
    Deque<Long> times = failed.get(make);
    if (times == null) {
      return 0;
    }
    while (!times.isEmpty() && nowMicros - times.peek() > FAILURES_COUNT_MICROS) {
      times.poll();
    }
    return times.size();
  }

  private void count(Task task, int change) {
    wanted += change;
    wantedOf.merge(task.service(), change, Integer::sum);
  }

  /** When the services' network is there; absent while no task has asked for it. */
  public OptionalLong networkMicros() {
    return networkMicros;
  }

  /** The first task that needs it sets it up; others that come meanwhile wait for it as well. */
  public void setsUpNetworkUntil(long micros) {
    networkMicros = OptionalLong.of(micros);
  }
}
