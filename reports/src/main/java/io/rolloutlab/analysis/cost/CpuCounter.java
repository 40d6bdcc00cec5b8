package io.rolloutlab.analysis.cost;

import io.rolloutlab.history.History;
import io.rolloutlab.history.ResourceSample;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** CPU seconds that only grow, as they were looked at from time to time. */
final class CpuCounter {
  private final long[] times;
  private final double[] seconds;

  /**
   * @param zero x = 0 in milliseconds since 1970
   */
  CpuCounter(History history, ResourceSample.Kind kind, String name, long zero) {
    this(
        history.resources().stream()
            .filter(sample -> sample.kind() == kind && sample.name().equals(name))
            .toList(),
        zero);
  }

  /**
   * @param samples of one thing, in any order
   * @param zero x = 0 in milliseconds since 1970
   */
  CpuCounter(List<ResourceSample> samples, long zero) {
    List<ResourceSample> inOrder =
        samples.stream().sorted(Comparator.comparingLong(ResourceSample::atMillis)).toList();
    times = inOrder.stream().mapToLong(sample -> sample.atMillis() - zero).toArray();
    seconds = inOrder.stream().mapToDouble(ResourceSample::cpuSeconds).toArray();
  }

  /** How many looks there were. */
  int size() {
    return times.length;
  }

  /** When it was looked at, after x = 0. */
  long time(int look) {
    return times[look];
  }

  /** How much it grew; before its first and after its last look it stands still. */
  double between(long from, long until) {
    return times.length == 0 ? 0 : Math.max(0, at(until) - at(from));
  }

  /**
   * How much it grew in a span at least, where it never grows faster than some rate: as much as
   * between the looks around the span, without all that may have been outside of it. What was not
   * looked at counts for nothing.
   *
   * @param most how much it may grow in a second
   */
  double atLeast(long from, long until, double most) {
    if (times.length == 0) {
      return 0;
    }
    int after = firstFrom(from);
    boolean exact = after < times.length && times[after] == from;
    int left = exact ? after : Math.max(0, after - 1);
    int right = Math.min(times.length - 1, firstFrom(until));
    long outside = Math.max(0, from - times[left]) + Math.max(0, times[right] - until);
    return Math.max(0, seconds[right] - seconds[left] - most * outside / 1000);
  }

  /** The place of the first look at a moment or after it. */
  private int firstFrom(long moment) {
    int found = Arrays.binarySearch(times, moment);
    return found >= 0 ? found : -found - 1;
  }

  private double at(long moment) {
    int found = Arrays.binarySearch(times, moment);
    int right = found >= 0 ? found : -found - 1;
    if (found >= 0 || right == 0) {
      return seconds[right];
    }
    if (right == times.length) {
      return seconds[right - 1];
    }
    double part = (double) (moment - times[right - 1]) / (times[right] - times[right - 1]);
    return seconds[right - 1] + part * (seconds[right] - seconds[right - 1]);
  }
}
