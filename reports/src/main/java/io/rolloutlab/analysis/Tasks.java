package io.rolloutlab.analysis;

import java.util.List;

/**
 * The app's tasks. A task runs from the moment its state is {@code running} to the moment its state
 * is a final one; one that is told to stop runs on until it has stopped. With its node a task ends
 * as well: Swarm goes on calling it running, since nobody tells it otherwise.
 *
 * @param replicas the scenario wants of a version
 * @param peak most tasks running at once since x = 0, before the teardown
 * @param peakAtMillis when that was first reached
 * @param peakRatio peak ÷ replicas: 2 is "twice the tasks"
 * @param least fewest tasks running at once since x = 0, before the teardown
 * @param v1ReplicaSeconds task-seconds of v1 in {@link Timeline#measured}
 * @param v2ReplicaSeconds task-seconds of v2 in {@link Timeline#measured}
 * @param replicaSecondsAboveBaseline both together minus replicas × that time; negative when tasks
 *     were missing
 * @param replicaSecondsRatio both together ÷ (replicas × that time); 0 when that time is empty
 * @param containers of the same tasks, counted from the start of their containers
 * @param running how many run, a step function: each element holds until the next one's time
 * @param lives every task that ran, by start
 * @param killedAfterGrace how many were still there when their stop grace was over, and were killed
 */
public record Tasks(
    int replicas,
    int peak,
    long peakAtMillis,
    double peakRatio,
    int least,
    double v1ReplicaSeconds,
    double v2ReplicaSeconds,
    double replicaSecondsAboveBaseline,
    double replicaSecondsRatio,
    Containers containers,
    List<Running> running,
    List<Life> lives,
    int killedAfterGrace) {
  public Tasks {
    running = List.copyOf(running);
    lives = List.copyOf(lives);
  }

  /**
   * What the nodes must have room for: a task's container is there from {@code starting} on (or
   * from {@code running}, where that was missed) until it has stopped.
   *
   * @param peak most at once in {@link Timeline#measured}
   * @param secondsAboveBaseline container-seconds in that time minus replicas × that time; negative
   *     when some were missing
   */
  public record Containers(int peak, double secondsAboveBaseline) {}

  /**
   * From this moment on.
   *
   * @param v1 tasks of v1 that run
   * @param v2 tasks of v2 that run
   */
  public record Running(long atMillis, int v1, int v2) {
    /** Tasks of either version. */
    public int total() {
      return v1 + v2;
    }
  }

  /**
   * One task from running to its end.
   *
   * @param task id
   * @param version {@code v1} or {@code v2}
   * @param untilMillis the end of the history when it never ended
   * @param finalState {@code shutdown}, {@code failed} and so on; {@code lost} when its node was
   *     lost before; empty when it never ended
   */
  public record Life(
      String task,
      String service,
      int slot,
      String node,
      String version,
      long fromMillis,
      long untilMillis,
      String finalState) {}
}
