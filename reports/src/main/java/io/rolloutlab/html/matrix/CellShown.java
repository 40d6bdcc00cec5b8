package io.rolloutlab.html.matrix;

import io.rolloutlab.matrix.MatrixCell;
import io.rolloutlab.matrix.MatrixMeasure;
import io.rolloutlab.matrix.MatrixResult;
import io.rolloutlab.matrix.MatrixRun;
import io.rolloutlab.matrix.MatrixWords;
import io.rolloutlab.scenario.matrix.Matrix;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A cell with several runs, each of which has a page.
 *
 * @param name of the cell, and of the place where the page of the matrix lists its runs
 * @param words how people call the cell
 * @param runs those that are there, in the order of their seeds
 */
public record CellShown(String name, String words, List<Run> runs) {
  /** The number of a cell with one run leads to that. */
  private static final int SEVERAL = 2;

  public CellShown {
    runs = List.copyOf(runs);
  }

  /**
   * One run.
   *
   * @param label {@code run 2}: which of those that the cell is to have, counted from 1
   * @param page name of its page
   * @param note what came of it, in a few words
   */
  public record Run(String label, String page, String note) {}

  /** Those of a matrix, in its order. */
  static List<CellShown> of(MatrixResult result) {
    return IntStream.range(0, result.cells().size())
        .filter(i -> hasSeveral(result.cells().get(i)))
        .mapToObj(i -> of(result.cells().get(i), result.matrix().cells().get(i)))
        .toList();
  }

  private static CellShown of(MatrixCell cell, Matrix.Cell asked) {
    return new CellShown(
        cell.name(),
        cell.words(),
        IntStream.range(0, cell.runs().size()).mapToObj(i -> run(i, cell, asked)).toList());
  }

  /** The first that is there is one of the report of first runs, whichever it is. */
  private static Run run(int i, MatrixCell cell, Matrix.Cell asked) {
    MatrixRun run = cell.runs().get(i);
    int place = asked.run(run.seed());
    return new Run(
        "run " + (place + 1),
        i == 0 ? cell.name() : asked.scenario().runName(place),
        run.trouble().isEmpty()
            ? "%s hurt, %s"
                .formatted(MatrixWords.number(run, MatrixMeasure.USERS_HURT), run.outcome())
            : "its numbers cannot be used");
  }

  private static boolean hasSeveral(MatrixCell cell) {
    return cell.runs().size() >= SEVERAL;
  }

  /**
   * Where the number of a cell leads to, seen from the page of the matrix: to its one run, or to
   * where its runs are listed; empty where it has none.
   */
  static String link(MatrixCell cell) {
    if (hasSeveral(cell)) {
      return "#" + cell.name();
    }
    return cell.runs().isEmpty() ? "" : "report/%s.html".formatted(cell.name());
  }
}
