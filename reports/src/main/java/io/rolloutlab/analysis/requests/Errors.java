package io.rolloutlab.analysis.requests;

import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.history.Population;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Failed requests. Error classes are those of {@link io.rolloutlab.history.Request#error} ({@code
 * http-502}, {@code refused}, {@code timeout}, {@code closed}, {@code not-good}, {@code
 * wrong-answer}, {@code other}) and {@link #DROPPED_RESENT}.
 *
 * @param sinceRollout failed over all requests sent since x = 0 whose end is known
 * @param unknownSinceRollout requests sent since x = 0 whose end is not known; in no share
 * @param classes every class that occurred in the run, sorted
 * @param byPhase one element a phase, in order
 * @param counts class × phase × population, only those above 0; sorted by phase, class, population
 * @param longestOutage the longest time since x = 0 in which no request succeeded though some were
 *     made: from the sending of the first request that failed to the end of the next one that
 *     succeeded (or the end of the load); empty when none failed so
 * @param longestSuccessGap the longest time between the ends of two successive successes since x =
 *     0, while load was on (the start and end of the load stand in for missing ones); also slow
 *     answers make it long; empty without requests
 * @param perSecond of the whole load
 */
public record Errors(
    Share sinceRollout,
    int unknownSinceRollout,
    List<String> classes,
    List<PhaseErrors> byPhase,
    List<Count> counts,
    Optional<Span> longestOutage,
    Optional<Span> longestSuccessGap,
    List<Second> perSecond) {
  /** The class of requests that were dropped and silently sent again by the load tool. */
  public static final String DROPPED_RESENT = "dropped-resent";

  public Errors {
    classes = List.copyOf(classes);
    byPhase = List.copyOf(byPhase);
    counts = List.copyOf(counts);
    perSecond = List.copyOf(perSecond);
  }

  /**
   * The requests sent in one phase.
   *
   * @param sent ok + failed + unknown
   * @param failed over ok and failed
   */
  public record PhaseErrors(RunTimeline.Phase phase, int sent, int ok, int unknown, Share failed) {}

  /**
   * How often a class occurred.
   *
   * @param phase index in {@link RunTimeline#phases}; −1 before the first one
   */
  public record Count(int phase, String errorClass, Population population, int count) {}

  /**
   * The requests sent in one second.
   *
   * @param second after x = 0
   * @param sent ok + failed + unknown
   * @param failedByClass only classes that occurred in this second
   */
  public record Second(
      int second,
      int sent,
      int ok,
      int failed,
      int unknown,
      SortedMap<String, Integer> failedByClass) {
    public Second {
      failedByClass = Collections.unmodifiableSortedMap(new TreeMap<>(failedByClass));
    }
  }
}
