package io.rolloutlab.stack;

/**
 * A published port.
 *
 * @param target in the task, 1 to 65535
 * @param published on the nodes, 1 to 65535; 0: Swarm chooses
 * @param protocol for example {@code tcp}
 * @param host whether each task takes the port of its own node; else every node listens for all
 */
public record StackPort(Place place, int target, int published, String protocol, boolean host) {}
