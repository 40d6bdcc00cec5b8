package io.rolloutlab.matrix;

import io.rolloutlab.chance.Bootstrap;
import io.rolloutlab.chance.Interval95;
import io.rolloutlab.chance.Margin;
import io.rolloutlab.chance.RankTest;
import io.rolloutlab.text.Range;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * How many users more one cell hurts than another that it is told apart from, in the mean of their
 * runs, and how far chance reaches.
 *
 * @param cell the one that hurts more
 * @param than the one that it is held against
 * @param mean of {@code cell} minus that of {@code than}, in users; above 0
 * @param interval of that difference, in users
 * @param ranks of the rank test of the two
 */
public record MoreHurt(
    MatrixCell cell, MatrixCell than, double mean, Interval95 interval, RankTest ranks) {
  private static final MatrixMeasure USERS = MatrixMeasure.USERS_HURT;

  /**
   * Of two cells; empty where they are not told apart, where one has too few runs for an interval,
   * where the difference is within the margin, and where the runs show no scatter that an interval
   * could tell.
   */
  static Optional<MoreHurt> of(MatrixCell cell, MatrixCell than) {
    double[] more = users(cell);
    double[] less = users(than);
    boolean enough = Math.min(more.length, less.length) >= ToldApart.ENOUGH_RUNS;
    if (!enough || !ToldApart.less(than, cell, USERS)) {
      return Optional.empty();
    }
    double by = mean(more) - mean(less);
    double[] all = DoubleStream.concat(DoubleStream.of(less), DoubleStream.of(more)).toArray();
    return by <= Margin.of(USERS.measure().heading(), all)
        ? Optional.empty()
        : Optional.of(
                new MoreHurt(
                    cell, than, by, Bootstrap.ofDifference(less, more), RankTest.of(less, more)))
            .filter(MoreHurt::scatters);
  }

  private static double[] users(MatrixCell cell) {
    return cell.range(USERS).orElse(Range.of()).values().stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).average().orElseThrow();
  }

  private boolean scatters() {
    return !MatrixWords.number(interval.low(), USERS)
        .equals(MatrixWords.number(interval.high(), USERS));
  }

  /** As it goes on behind what the cell hurts: {@code 28 more than canary on average (…)}. */
  String words() {
    return "%s more than %s on average (95 %% interval %s to %s)"
        .formatted(
            MatrixWords.number(mean, USERS),
            than.strategy(),
            MatrixWords.number(interval.low(), USERS),
            MatrixWords.number(interval.high(), USERS));
  }

  /**
   * What the intervals of a matrix's advice are, for people: some sentences that go on behind
   * others, or nothing where there is no interval.
   */
  public static String rule(MatrixResult result) {
    if (result.advice().stream().allMatch(advice -> advice.next().isEmpty())) {
      return "";
    }
    return (" An interval is of the two cells alone that its sentence holds against each other: the runs"
            + " of each are drawn again %s times (seed %s). It does not reckon with that the same"
            + " runs said which two these are. None is given for %s.")
        .formatted(Bootstrap.DRAWS, Bootstrap.SEED, Margin.WHICH);
  }
}
