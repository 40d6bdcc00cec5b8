package io.rolloutlab.app;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.app.console.StopSignal;
import io.rolloutlab.app.folder.Batches;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.matrix.CellRuns;
import io.rolloutlab.matrix.MatrixRun;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.matrix.Matrix;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.trial.Commit;
import io.rolloutlab.twin.model.TwinSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  record Kept(MatrixRun run, Findings findings) {}

  /**
   * Makes simulated ones.
   *
   * @param folder for the histories, which do not stay
   * @return empty when somebody asked to stop
   */
  static Optional<MatrixRuns> simulated(
      Matrix matrix,
      TwinSettings latencies,
      Commit commit,
      Path folder,
      StopSignal stop,
      PrintStream out) {
    return new SimulatedRuns<>(
            matrix.cells().stream().map(Matrix.Cell::scenario).toList(),
            matrix.seeds(),
            latencies,
            commit,
            folder,
            stop::asked,
            run -> new Kept(MatrixRun.of(run), isFirst(run, matrix) ? run : null))
        .run(matrix.name(), out)
        .map(MatrixRuns::of);
  }

  private static boolean isFirst(Findings run, Matrix matrix) {
    Scenario its = run.manifest().scenario();
    return matrix.cells().stream()
        .map(Matrix.Cell::scenario)
        .anyMatch(first -> first.name().equals(its.name()) && first.seed().equals(its.seed()));
  }

  private static MatrixRuns of(List<List<Kept>> cells) {
    return new MatrixRuns(
        cells.stream().map(runs -> CellRuns.of(runs.stream().map(Kept::run).toList())).toList(),
        cells.stream().flatMap(runs -> runs.stream().limit(1)).map(Kept::findings).toList());
  }

  /**
   * Makes the real ones that are not there yet, and reads them all. They are a batch of their own,
   * {@code matrix-NAME}: what is finished in it is not made again.
   */
  static MatrixRuns real(Matrix matrix, Path target, StopSignal stop, PrintStream out) {
    Batches batches = Batches.in(target);
    Path batch = batches.folder().resolve("matrix-" + matrix.name());
    String call = batches.next().getFileName().toString();
    List<RealRuns.Job> missing = new ArrayList<>();
    Map<Path, Kept> finished = new HashMap<>();
    for (int run = 0; run < matrix.repeats(); run++) {
      for (Matrix.Cell cell : matrix.cells()) {
        Path folder = folder(batch, cell, run);
        Optional<Findings> found = finished(folder, cell.scenario(run));
        if (found.isPresent()) {
          finished.put(folder, kept(found.get()));
        } else {
          String id = "%s-%s".formatted(call, missing.size() + 1);
          missing.add(new RealRuns.Job(cell.scenario(run), id, folder));
        }
      }
    }
    int all = matrix.cells().size() * matrix.repeats();
    out.printf("%s: %s real runs%n", matrix.name(), all);
    if (missing.size() < all) {
      out.printf(
          "%s of them are finished and are not made again; to have them made anew, remove %s%n",
          all - missing.size(), batch);
    }
    missing.forEach(job -> sayIfAnew(job, out));
    if (!missing.isEmpty()) {
      new RealRuns(Engine.home(), out, stop).run(missing);
    }
    return read(matrix, batch, finished);
  }

  /**
   * Reads the runs of a batch. One that cannot be read costs the others nothing.
   *
   * @param finished those that were read already, by their folders
   */
  static MatrixRuns read(Matrix matrix, Path batch, Map<Path, Kept> finished) {
    List<CellRuns> cells = new ArrayList<>();
    List<Findings> first = new ArrayList<>();
    for (Matrix.Cell cell : matrix.cells()) {
      List<MatrixRun> runs = new ArrayList<>();
      List<String> unread = new ArrayList<>();
      for (int run = 0; run < matrix.repeats(); run++) {
        Path folder = folder(batch, cell, run);
        Scenario scenario = cell.scenario(run);
        try {
          Optional<Kept> kept =
              Optional.ofNullable(finished.get(folder))
                  .or(() -> made(folder, scenario).map(MatrixRuns::kept));
          if (kept.isPresent() && runs.isEmpty()) {
            first.add(kept.get().findings());
          }
          kept.map(Kept::run).ifPresent(runs::add);
        } catch (HistoryException unreadable) {
          unread.add(unreadable.getMessage().lines().findFirst().orElse(folder.toString()));
        }
      }
      cells.add(new CellRuns(runs, unread));
    }
    return new MatrixRuns(cells, first);
  }

  private static Path folder(Path batch, Matrix.Cell cell, int run) {
    String name = cell.scenario().name();
    return batch.resolve(run == 0 ? name : "%s--%s".formatted(name, run + 1));
  }

  private static Kept kept(Findings found) {
    return new Kept(MatrixRun.of(found), found);
  }

  /**
   * The real run of this scenario that is in a folder, judged by what the scenario expects now;
   * empty where none was made, or one with other settings.
   *
   * @throws HistoryException when it cannot be read
   */
  private static Optional<Findings> made(Path folder, Scenario scenario) {
    return !HistoryReader.isRun(folder)
        ? Optional.empty()
        : Optional.of(HistoryReader.read(folder))
            .filter(history -> history.manifest().origin() == Manifest.Origin.LIVE)
            .filter(history -> HistoryReader.isOf(scenario, history.manifest()))
            .map(history -> Analysis.analyse(history.judgedAs(scenario)));
  }

  /** The same, where its numbers can be used; one that cannot be read is made anew. */
  private static Optional<Findings> finished(Path folder, Scenario scenario) {
    try {
      return made(folder, scenario).filter(found -> MatrixRun.of(found).trouble().isEmpty());
    } catch (HistoryException unreadable) {
      return Optional.empty();
    }
  }

  private static void sayIfAnew(RealRuns.Job job, PrintStream out) {
    if (HistoryReader.isRun(job.folder())) {
      out.printf(
          "%s: the run that is there did not come to its end, or its settings have changed; it is made"
              + " anew%n",
          job.scenario().name());
    }
  }
}
