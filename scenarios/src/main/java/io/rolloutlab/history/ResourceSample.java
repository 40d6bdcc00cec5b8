package io.rolloutlab.history;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One look at the resources of a task's container, of a node, or of the machine that plays the run.
 *
 * @param atMillis when the engine read it; when the lab did, for the machine and the lab itself
 * @param kind what was looked at
 * @param name the task's id, the node's host name, or what its kind says
 * @param service of the task; empty for all else
 * @param version of the task; empty for all else and for services other than the app
 * @param node host name of the node; empty for the machine and the lab itself
 * @param cpuSeconds used since its start (user and system); a node's include its tasks'
 * @param memoryBytes in use without the page cache that can be dropped; a node's include its
 *     tasks'; 0 for the machine and the lab itself
 * @param receivedBytes over all its networks since its start; likewise
 * @param sentBytes over all its networks since its start; likewise
 */
@JsonPropertyOrder({
  "atMillis",
  "kind",
  "name",
  "service",
  "version",
  "node",
  "cpuSeconds",
  "memoryBytes",
  "receivedBytes",
  "sentBytes"
})
public record ResourceSample(
    long atMillis,
    Kind kind,
    String name,
    String service,
    String version,
    String node,
    double cpuSeconds,
    long memoryBytes,
    long receivedBytes,
    long sentBytes) {
  /** What a sample is of. */
  public enum Kind {
    TASK,
    /** The node's container: its engine and every task on it. */
    NODE,
    /**
     * All processors of the machine together, since it was switched on, the lab or not: a sample
     * named {@code busy} and one named {@code idle}, at the same moment. Their growth adds up to
     * processors × time.
     */
    MACHINE,
    /**
     * Processes of the lab outside all nodes: {@code harness} (the one that writes this), {@code
     * load} (the users), {@code engine} (the engines that hold the nodes, as far as they can be
     * seen from the harness: dockerd, containerd, their shims and their proxies of ports).
     */
    LAB
  }
}
