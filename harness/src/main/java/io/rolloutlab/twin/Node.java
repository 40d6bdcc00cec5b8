package io.rolloutlab.twin;

import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;

/** A machine of the Swarm. */
final class Node {
  private final String hostname;
  private final boolean manager;
  private final Set<Task> tasks = new LinkedHashSet<>();
  private OptionalLong networkMicros = OptionalLong.empty();
  private boolean lost;
  private boolean down;

  Node(String hostname, boolean manager) {
    this.hostname = hostname;
    this.manager = manager;
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

  /** When the services' network is there; absent while no task has asked for it. */
  OptionalLong networkMicros() {
    return networkMicros;
  }

  /** The first task that needs it sets it up; others that come meanwhile wait for it as well. */
  void setsUpNetworkUntil(long micros) {
    networkMicros = OptionalLong.of(micros);
  }
}
