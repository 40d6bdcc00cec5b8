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
    List<ResourceSample> samples =
        history.resources().stream()
            .filter(sample -> sample.kind() == kind && sample.name().equals(name))
            .sorted(Comparator.comparingLong(ResourceSample::atMillis))
            .toList();
    times = samples.stream().mapToLong(sample -> sample.atMillis() - zero).toArray();
    seconds = samples.stream().mapToDouble(ResourceSample::cpuSeconds).toArray();
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
