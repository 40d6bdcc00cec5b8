package io.rolloutlab.analysis;

import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;

/**
 * A counted share with its Wilson score interval.
 *
 * @param count how many of {@code total}
 * @param total 0 or more
 * @param share count ÷ total, 0 to 1; 0 when total is 0
 * @param low lower bound of the interval, 0 to 1; 0 when total is 0
 * @param high upper bound of the interval, 0 to 1; 1 when total is 0
 * @param confidence of the interval, for example 0.95
 */
public record Share(
    int count, int total, double share, double low, double high, double confidence) {
  /** A share with a 95 % interval. */
  public static Share of(int count, int total) {
    return of(count, total, 0.95);
  }

  /** A share with an interval of the given confidence, above 0 and below 1. */
  public static Share of(int count, int total, double confidence) {
    if (count < 0 || count > total) {
      throw new IllegalArgumentException("%s is no count out of %s".formatted(count, total));
    }
    if (total == 0) {
      return new Share(0, 0, 0, 0, 1, confidence);
    }
    Interval wilson =
        BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(total, count, 1 - confidence);
    // At the ends the bound is exact; floating point must not move it past the measured share.
    double low = count == 0 ? 0 : wilson.getLowerBound();
    double high = count == total ? 1 : wilson.getUpperBound();
    return new Share(count, total, (double) count / total, low, high, confidence);
  }

  /** Whether the interval contains a value. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
