package io.rolloutlab.app;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.app.choice.Selection;
import io.rolloutlab.app.console.StopSignal;
import io.rolloutlab.app.real.Forecast;
import io.rolloutlab.html.Report;
import io.rolloutlab.matrix.CellRuns;
import io.rolloutlab.matrix.MatrixRun;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.matrix.Matrix;
import io.rolloutlab.trial.Commit;
import io.rolloutlab.twin.model.TwinSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The runs of a matrix.
 *
 * @param cells what is kept of each cell's runs, in the order of the matrix
 * @param first the findings of each cell's first run, of those cells that have one
 */
record MatrixRuns(List<CellRuns> cells, List<Findings> first) {
  /**
   * What is kept of one run.
   *
   * @param findings of a cell's first run; of the other simulated ones null, so that memory does
   *     not grow with the seeds
   */
  record Kept(MatrixRun run, Findings findings) {
    /** Of a run whose findings stay. */
    static Kept of(Findings run) {
      return new Kept(MatrixRun.of(run), run);
    }
  }

  /**
   * Makes simulated ones.
   *
   * @param only the cells that are run; the others have no runs
   * @param folder the matrix's: it gets the pages of all runs but the first of each cell, and holds
   *     the histories, which do not stay
   * @return empty when somebody asked to stop
   */
  static Optional<MatrixRuns> simulated(
      Matrix matrix,
      Selection only,
      TwinSettings latencies,
      Commit commit,
      Path folder,
      StopSignal stop,
      PrintStream out) {
    return new SimulatedRuns<>(
            taken(matrix, only).map(Matrix.Cell::scenario).toList(),
            matrix.seeds(),
            latencies,
            commit,
            folder.resolve("runs"),
            stop::asked,
            run -> kept(run, matrix, folder))
        .run(matrix.name(), out)
        .map(made -> of(inAllCells(made, matrix, only)));
  }

  /** What {@link #simulated} would make. */
  static Forecast forecast(Matrix matrix, Selection only) {
    return new Forecast(
        taken(matrix, only)
            .map(cell -> new Forecast.Row(cell.name(), cell.scenario(), false))
            .toList());
  }

  private static Stream<Matrix.Cell> taken(Matrix matrix, Selection only) {
    return matrix.cells().stream().filter(cell -> only.takes(cell.name()));
  }

  /** A list for each cell of the matrix. */
  private static List<List<Kept>> inAllCells(List<List<Kept>> made, Matrix matrix, Selection only) {
    Iterator<List<Kept>> next = made.iterator();
    return matrix.cells().stream()
        .map(cell -> only.takes(cell.name()) ? next.next() : List.<Kept>of())
        .toList();
  }

  /** The page of a first run is the report's, so its findings stay until that is written. */
  private static Kept kept(Findings run, Matrix matrix, Path folder) {
    int place = place(run.manifest().scenario(), matrix);
    if (place == 0) {
      return Kept.of(run);
    }
    Report.renderFurther(run, place, folder);
    return new Kept(MatrixRun.of(run), null);
  }

  /** Which run of its cell it is, counted from 0. */
  private static int place(Scenario run, Matrix matrix) {
    return matrix.cells().stream()
        .filter(cell -> cell.scenario().name().equals(run.name()))
        .mapToInt(cell -> cell.run(run.seed()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Of what is kept of each cell's runs.
   *
   * @param cells in the order of the matrix; none of a cell that has no runs
   */
  static MatrixRuns of(List<List<Kept>> cells) {
    return new MatrixRuns(
        cells.stream().map(runs -> CellRuns.of(runs.stream().map(Kept::run).toList())).toList(),
        cells.stream().flatMap(runs -> runs.stream().limit(1)).map(Kept::findings).toList());
  }
}
