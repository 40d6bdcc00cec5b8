package io.rolloutlab.matrix;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Cells by one measure: those that nothing is less than, and the others.
 *
 * @param best those that no other is told to be less than; by their medians
 * @param others those that another is less than; by their medians
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
    Map<Boolean, List<MatrixCell>> beaten =
        sorted.stream()
            .collect(
                Collectors.partitioningBy(
                    cell -> sorted.stream().anyMatch(one -> ToldApart.less(one, cell, measure))));
    return new Ranked(beaten.get(false), beaten.get(true));
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
