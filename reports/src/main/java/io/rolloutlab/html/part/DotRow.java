package io.rolloutlab.html.part;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.text.Range;
import java.util.List;

/**
 * Each run's value as a dot on a line, and the mean as a stroke through it.
 *
 * @param places of the runs from the left, in pixels
 * @param mean where the mean is; empty where there is no number
 */
public record DotRow(List<String> places, String mean) {
  /** How wide it is, with room for half a dot at each end; the templates have the same. */
  private static final double WIDTH = 140;

  private static final double ROOM = 8;

  public DotRow {
    places = List.copyOf(places);
  }

  /**
   * Of the runs of one kind.
   *
   * @param least the value at the left end, which rows that are compared have in common
   * @param most the value at the right end; where it is the least, all stand in the middle
   */
  public static DotRow of(Range runs, double least, double most) {
    return new DotRow(
        runs.values().stream().map(value -> place(value, least, most)).toList(),
        runs.isEmpty() ? "" : place(runs.mean(), least, most));
  }

  private static String place(double value, double least, double most) {
    double share = most > least ? (value - least) / (most - least) : 0.5;
    return FIGURES.number(ROOM + share * (WIDTH - 2 * ROOM), 1);
  }
}
