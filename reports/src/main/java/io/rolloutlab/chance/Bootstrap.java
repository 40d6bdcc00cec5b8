package io.rolloutlab.chance;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The interval of the difference of two means, by drawing the runs of each side again and again. Of
 * a few runs the plain percentiles of such draws are too narrow, so that they are widened as Tim
 * Hesterberg's "What Teachers Should Know About the Bootstrap" (The American Statistician 69, 2015)
 * tells: the percentiles are those that Student's interval would reach.
 */
public final class Bootstrap {
  /** Of the draws: the same runs give the same interval. */
  public static final long SEED = 20_261_127;

  /** How often the runs of both sides are drawn. */
  public static final int DRAWS = 10_000;

  private static final double ONE_TAIL = 0.025;

  private Bootstrap() {}

  /**
   * Of B's mean minus A's, in the unit of the values.
   *
   * @param a at least two values
   * @param b at least two values
   */
  public static Interval95 ofDifference(double[] a, double[] b) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] differences = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      differences[i] = drawn(b, random) - drawn(a, random);
    }
    Arrays.sort(differences);
    double tail = tail(Math.min(a.length, b.length));
    int last = (int) Math.floor(tail * (DRAWS - 1));
    return new Interval95(differences[last], differences[DRAWS - 1 - last]);
  }

  private static double drawn(double[] values, SplittableRandom random) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[random.nextInt(values.length)];
    }
    return sum / values.length;
  }

  /** What is cut off at each end, by the runs of the smaller side. */
  private static double tail(int runs) {
    double student = TDistribution.of(runs - 1).inverseCumulativeProbability(ONE_TAIL);
    return NormalDistribution.of(0, 1)
        .cumulativeProbability(student * Math.sqrt(runs / (runs - 1.0)));
  }
}
