package io.rolloutlab.html.matrix;

import io.rolloutlab.matrix.MatrixCell;
import io.rolloutlab.matrix.MatrixMeasure;
import io.rolloutlab.matrix.MatrixWords;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Some cells as one number, which is no surer than they are.
 *
 * @param value of those that have one; not a number where none has
 * @param open whether it is known to be too small, or may be: so is one of those it is made of
 * @param known how many cells have one
 * @param cells how many there are
 */
record Summed(MatrixMeasure measure, double value, boolean open, int known, int cells) {
  /** The largest one; any that is known to be too small may be larger than it. */
  static Summed most(List<MatrixCell> cells, MatrixMeasure measure) {
    List<MatrixCell> known = known(cells, measure);
    double most = medians(known, measure).max().orElse(Double.NaN);
    return new Summed(measure, most, isOpen(known, measure), known.size(), cells.size());
  }

  /** The smallest one; where that is known to be too small, the smallest may be larger. */
  static Summed least(List<MatrixCell> cells, MatrixMeasure measure) {
    List<MatrixCell> known = known(cells, measure);
    double least = medians(known, measure).min().orElse(Double.NaN);
    boolean closed =
        known.stream().anyMatch(cell -> cell.median(measure) == least && !cell.isOpen(measure));
    boolean open = !known.isEmpty() && !closed;
    return new Summed(measure, least, open, known.size(), cells.size());
  }

  /** All of them added up. */
  static Summed together(List<MatrixCell> cells, MatrixMeasure measure) {
    List<MatrixCell> known = known(cells, measure);
    double sum = known.isEmpty() ? Double.NaN : medians(known, measure).sum();
    return new Summed(measure, sum, isOpen(known, measure), known.size(), cells.size());
  }

  private static List<MatrixCell> known(List<MatrixCell> cells, MatrixMeasure measure) {
    return cells.stream().filter(cell -> cell.range(measure).isPresent()).toList();
  }

  private static DoubleStream medians(List<MatrixCell> known, MatrixMeasure measure) {
    return known.stream().mapToDouble(cell -> cell.median(measure));
  }

  private static boolean isOpen(List<MatrixCell> known, MatrixMeasure measure) {
    return known.stream().anyMatch(cell -> cell.isOpen(measure));
  }

  /** As it is shown: with a mark where it may be larger, and of how many cells where not of all. */
  MatrixTable.Box box(String title) {
    return new MatrixTable.Box(
        MatrixWords.number(value, open, measure),
        known < cells ? "%s of %s cells".formatted(known, cells) : "",
        "",
        "",
        title);
  }
}
