package io.rolloutlab.twin;

import java.util.LinkedHashSet;
import java.util.Set;

/** A machine of the Swarm. */
final class Node {
  private final String hostname;
  private final boolean manager;
  private final Set<Task> tasks = new LinkedHashSet<>();
  private boolean knowsNetwork;

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

  /** Tasks that were assigned to it and have not ended. */
  Set<Task> tasks() {
    return tasks;
  }

  /** Whether a task of the network was here before; from now on one was. */
  boolean meetsNetwork() {
    boolean knew = knowsNetwork;
    knowsNetwork = true;
    return knew;
  }
}
