package io.rolloutlab.sweep;

import io.rolloutlab.scenario.sweep.Sweep;
import io.rolloutlab.text.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One setting, and what its runs came to.
 *
 * @param runs how many there were, each with a seed of its own
 * @param ranges by {@link SweepMeasure#key}, of the measures that every run knows; empty when one
 *     of the runs is in trouble
 * @param trouble of the first run whose numbers cannot be used; empty when all can
 * @param number among those that nothing beats, from 1 by time; 0 when another setting beats it
 */
public record Point(
    Sweep.Setting setting, int runs, Map<String, Range> ranges, String trouble, int number) {
  public Point {
    ranges = Map.copyOf(ranges);
  }

  static Point of(Sweep.Setting setting, List<SweepRun> runs) {
    String trouble =
        runs.stream().map(SweepRun::trouble).filter(t -> !t.isEmpty()).findFirst().orElse("");
    Map<String, Range> ranges = new LinkedHashMap<>();
    if (trouble.isEmpty()) {
      for (SweepMeasure measure : SweepMeasure.all()) {
        Range range = Range.of(runs, run -> run.value(measure));
        if (range.isWhole()) {
          ranges.put(measure.key(), range);
        }
      }
    }
    return new Point(setting, runs.size(), ranges, trouble, 0);
  }

  Point withNumber(int other) {
    return new Point(setting, runs, ranges, trouble, other);
  }

  /** Whether every run came to its end with numbers that can be trusted. */
  public boolean usable() {
    return trouble.isEmpty();
  }

  /** Whether no other setting beats it. */
  public boolean best() {
    return number > 0;
  }

  /** Over its runs; empty where it is not known. */
  public Optional<Range> range(SweepMeasure measure) {
    return Optional.ofNullable(ranges.get(measure.key()));
  }

  /** The mean over its runs; not a number where it is not known. */
  public double mean(SweepMeasure measure) {
    return range(measure).map(Range::mean).orElse(Double.NaN);
  }

  /** Failed requests a rollout, rounded up: one failure in one run is not none. */
  public long failed() {
    return (long) Math.ceil(mean(SweepMeasure.FAILED_REQUESTS));
  }

  /** Requests of all its runs together, sent since the command; 0 where that is not known. */
  public long requests() {
    return range(SweepMeasure.REQUESTS)
        .map(range -> range.values().stream().mapToLong(Double::longValue).sum())
        .orElse(0L);
  }

  /** Whole seconds a rollout takes. */
  public long seconds() {
    return Math.round(mean(SweepMeasure.SECONDS));
  }

  /** Whole seconds until Swarm calls it completed. */
  public long completedSeconds() {
    return Math.round(mean(SweepMeasure.COMPLETED_SECONDS));
  }

  /** Room for so many more tasks is needed, rounded up. */
  public long extraTasks() {
    return (long) Math.ceil(mean(SweepMeasure.EXTRA_TASKS));
  }
}
