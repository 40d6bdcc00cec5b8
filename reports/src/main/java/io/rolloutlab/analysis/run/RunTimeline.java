package io.rolloutlab.analysis.run;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.PhaseKind;
import java.util.List;
import java.util.OptionalLong;

/**
 * The phases of a run on the time axis of every chart.
 *
 * @param zeroAtEpochMillis x = 0 in milliseconds since 1970: the start of the first rollout;
 *     without one (baseline) the start of the first hold; without that the first request, or the
 *     run's start
 * @param phases in order, each ends where the next one starts; empty only when none was recorded
 * @param load from the first request's sending to the last known end of a request; empty (0 to 0)
 *     without requests
 * @param measured from x = 0 to the end of the load or, without requests, of the phases before the
 *     teardown: the time that costs and errors "since the rollout" are about
 */
public record RunTimeline(long zeroAtEpochMillis, List<Phase> phases, Span load, Span measured) {
  public RunTimeline {
    phases = List.copyOf(phases);
  }

  /**
   * When the loads of all runs flowed that were made at once, after x = 0; empty of a run alone,
   * and in histories of older labs.
   *
   * @param history of the same run
   */
  public OptionalLong allUnderLoad(History history) {
    return history
        .events(Event.AllUnderLoad.class)
        .mapToLong(all -> all.atMillis() - zeroAtEpochMillis)
        .findFirst();
  }

  /**
   * One phase.
   *
   * @param index from 0, its place in {@link RunTimeline#phases}
   * @param label for people; not escaped
   * @param startMillis after x = 0
   * @param endMillis start of the next phase; of the last one the latest moment in the history
   */
  public record Phase(int index, PhaseKind kind, String label, long startMillis, long endMillis) {}
}
