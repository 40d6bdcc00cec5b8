package io.rolloutlab.chance;

/**
 * Where the difference of two means lies, with 95 % confidence.
 *
 * @param low in the unit of the measure
 * @param high at least {@code low}
 */
public record Interval95(double low, double high) {
  /** Whether it leaves open which of the two is larger. */
  public boolean hasZero() {
    return low <= 0 && high >= 0;
  }
}
