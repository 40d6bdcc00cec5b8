package io.rolloutlab.matrix;

import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.matrix.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A matrix with its runs.
 *
 * @param origin of all of them: real and simulated ones are never mixed
 * @param cells in the order of the matrix
 * @param advice what to choose by their numbers
 */
public record MatrixResult(
    Matrix matrix, Manifest.Origin origin, List<MatrixCell> cells, List<Advice> advice) {
  public MatrixResult {
    cells = List.copyOf(cells);
    advice = List.copyOf(advice);
  }

  /**
   * Gathers the runs.
   *
   * @param runs of each of the matrix's cells, in their order; none of one that was not run yet
   * @param wanted whether a cell of a name ({@link Matrix.Cell#name()}) was asked for
   * @throws IllegalArgumentException when they are not of as many cells
   */
  public static MatrixResult of(
      Matrix matrix, Manifest.Origin origin, List<CellRuns> runs, Predicate<String> wanted) {
    if (runs.size() != matrix.cells().size()) {
      throw new IllegalArgumentException(
          "a matrix of %s cells has runs of %s".formatted(matrix.cells().size(), runs.size()));
    }
    List<MatrixCell> cells = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Matrix.Cell cell = matrix.cells().get(i);
      cells.add(
          new MatrixCell(
              cell.strategy(),
              cell.situation(),
              cell.scenario().name(),
              cell.scenario().load().users(),
              cell.scenario().settings().forEverybody() && !cell.scenario().isBaseline(),
              wanted.test(cell.name()),
              runsEach(matrix, origin),
              runs.get(i).runs(),
              runs.get(i).unread()));
    }
    return advised(matrix, origin, cells);
  }

  /** The cells, and what to choose by their numbers. */
  static MatrixResult advised(Matrix matrix, Manifest.Origin origin, List<MatrixCell> cells) {
    MatrixResult numbers = new MatrixResult(matrix, origin, cells, List.of());
    return new MatrixResult(matrix, origin, cells, Advising.of(numbers));
  }

  private static int runsEach(Matrix matrix, Manifest.Origin origin) {
    return origin == Manifest.Origin.TWIN ? matrix.seeds() : matrix.repeats();
  }

  /** Whether no Docker was used. */
  public boolean simulated() {
    return origin == Manifest.Origin.TWIN;
  }

  /** How many runs a cell that was asked for has, or is to have. */
  public int runsEach() {
    return runsEach(matrix, origin);
  }

  /** Of which cells {@link #runsEach()} is said, in words: nobody says it of others. */
  public String counted() {
    long wanted = cells.stream().filter(MatrixCell::wanted).count();
    if (wanted == cells.size()) {
      return "each cell";
    }
    return wanted == 1
        ? "the one cell that this call asked for"
        : "each of the %s cells that this call asked for".formatted(wanted);
  }

  /** Whether cells are shown that this call did not ask for, with runs of earlier ones. */
  public boolean showsEarlier() {
    return !shown().stream().allMatch(MatrixCell::wanted);
  }

  /** Those that were asked for, or have runs. */
  public List<MatrixCell> shown() {
    return cells.stream().filter(cell -> !cell.isLeftOut()).toList();
  }

  /** Those that nobody asked for, and that have no run. */
  public List<MatrixCell> leftOut() {
    return cells.stream().filter(MatrixCell::isLeftOut).toList();
  }

  /** Those that have a cell that is shown, in the order of the matrix. */
  public List<String> strategies() {
    List<String> shown = shown().stream().map(MatrixCell::strategy).toList();
    return matrix.strategies().stream().filter(shown::contains).toList();
  }

  /** Those that have a cell that is shown, in the order of the matrix. */
  public List<String> situations() {
    List<String> shown = shown().stream().map(MatrixCell::situation).toList();
    return matrix.situations().stream().filter(shown::contains).toList();
  }

  /** Of one strategy, one cell for each of {@link #situations()}. */
  public List<MatrixCell> row(String strategy) {
    List<String> situations = situations();
    return cells.stream()
        .filter(cell -> cell.strategy().equals(strategy))
        .filter(cell -> situations.contains(cell.situation()))
        .toList();
  }

  /** Of one situation, one cell for each of {@link #strategies()}. */
  public List<MatrixCell> column(String situation) {
    List<String> strategies = strategies();
    return cells.stream()
        .filter(cell -> cell.situation().equals(situation))
        .filter(cell -> strategies.contains(cell.strategy()))
        .toList();
  }

  /** Those whose numbers cannot be used, or that were asked for and not run yet. */
  public List<MatrixCell> unusable() {
    return shown().stream().filter(cell -> !cell.usable()).toList();
  }

  /** Those that were asked for and have some of their runs, but not all. */
  public List<MatrixCell> partial() {
    return cells.stream().filter(MatrixCell::wanted).filter(MatrixCell::partial).toList();
  }

  /** Those that missed what their scenario expects. */
  public List<MatrixCell> missed() {
    return cells.stream().filter(cell -> !cell.missed().isEmpty()).toList();
  }

  /** Of the labs that made the runs, each once. */
  public List<String> commits() {
    return cells.stream()
        .flatMap(cell -> cell.runs().stream())
        .map(MatrixRun::commit)
        .distinct()
        .toList();
  }
}
