package io.rolloutlab.analysis.requests;

import io.rolloutlab.analysis.run.RunTimeline;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the load itself did: whether requests went out as often and as punctually as was asked.
 * Rates and lateness are of all requests that arrive, failed ones too, by their actual sending: not
 * of the assets that pages name, which follow an answer and no rate.
 *
 * @param wantedPerSecond the scenario's rate, of both populations together
 * @param achievedPerSecond from x = 0 to the last request; empty where that is less than a second
 * @param lateness how much later than intended requests were sent since x = 0; empty without any
 * @param byPhase phases in order; only those in which requests were sent
 */
public record Sending(
    double wantedPerSecond,
    OptionalDouble achievedPerSecond,
    Optional<Percentiles> lateness,
    List<PhaseSending> byPhase) {
  public Sending {
    byPhase = List.copyOf(byPhase);
  }

  /**
   * The requests sent in one phase.
   *
   * @param sent how many
   * @param achievedPerSecond while the load was on in this phase; empty where that is less than a
   *     second
   * @param lateness how much later than intended they were sent
   */
  public record PhaseSending(
      RunTimeline.Phase phase,
      int sent,
      OptionalDouble achievedPerSecond,
      Optional<Percentiles> lateness) {}
}
