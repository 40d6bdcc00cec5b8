package io.rolloutlab.twin.clock;

import java.util.Arrays;

/**
 * How long something takes: anything from low to high, most often about likely (a triangle).
 *
 * @param lowMillis the shortest
 * @param likelyMillis the most likely
 * @param highMillis the longest
 */
public record Spread(double lowMillis, double likelyMillis, double highMillis) {
  public Spread {
    if (!(0 <= lowMillis && lowMillis <= likelyMillis && likelyMillis <= highMillis)) {
      throw new IllegalArgumentException(
          "a spread must rise from 0, but is %s, %s, %s"
              .formatted(lowMillis, likelyMillis, highMillis));
    }
  }

  /** Always the same. */
  public static Spread exactly(double millis) {
    return new Spread(millis, millis, millis);
  }

  /**
   * The triangle with the 5 % quantile, the median and the mean of what was seen.
   *
   * @param sorted at least one value, in milliseconds
   */
  public static Spread seen(double[] sorted) {
    double mean = Arrays.stream(sorted).average().orElseThrow();
    double low = Math.min(quantile(sorted, 0.05), mean);
    double likely = Math.max(low, Math.min(quantile(sorted, 0.5), (3 * mean - low) / 2));
    return new Spread(low, likely, Math.max(likely, 3 * mean - low - likely));
  }

  public static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  /** The middle of it. */
  public double meanMillis() {
    return (lowMillis + likelyMillis + highMillis) / 3;
  }

  /** Square milliseconds. */
  public double variance() {
    double a = lowMillis;
    double b = likelyMillis;
    double c = highMillis;
    return (a * a + b * b + c * c - a * b - a * c - b * c) / 18;
  }

  /**
   * The same shape with another mean and width; it does not go below 0, and keeps its mean where it
   * would.
   *
   * @param factor of the mean
   * @param widening of the distances from the mean, beside the factor
   */
  public Spread scaled(double factor, double widening) {
    double mean = meanMillis() * factor;
    double width = factor * widening;
    double low = Math.max(0, mean + (lowMillis - meanMillis()) * width);
    double likely = Math.max(low, mean + (likelyMillis - meanMillis()) * width);
    return new Spread(low, likely, Math.max(likely, 3 * mean - low - likely));
  }

  /**
   * The length at a share of all cases.
   *
   * @param share 0 to 1
   */
  double quantileMillis(double share) {
    double width = highMillis - lowMillis;
    if (width == 0) {
      return lowMillis;
    }
    double rise = (likelyMillis - lowMillis) / width;
    return share < rise
        ? lowMillis + Math.sqrt(share * width * (likelyMillis - lowMillis))
        : highMillis - Math.sqrt((1 - share) * width * (highMillis - likelyMillis));
  }
}
