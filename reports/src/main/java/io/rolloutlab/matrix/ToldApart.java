package io.rolloutlab.matrix;

import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.text.Range;
import java.util.Locale;

/**
 * When two cells differ by more than chance. With several runs their ranges show how far chance
 * reaches; with a few, or one, a rule stands in for what they do not show.
 */
public final class ToldApart {
  /** So many runs of each, whose ranges do not meet by chance in less than three of 100 pairs. */
  public static final int ENOUGH_RUNS = 4;

  /** Single runs of one file differ by less than this of their times and amounts. */
  private static final double SINGLE_RUN_SHARE = 0.2;

  private ToldApart() {}

  /** The rule, for people. */
  public static String rule(int runs) {
    String few =
        "the medians differ by at least a fifth of the larger one and by at least %s, and for users"
            + " hurt the 95 %% intervals of their shares do not meet either";
    String least = "one of its unit (a tenth where it is a ratio)";
    return runs >= ENOUGH_RUNS
        ? "Two cells are told apart where the ranges of their %s runs do not meet, which is as"
                .formatted(runs)
            + " uneven as the exact rank test knows; chance alone would keep them apart in %s of 100"
                .formatted(percent(runs))
            + " pairs that are alike."
        : (runs == 1
                ? "Two cells are told apart where "
                : "Two cells are told apart where the ranges of their %s runs do not meet, "
                    .formatted(runs))
            + few.formatted(least)
            + ".";
  }

  /** Two of all the ways in which n and n runs can be ordered keep them apart. */
  private static String percent(int runs) {
    double ways = 1;
    for (int i = 1; i <= runs; i++) {
      ways = ways * (runs + i) / i;
    }
    return String.format(Locale.ROOT, "%.1f", 100 * 2 / ways);
  }

  /** Whether a cell has less of it than another, and not by chance. */
  public static boolean less(MatrixCell some, MatrixCell other, MatrixMeasure measure) {
    Range less = some.range(measure).orElse(Range.of());
    Range more = other.range(measure).orElse(Range.of());
    boolean apart = less.most() < more.least();
    boolean enough = Math.min(less.runs(), more.runs()) >= ENOUGH_RUNS;
    return apart && (enough || far(some, other, measure));
  }

  private static boolean far(MatrixCell some, MatrixCell other, MatrixMeasure measure) {
    double less = some.median(measure);
    double more = other.median(measure);
    double least = measure.unit().equals("×") ? 0.1 : 1;
    boolean far =
        more - less >= Math.max(least, SINGLE_RUN_SHARE * Math.max(Math.abs(less), Math.abs(more)));
    return far
        && (!measure.equals(MatrixMeasure.USERS_HURT)
            || users(some, less).high() < users(other, more).low());
  }

  private static Share users(MatrixCell cell, double count) {
    return Share.of((int) Math.min(cell.users(), Math.round(count)), cell.users());
  }
}
