package io.rolloutlab.analysis;

import io.rolloutlab.history.ResourceSample;
import java.util.Arrays;
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
  /** Samples come once a second. */
  private static final long LONGEST_MILLIS = 5_000;

  private ResourceHoles() {}

  /**
   * The first hole in {@link Timeline#measured}, for people; empty when there is none. A history
   * without any sample of a task says nothing of costs, which is no hole.
   *
   * @param samples of any kind
   * @param lives of the app's tasks
   */
  static Optional<String> first(
      List<ResourceSample> samples, List<Tasks.Life> lives, Timeline timeline) {
    Map<String, LongStream.Builder> times = new HashMap<>();
    for (ResourceSample sample : samples) {
      if (sample.kind() == ResourceSample.Kind.TASK) {
        times
            .computeIfAbsent(sample.name(), task -> LongStream.builder())
            .add(sample.atMillis() - timeline.zeroAtEpochMillis());
      }
    }
    if (times.isEmpty()) {
      return Optional.empty();
    }
    return lives.stream()
        .flatMap(
            life ->
                hole(
                    life,
                    times.getOrDefault(life.task(), LongStream.builder()).build(),
                    timeline.measured())
                    .stream())
        .findFirst();
  }

  private static Optional<String> hole(Tasks.Life life, LongStream sampled, Span measured) {
    long from = Math.max(life.fromMillis(), measured.startMillis());
    long until = Math.min(life.untilMillis(), measured.endMillis());
    if (until - from <= LONGEST_MILLIS) {
      return Optional.empty();
    }
    long[] looks =
        LongStream.concat(LongStream.of(from, until), sampled.filter(at -> from < at && at < until))
            .toArray();
    Arrays.sort(looks);
    for (int i = 1; i < looks.length; i++) {
      if (looks[i] - looks[i - 1] > LONGEST_MILLIS) {
        return Optional.of(
            "task %s (%s.%s, %s) was not sampled for %s from %s on, though it ran: what it used is not known"
                .formatted(
                    life.task(),
                    life.service(),
                    life.slot(),
                    life.version(),
                    Numbers.seconds(looks[i] - looks[i - 1]),
                    Numbers.seconds(looks[i - 1])));
      }
    }
    return Optional.empty();
  }
}
