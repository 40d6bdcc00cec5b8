package io.rolloutlab.chance;

import io.rolloutlab.analysis.measure.Heading;
import java.util.stream.DoubleStream;

/** The differences that are too small to be worth a word, however sure they are. */
public final class Margin {
  private static final double SHARE = 0.01;

  /** Which differences those are, for people. */
  public static final String WHICH =
      "a difference below 1 % of the mean of all runs, or below one unit of the last place that is"
          + " printed";

  /** That nothing is said of them; a sentence. */
  public static final String RULE = "Nothing is said of %s.".formatted(WHICH);

  private Margin() {}

  /** One unit of the last place that is printed of a measure. */
  public static double resolution(Heading heading) {
    return Math.pow(10, -heading.decimals());
  }

  /**
   * Of one measure, in its unit.
   *
   * @param values of the runs of both sides
   */
  public static double of(Heading heading, double... values) {
    double mean = DoubleStream.of(values).average().orElse(0);
    return Math.max(resolution(heading), SHARE * Math.abs(mean));
  }
}
