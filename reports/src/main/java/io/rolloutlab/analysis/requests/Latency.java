package io.rolloutlab.analysis.requests;

import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.history.Population;
import java.util.List;
import java.util.Optional;

/**
 * How long answers took, from the actual sending to the end of the answer, of requests that
 * succeeded (failed ones are in {@link Errors}). Beside it stands the time from the moment at which
 * the arrival rate wanted the request sent: what a user waited where the load was late.
 *
 * @param warmUp before anything changed; empty without a warm-up
 * @param sinceRollout of requests sent since x = 0; empty when none succeeded
 * @param byPhase phases in order, in each both populations together, then each apart; only where
 *     requests succeeded
 * @param lateness how much later than intended all requests were sent, failed ones too; empty
 *     without requests. A large one means the load tool was overloaded
 * @param perSecond of the whole load
 * @param sinceRolloutFromIntended as {@code sinceRollout}, from the intended sending
 */
public record Latency(
    Optional<Percentiles> warmUp,
    Optional<Percentiles> sinceRollout,
    List<PhaseLatency> byPhase,
    Optional<Percentiles> lateness,
    List<Second> perSecond,
    Optional<Percentiles> sinceRolloutFromIntended) {
  public Latency {
    byPhase = List.copyOf(byPhase);
    perSecond = List.copyOf(perSecond);
  }

  /**
   * The latencies of a phase.
   *
   * @param population empty for both together
   * @param aboveWarmUp the phase's percentiles minus those of the warm-up of the same population;
   *     empty without a warm-up
   * @param fromIntended of the same requests, from the intended sending
   */
  public record PhaseLatency(
      RunTimeline.Phase phase,
      Optional<Population> population,
      Percentiles latency,
      Optional<Change> aboveWarmUp,
      Percentiles fromIntended) {}

  /** Percentiles minus other ones, in milliseconds; negative when faster. */
  public record Change(int p50Millis, int p95Millis, int p99Millis) {
    public static Change between(Percentiles from, Percentiles to) {
      return new Change(
          to.p50Millis() - from.p50Millis(),
          to.p95Millis() - from.p95Millis(),
          to.p99Millis() - from.p99Millis());
    }
  }

  /**
   * The requests sent in one second.
   *
   * @param second after x = 0
   * @param latency empty when none of them succeeded
   */
  public record Second(int second, Optional<Percentiles> latency) {}
}
