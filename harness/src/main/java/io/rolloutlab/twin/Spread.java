package io.rolloutlab.twin;

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

  /** The middle of it. */
  public double meanMillis() {
    return (lowMillis + likelyMillis + highMillis) / 3;
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
