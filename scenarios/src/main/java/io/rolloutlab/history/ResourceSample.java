package io.rolloutlab.history;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One look at the resources of a task's container or of a node.
 *
 * @param atMillis when the engine read it
 * @param kind what was looked at
 * @param name the task's id, or the node's host name
 * @param service of the task; empty for a node
 * @param version of the task; empty for a node and for services other than the app
 * @param node host name of the node
 * @param cpuSeconds used since its start (user and system); a node's include its tasks'
 * @param memoryBytes in use without the page cache that can be dropped; a node's include its tasks'
 * @param receivedBytes over all its networks since its start
 * @param sentBytes over all its networks since its start
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
    NODE
  }
}
