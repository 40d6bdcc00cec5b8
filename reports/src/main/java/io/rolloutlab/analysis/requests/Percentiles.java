package io.rolloutlab.analysis.requests;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Percentiles of times that were measured, each one of the measured values (nearest rank).
 *
 * @param count how many were measured, at least 1
 * @param p50Millis 50 % of them took at most so many milliseconds
 * @param p90Millis 90 % of them took at most so many milliseconds
 * @param p95Millis 95 % of them took at most so many milliseconds
 * @param p99Millis 99 % of them took at most so many milliseconds
 * @param maxMillis the longest took so many milliseconds
 */
public record Percentiles(
    int count, int p50Millis, int p90Millis, int p95Millis, int p99Millis, int maxMillis) {
  private static final Quantile NEAREST_RANK =
      Quantile.withDefaults().with(Quantile.EstimationMethod.HF1).withCopy(false);

  /** Of values[from..to); reorders them. Empty when there are none. */
  static Optional<Percentiles> ofRange(int[] values, int from, int to) {
    if (from == to) {
      return Optional.empty();
    }
    double[] p = NEAREST_RANK.evaluateRange(values, from, to, 0.5, 0.9, 0.95, 0.99, 1);
    int[] q = Arrays.stream(p).mapToInt(value -> (int) value).toArray();
    return Optional.of(new Percentiles(to - from, q[0], q[1], q[2], q[3], q[4]));
  }
}
