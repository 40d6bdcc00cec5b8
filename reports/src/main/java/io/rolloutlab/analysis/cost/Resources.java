package io.rolloutlab.analysis.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rolloutlab.analysis.run.RunTimeline;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * CPU and memory, of the app's tasks by version, of the edge's tasks, of those of a stack's other
 * services, and of the nodes' engines: what a node uses minus what its tasks use.
 *
 * @param warmUp mean level in the warm-up; empty without samples in one
 * @param app both versions together, in {@link RunTimeline#measured}
 * @param v1 tasks of v1 alone, in {@link RunTimeline#measured}
 * @param v2 tasks of v2 alone, in {@link RunTimeline#measured}
 * @param edge tasks of the edge
 * @param beside tasks of a stack's other services, which are in no other number; empty where none
 *     was sampled, as in all runs but a stack's
 * @param engines nodes minus their tasks
 * @param memoryPeakRatio peak memory of all app tasks ÷ their mean in the warm-up: 2 is "twice the
 *     memory"; empty without a warm-up
 * @param perSecond of the whole load; without load of the samples
 */
public record Resources(
    Optional<Second> warmUp,
    Use app,
    Use v1,
    Use v2,
    Use edge,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Use> beside,
    Use engines,
    OptionalDouble memoryPeakRatio,
    List<Second> perSecond) {
  public Resources {
    perSecond = List.copyOf(perSecond);
  }

  /**
   * What a group used in {@link RunTimeline#measured}.
   *
   * @param cpuSeconds of all cores together
   * @param memoryPeakBytes highest per-second level
   * @param memoryGigabyteSeconds in GB (10⁹ bytes) × s
   * @param cpuSecondsAboveWarmUp cpuSeconds minus the warm-up's mean level × time; empty without a
   *     warm-up
   * @param memoryGigabyteSecondsAboveWarmUp memoryGigabyteSeconds minus the warm-up's mean level ×
   *     time; empty without a warm-up
   */
  public record Use(
      double cpuSeconds,
      long memoryPeakBytes,
      double memoryGigabyteSeconds,
      OptionalDouble cpuSecondsAboveWarmUp,
      OptionalDouble memoryGigabyteSecondsAboveWarmUp) {}

  /**
   * Levels in one second.
   *
   * @param second after x = 0; the first second of the warm-up where it stands for its mean
   * @param v1 all tasks of v1 together
   * @param v2 all tasks of v2 together
   * @param edge all tasks of the edge together
   * @param beside all tasks of a stack's other services together; empty where none was sampled in
   *     the run
   * @param engines all nodes' engines together: nodes minus their tasks
   */
  public record Second(
      int second,
      Level v1,
      Level v2,
      Level edge,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Level> beside,
      Level engines) {
    Level ofBeside() {
      return beside.orElse(Level.NONE);
    }
  }

  /**
   * A level of use.
   *
   * @param cpuCores CPU seconds used per second
   * @param memoryBytes in use
   */
  public record Level(double cpuCores, long memoryBytes) {
    static final Level NONE = new Level(0, 0);

    Level plus(Level other) {
      return new Level(cpuCores + other.cpuCores, memoryBytes + other.memoryBytes);
    }
  }
}
