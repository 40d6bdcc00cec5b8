package io.rolloutlab.scenario.seen;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** How many requests there were when, of those that say so. */
final class SeenRates {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;

  private final Map<Long, Long> byMinute = new TreeMap<>();
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private long count;

  /**
   * So many requests a second.
   *
   * @param fromMillis when that began, milliseconds since 1970
   * @param toMillis when it ended
   */
  record Rate(double perSecond, long fromMillis, long toMillis) {}

  void add(OptionalLong atMillis) {
    if (atMillis.isPresent()) {
      long at = atMillis.getAsLong();
      first = Math.min(first, at);
      last = Math.max(last, at);
      count++;
      byMinute.merge(Math.floorDiv(at, MINUTE), 1L, Long::sum);
    }
  }

  /** From the first to the last; empty where less than a second is between them. */
  Optional<Rate> mean() {
    return count == 0 || last - first < SECOND
        ? Optional.empty()
        : Optional.of(new Rate(count * (double) SECOND / (last - first), first, last));
  }

  /** Of the minutes of the clock, the first of the busiest; empty where not two are there. */
  Optional<Rate> busiestMinute() {
    return byMinute.size() < 2
        ? Optional.empty()
        : byMinute.entrySet().stream()
            .reduce((before, next) -> next.getValue() > before.getValue() ? next : before)
            .map(
                most ->
                    new Rate(
                        most.getValue() * (double) SECOND / MINUTE,
                        most.getKey() * MINUTE,
                        (most.getKey() + 1) * MINUTE));
  }
}
