package io.rolloutlab.change;

import io.rolloutlab.analysis.measure.Heading;
import java.util.stream.DoubleStream;

/** The differences that are too small to be worth a word, however sure they are. */
final class Margin {
  private static final double SHARE = 0.01;

  /** For people; a sentence. */
  static final String RULE =
      "Nothing is said of a difference below 1 % of the mean of all runs, or below one unit of the"
          + " last place that is printed.";

  private Margin() {}

  /** One unit of the last place that is printed of a measure. */
  static double resolution(Heading heading) {
    return Math.pow(10, -heading.decimals());
  }

  /**
   * Of one measure.
   *
   * @param values of the runs of both sides
   */
  static double of(Heading heading, double... values) {
    double mean = DoubleStream.of(values).average().orElse(0);
    return Math.max(resolution(heading), SHARE * Math.abs(mean));
  }
}
