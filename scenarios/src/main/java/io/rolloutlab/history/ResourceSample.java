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
 * @param receivedBytes over all its networks since its start; a node's include its tasks'; 0 for
 *     the machine and the lab itself
 * @param sentBytes over all its networks since its start; a node's include its tasks'; 0 for the
 *     machine and the lab itself
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
  /** In parts, by which nothing can be taken for something else; the file has them in one row. */
  public ResourceSample(long atMillis, Of of, Use use) {
    this(
        atMillis,
        of.kind(),
        of.name(),
        of.service(),
        of.version(),
        of.node(),
        use.cpuSeconds(),
        use.memoryBytes(),
        use.receivedBytes(),
        use.sentBytes());
  }

  /**
   * What a sample is of.
   *
   * @param kind what was looked at
   * @param name the task's id, the node's host name, or what its kind says
   * @param service of the task; empty for all else
   * @param version of the task; empty for all else and for services other than the app
   * @param node host name of the node; empty for the machine and the lab itself
   */
  public record Of(Kind kind, String name, String service, String version, String node) {
    /** The machine or a part of the lab. */
    public Of(Kind kind, String name) {
      this(kind, name, "", "", "");
    }

    /** A task's container. */
    public static Of task(TaskRef task) {
      return new Of(Kind.TASK, task.id(), task.service(), task.version(), task.node());
    }

    /** A node's container. */
    public static Of node(String hostname) {
      return new Of(Kind.NODE, hostname, "", "", hostname);
    }
  }

  /**
   * How much it has used.
   *
   * @param cpuSeconds used since its start, user and system together
   * @param memoryBytes in use at that moment, without the page cache that can be dropped
   * @param receivedBytes over all its networks since its start
   * @param sentBytes over all its networks since its start
   */
  public record Use(double cpuSeconds, long memoryBytes, long receivedBytes, long sentBytes) {
    /** Where only processors are looked at. */
    public static Use ofCpu(double cpuSeconds) {
      return new Use(cpuSeconds, 0, 0, 0);
    }
  }

  /** What kind of thing it is of. */
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
