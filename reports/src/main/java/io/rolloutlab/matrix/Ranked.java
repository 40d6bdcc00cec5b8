package io.rolloutlab.matrix;

import java.util.Comparator;
import java.util.List;

/**
 * Cells by one measure: those that nothing is less than, and the others.
 *
 * @param best the one with the least, and those that are not told apart from it; by their medians
 * @param others the rest, likewise
 */
record Ranked(List<MatrixCell> best, List<MatrixCell> others) {
  /**
   * Ranks cells that all have the measure.
   *
   * @param cells at least one
   */
  static Ranked by(MatrixMeasure measure, List<MatrixCell> cells) {
    List<MatrixCell> sorted =
        cells.stream().sorted(Comparator.comparingDouble(cell -> cell.median(measure))).toList();
    MatrixCell least = sorted.get(0);
    return new Ranked(
        sorted.stream().filter(cell -> !ToldApart.less(least, cell, measure)).toList(),
        sorted.stream().filter(cell -> ToldApart.less(least, cell, measure)).toList());
  }

  /** Whether they are all alike. */
  boolean isTie() {
    return others.isEmpty();
  }

  /** The one with the least of all. */
  MatrixCell first() {
    return best.get(0);
  }

  /** The one with the least of the rest. */
  MatrixCell next() {
    return others.get(0);
  }
}
