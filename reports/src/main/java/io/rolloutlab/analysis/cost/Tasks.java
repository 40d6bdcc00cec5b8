package io.rolloutlab.analysis.cost;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.history.TaskName;
import java.util.List;

/**
 * The app's tasks. A task runs from the moment its state is {@code running} to the moment its state
 * is a final one; one that is told to stop runs on until it has stopped. With its node a task ends
 * as well: Swarm goes on calling it running, since nobody tells it otherwise. In {@code
 * results.json} the numbers of the first two parts stand side by side.
 *
 * @param replicas the scenario wants of a version; of a global service one a node that may run it
 * @param atOnce how many ran at once
 * @param replicaSeconds how many ran for how long
 * @param containers of the same tasks, counted from the start of their containers
 * @param running how many run, a step function: each element holds until the next one's time
 * @param lives every task that ran, by start
 * @param killed tasks that did not end when they were told to
 */
public record Tasks(
    int replicas,
    @JsonUnwrapped AtOnce atOnce,
    @JsonUnwrapped ReplicaSeconds replicaSeconds,
    Containers containers,
    List<Running> running,
    List<Life> lives,
    Killed killed) {
  public Tasks {
    running = List.copyOf(running);
    lives = List.copyOf(lives);
  }

  /** {@link AtOnce#peak}. */
  public int peak() {
    return atOnce.peak();
  }

  /**
   * Tasks that ran at once since x = 0, before the teardown.
   *
   * @param peak most
   * @param peakAtMillis when that was first reached
   * @param peakRatio peak ÷ replicas: 2 is "twice the tasks"
   * @param least fewest
   */
  public record AtOnce(int peak, long peakAtMillis, double peakRatio, int least) {}

  /**
   * Task-seconds in {@link RunTimeline#measured}.
   *
   * @param v1 those of v1
   * @param v2 those of v2
   * @param aboveBaseline both together minus replicas × that time; negative when tasks were missing
   * @param ratio both together ÷ (replicas × that time); 0 when that time is empty
   */
  public record ReplicaSeconds(
      @JsonProperty("v1ReplicaSeconds") double v1,
      @JsonProperty("v2ReplicaSeconds") double v2,
      @JsonProperty("replicaSecondsAboveBaseline") double aboveBaseline,
      @JsonProperty("replicaSecondsRatio") double ratio) {}

  /**
   * What the nodes must have room for: a task's container is there from {@code starting} on (or
   * from {@code running}, where that was missed) until it has stopped.
   *
   * @param peak most at once in {@link RunTimeline#measured}
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
   * @param slot of the service, from 1; 0 where it is global
   * @param node host name
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
      String finalState) {
    /** Which task of its service it is; see {@link TaskName}. */
    public String name() {
      return TaskName.of(service, slot, node);
    }
  }

  /**
   * Tasks that were told to stop and had to be killed, since their grace was over.
   *
   * @param stopped tasks of the app that ran, were told to stop by Swarm and ended
   * @param byExitCode those of them whose exit code says so: 137, which is 128 and SIGKILL
   * @param byTime those without an exit code in the record that took at least their grace longer to
   *     end than the 3 s Swarm itself takes; only looked for where the grace is at least 5 s, since
   *     no shorter one can be told from a slow machine
   * @param sentence for people; empty when none was killed
   */
  public record Killed(int stopped, int byExitCode, int byTime, String sentence) {
    /** All that had to be killed. */
    public int total() {
      return byExitCode + byTime;
    }
  }
}
