package io.rolloutlab.analysis.cost;

import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.history.History;
import io.rolloutlab.history.ResourceSample;
import io.rolloutlab.scenario.check.Patience;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Looks for tasks of the app that ran and were not sampled meanwhile: what they used is not known,
 * and to leave it out would make the run look cheaper than it was.
 */
final class ResourceHoles {
  /**
   * Samples come once a second. A task may begin or end this long without one: how much it used
   * there is not known at all.
   */
  private static final Duration AT_AN_END = Duration.ofSeconds(5);

  /**
   * Between two samples of a task more is known: its CPU time is a running total, so none of it is
   * lost, and its memory is taken as it was at the earlier one ({@link ResourceSeries}). Engines of
   * a machine that starts many containers have left holes of 5 and 5.9 s.
   */
  private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(15);

  private final long atAnEndMillis;
  private final long betweenSamplesMillis;

  /**
   * @param patience with a machine that takes longer for everything, so also for a sample
   */
  private ResourceHoles(Patience patience) {
    atAnEndMillis = patience.stretched(AT_AN_END).toMillis();
    betweenSamplesMillis = patience.stretched(BETWEEN_SAMPLES).toMillis();
  }

  /**
   * The first hole in {@link RunTimeline#measured}, for people; empty when there is none. A history
   * without any sample of a task says nothing of costs, which is no hole.
   *
   * @param lives of the app's tasks
   */
  static Optional<String> first(History history, List<Tasks.Life> lives, RunTimeline timeline) {
    Map<String, LongStream.Builder> times =
        times(history.resources(), timeline.zeroAtEpochMillis());
    if (times.isEmpty()) {
      return Optional.empty();
    }
    ResourceHoles holes = new ResourceHoles(history.manifest().scenario().waiting());
    return lives.stream()
        .flatMap(
            life ->
                holes
                    .hole(
                        life,
                        times.getOrDefault(life.task(), LongStream.builder()).build(),
                        timeline.measured())
                    .stream())
        .findFirst();
  }

  /** When each task was sampled, after x = 0. */
  private static Map<String, LongStream.Builder> times(List<ResourceSample> samples, long zero) {
    Map<String, LongStream.Builder> times = new HashMap<>();
    for (ResourceSample sample : samples) {
      if (sample.kind() == ResourceSample.Kind.TASK) {
        times
            .computeIfAbsent(sample.name(), task -> LongStream.builder())
            .add(sample.atMillis() - zero);
      }
    }
    return times;
  }

  private Optional<String> hole(Tasks.Life life, LongStream sampled, Span measured) {
    long[] looks =
        sampled.filter(at -> life.fromMillis() < at && at < life.untilMillis()).sorted().toArray();
    long seen = life.fromMillis();
    for (int i = 0; i <= looks.length; i++) {
      long next = i < looks.length ? looks[i] : life.untilMillis();
      boolean betweenSamples = 0 < i && i < looks.length;
      long from = Math.max(seen, measured.startMillis());
      long unseen = Math.min(next, measured.endMillis()) - from;
      if (unseen > (betweenSamples ? betweenSamplesMillis : atAnEndMillis)) {
        return Optional.of(notSampled(life, from, unseen));
      }
      seen = next;
    }
    return Optional.empty();
  }

  private static String notSampled(Tasks.Life life, long fromMillis, long millis) {
    return "task %s (%s, %s) was not sampled for %s from %s on, though it ran: what it used is not known"
        .formatted(
            life.task(),
            life.name(),
            life.version(),
            Numbers.seconds(millis),
            Numbers.seconds(fromMillis));
  }
}
