package io.rolloutlab.html.matrix;

import io.rolloutlab.html.part.DotRow;
import io.rolloutlab.matrix.MatrixCell;
import io.rolloutlab.matrix.MatrixMeasure;
import io.rolloutlab.matrix.MatrixResult;
import io.rolloutlab.matrix.MatrixWords;
import io.rolloutlab.text.Range;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * The scale that the dots of a table have in common, from the least to the most of all runs that
 * are shown as dots.
 *
 * @param least at the left end, in the unit of the measure; not a number where there are no dots
 * @param most at the right end
 */
record DotScale(MatrixMeasure measure, double least, double most) {
  /** A single run needs no dot: its number says it. */
  private static final int SEVERAL = 2;

  static DotScale of(MatrixResult result, MatrixMeasure measure) {
    double[] all =
        result.cells().stream()
            .flatMap(cell -> several(cell, measure).stream())
            .flatMap(range -> range.values().stream())
            .mapToDouble(Double::doubleValue)
            .toArray();
    return new DotScale(
        measure,
        DoubleStream.of(all).min().orElse(Double.NaN),
        DoubleStream.of(all).max().orElse(Double.NaN));
  }

  private static Optional<Range> several(MatrixCell cell, MatrixMeasure measure) {
    return cell.range(measure).filter(range -> range.runs() >= SEVERAL);
  }

  /** The runs of a cell; no dots where it has one run, or where not all have a number. */
  MatrixTable.Dots dots(MatrixCell cell) {
    return several(cell, measure)
        .map(
            range ->
                new MatrixTable.Dots(
                    DotRow.of(range, least, most), "runs: " + MatrixWords.each(cell, measure)))
        .orElse(MatrixTable.Dots.NONE);
  }

  /** How its dots are read, some sentences; empty where there are none. */
  String sentences() {
    if (Double.isNaN(least)) {
      return "";
    }
    return least == most
        ? "Each dot is a run; all of them came to %s.".formatted(MatrixWords.number(least, measure))
        : "Each dot is a run, and the stroke is their mean. All dots of this table have one scale,"
            + " from %s at the left to %s at the right."
                .formatted(MatrixWords.number(least, measure), MatrixWords.number(most, measure));
  }
}
