package io.rolloutlab.html.matrix;

import io.rolloutlab.html.part.Conditions;
import io.rolloutlab.matrix.MatrixCell;
import io.rolloutlab.matrix.MatrixMeasure;
import io.rolloutlab.matrix.MatrixResult;
import io.rolloutlab.matrix.MatrixWords;
import io.rolloutlab.matrix.MoreHurt;
import io.rolloutlab.matrix.ToldApart;
import java.util.ArrayList;
import java.util.List;

/**
 * A matrix as its page shows it.
 *
 * @param tables one a number, then that of the outcomes; one at a time is seen
 * @param leftOut which cells are not shown since nobody asked for them, a sentence; empty where all
 *     are
 * @param notCompared why some strategies are neither the best nor the worst, a sentence; empty
 *     where all are compared
 * @param several the cells that have several runs, with these
 * @param toldApart when two cells are told apart, and what the intervals are where there are some;
 *     sentences
 * @param scenario of the first cell that is shown as YAML, with every default filled in
 */
public record MatrixView(
    MatrixResult result,
    List<MatrixTable> tables,
    String leftOut,
    String notCompared,
    List<CellShown> several,
    String toldApart,
    String scenario) {
  public MatrixView {
    tables = List.copyOf(tables);
    several = List.copyOf(several);
  }

  /** Where a cell leads; only to be asked of one that has runs. */
  public String link(MatrixCell cell) {
    return CellShown.link(cell);
  }

  static String ofFewer(MatrixResult result) {
    boolean enough = result.runsEach() >= ToldApart.ENOUGH_RUNS;
    return enough && !result.partial().isEmpty()
        ? " Of a cell that has fewer than %s, a smaller number is believed only where single runs"
                .formatted(ToldApart.ENOUGH_RUNS)
            + " would be: a fifth apart and more."
        : "";
  }

  /** The view of a matrix. */
  public static MatrixView of(MatrixResult result) {
    List<MatrixTable> tables = new ArrayList<>();
    for (MatrixMeasure measure : MatrixMeasure.all()) {
      tables.add(MatrixTable.of(result, measure));
    }
    tables.add(MatrixTable.outcomes(result));
    int first = result.cells().indexOf(result.shown().get(0));
    return new MatrixView(
        result,
        tables,
        MatrixWords.leftOut(result).orElse(""),
        MatrixWords.notCompared(result).orElse(""),
        CellShown.of(result),
        ToldApart.rule(result.runsEach()) + ofFewer(result) + MoreHurt.rule(result),
        Conditions.yaml(result.matrix().cells().get(first).scenario()));
  }
}
