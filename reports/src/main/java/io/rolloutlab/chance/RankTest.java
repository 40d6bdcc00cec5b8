package io.rolloutlab.chance;

import java.util.stream.DoubleStream;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * The rank test of Mann and Whitney, of one number by itself.
 *
 * @param probability that the ranks of two sides without a change would be as uneven, 0 to 1
 * @param exact whether all orders were counted; where values are equal that cannot be, and a normal
 *     distribution stands in
 */
public record RankTest(double probability, boolean exact) {
  /** Two-sided, of at least one value on each side. */
  public static RankTest of(double[] a, double[] b) {
    if (DoubleStream.concat(DoubleStream.of(a), DoubleStream.of(b)).distinct().count() == 1) {
      return new RankTest(1, true);
    }
    MannWhitneyUTest.Result result = MannWhitneyUTest.withDefaults().test(a, b);
    return new RankTest(result.getPValue(), !result.hasTiedValues());
  }
}
