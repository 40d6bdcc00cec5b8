package io.rolloutlab.analysis.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rolloutlab.analysis.run.RunTimeline;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How busy the machine was that played the run, and with what. Shares are of the time of all its
 * processors together, 0 to 1.
 *
 * @param notRecorded why there is nothing: {@code simulated}, or {@code not recorded} in histories
 *     without such samples; empty when there is
 * @param processors of the machine
 * @param sinceRollout in {@link RunTimeline#measured}; empty when that was not watched
 * @param byPhase phases in order; only those that were watched for some time
 * @param watchedMillis how long it was watched under load; where others were made beside the run,
 *     since their loads flow, too
 * @param withoutIdleMillis how much of that passed in looks (one a second) in which less than
 *     {@value MachineLooks#IDLE_PERCENT} % of the processors' time was idle
 * @param doubt a sentence when that is more than {@value MachineAnalysis#BUSY_PERCENT} % of the
 *     time that was watched: who has to wait for a processor measures that wait as latency; empty
 *     otherwise
 */
public record MachineUse(
    String notRecorded,
    int processors,
    Optional<Use> sinceRollout,
    List<PhaseUse> byPhase,
    long watchedMillis,
    long withoutIdleMillis,
    String doubt) {
  public MachineUse {
    byPhase = List.copyOf(byPhase);
  }

  /**
   * The use in one phase, as far as it was watched.
   *
   * @param doubt as {@link MachineUse#doubt}, of this phase alone
   */
  public record PhaseUse(RunTimeline.Phase phase, Use use, String doubt) {}

  /**
   * Shares of the processors' time, 0 to 1.
   *
   * @param busy in use, by whatever
   * @param harness the lab's own process; empty when it was not seen in the run
   * @param load the process that plays the users; empty when it was not seen in the run
   * @param engine engines that hold the nodes; empty when none was seen in the run
   * @param nodeEngines engines in the nodes: nodes minus their tasks; empty when what containers
   *     used is not known
   * @param tasks of the app and of the edge; empty when what containers used is not known
   * @param beside tasks of a stack's other services; empty where there were none, and when what
   *     containers used is not known
   * @param others what is left of busy: other programs, and what of these was not seen
   */
  public record Use(
      double busy,
      OptionalDouble harness,
      OptionalDouble load,
      OptionalDouble engine,
      OptionalDouble nodeEngines,
      OptionalDouble tasks,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) OptionalDouble beside,
      double others) {
    /** The lab itself: harness, load and all engines. */
    public double lab() {
      return harness.orElse(0) + load.orElse(0) + engine.orElse(0) + nodeEngines.orElse(0);
    }
  }
}
