package io.rolloutlab.analysis.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;

/**
 * A counted share: of a sample, with its Wilson score interval, or of all that there are ({@link
 * #counted}), without one, since nothing was left to chance there.
 *
 * @param count how many of {@code total}
 * @param total 0 or more
 * @param share count ÷ total, 0 to 1; 0 when total is 0
 * @param low lower bound of the interval, 0 to 1; 0 when total is 0; null of a complete count, as
 *     the other two are then
 * @param high upper bound of the interval, 0 to 1; 1 when total is 0
 * @param confidence of the interval, for example 0.95
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Share(
    int count, int total, double share, Double low, Double high, Double confidence) {
  /** A share with a 95 % interval. */
  public static Share of(int count, int total) {
    return of(count, total, 0.95);
  }

  /** A share with an interval of the given confidence, above 0 and below 1. */
  public static Share of(int count, int total, double confidence) {
    refuseNoCount(count, total);
    if (total == 0) {
      return new Share(0, 0, 0, 0.0, 1.0, confidence);
    }
    Interval wilson =
        BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(total, count, 1 - confidence);
    // At the ends the bound is exact; floating point must not move it past the measured share.
    double low = count == 0 ? 0.0 : wilson.getLowerBound();
    double high = count == total ? 1.0 : wilson.getUpperBound();
    return new Share(count, total, (double) count / total, low, high, confidence);
  }

  /** A share of all that there are, for example of all users: exact, so without an interval. */
  public static Share counted(int count, int total) {
    refuseNoCount(count, total);
    return new Share(count, total, total == 0 ? 0 : (double) count / total, null, null, null);
  }

  private static void refuseNoCount(int count, int total) {
    if (count < 0 || count > total) {
      throw new IllegalArgumentException("%s is no count out of %s".formatted(count, total));
    }
  }

  /** Whether it is of a sample, so that it has an interval. */
  public boolean hasInterval() {
    return low != null;
  }

  /** Whether the interval contains a value; of a complete count, whether the share is the value. */
  public boolean contains(double value) {
    return low == null ? share == value : low <= value && value <= high;
  }
}
