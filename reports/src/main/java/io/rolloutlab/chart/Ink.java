package io.rolloutlab.chart;

import java.awt.Color;
import java.util.Locale;
import java.util.Optional;

/**
 * What a mark in a chart stands for. JFreeChart draws with the {@linkplain #paint sentinel colour};
 * the SVG carries {@linkplain #css classes} in its place, and the page decides what that looks like
 * in the light and in the dark.
 */
public enum Ink {
  TEXT,
  MUTED,
  GRID,
  AXIS,
  /** Phases in which nothing is changed. */
  BAND_CALM,
  /** Phases in which v2 takes over. */
  BAND_ROLLOUT,
  /** Phases in which v1 takes over again. */
  BAND_ROLLBACK,
  STEP,
  /** The colour of the paper, around lines that cross areas. */
  HALO,
  V1,
  V2,
  FAILED,
  UNKNOWN,
  /** The one colour of everything that is neither a version nor an outcome. */
  ACCENT,
  /** The baseline, beside the accent. */
  BASELINE,
  /** Percentiles: from light to strong. */
  P50,
  P95,
  P99,
  /** The engine of a node, beside the versions. */
  ENGINE,
  /** Error classes, by how many there are of them: the first one is the most frequent. */
  ERROR_1,
  ERROR_2,
  ERROR_3,
  ERROR_4,
  ERROR_5,
  /** Simulated runs, beside real ones in the accent. */
  TWIN,
  /** Single real runs, behind their mean. */
  LIVE_EACH,
  /** Curves of one chart, none of them a version or an outcome. */
  SERIES_1,
  SERIES_2,
  SERIES_3,
  SERIES_4,
  SERIES_5,
  SERIES_6;

  private final Color paint = new Color(3 + ordinal(), 90, 170);

  /** The colour to draw with; no other one may appear in a chart. */
  Color paint() {
    return paint;
  }

  /** The name in classes: {@code f-v1} is filled with the ink V1, {@code s-v1} drawn with it. */
  public String css() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The ink of the n-th error class, from 0; the last one for all further ones. */
  public static Ink error(int rank) {
    return values()[ERROR_1.ordinal() + Math.min(rank, 4)];
  }

  /** The ink of the n-th curve, from 0; they come again when there are no more. */
  public static Ink series(int number) {
    return values()[SERIES_1.ordinal() + number % 6];
  }

  static Optional<Ink> of(Color color) {
    int index = color.getRed() - 3;
    boolean known =
        color.getGreen() == 90 && color.getBlue() == 170 && index >= 0 && index < values().length;
    return known ? Optional.of(values()[index]) : Optional.empty();
  }
}
