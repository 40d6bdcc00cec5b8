package io.rolloutlab.app;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.app.choice.Choice;
import io.rolloutlab.app.choice.Selection;
import io.rolloutlab.app.console.StopSignal;
import io.rolloutlab.app.folder.Batches;
import io.rolloutlab.app.real.Forecast;
import io.rolloutlab.app.real.RealRuns;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.html.Report;
import io.rolloutlab.matrix.CellRuns;
import io.rolloutlab.matrix.MatrixRun;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.matrix.Matrix;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.swarm.cluster.PortRange;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The real runs of a matrix. They are a batch of their own, {@code matrix-NAME}: what is finished
 * in it is not made again.
 *
 * @param only the cells whose runs are made; the others have those that are finished
 * @param target folder with the batches
 */
record RealMatrix(Matrix matrix, Selection only, Path target) {
  /**
   * A run that is asked for.
   *
   * @param finished what is kept of it where it is there already
   */
  private record Asked(
      Matrix.Cell cell, Scenario scenario, Path folder, Optional<MatrixRuns.Kept> finished) {}

  /** What {@link #runs} would make, and what it would not make again. */
  Forecast forecast() {
    return new Forecast(
        asked().stream()
            .map(
                one ->
                    new Forecast.Row(one.cell().name(), one.scenario(), one.finished().isPresent()))
            .toList());
  }

  /**
   * Makes those that are not there yet, and reads them all.
   *
   * @param atOnce how many at most, 1 or more
   * @param ports of the engine's machine that may be published on; empty for any
   * @param pages the matrix's folder, which gets those of all runs but the first of each cell
   */
  MatrixRuns runs(
      StopSignal stop, PrintStream out, int atOnce, Optional<PortRange> ports, Path pages) {
    List<Asked> asked = asked();
    Map<Path, MatrixRuns.Kept> finished = new HashMap<>();
    asked.forEach(one -> one.finished().ifPresent(kept -> finished.put(one.folder(), kept)));
    List<RealRuns.Job> missing = missing(asked);
    out.printf("%s: %s real runs%n", matrix.name(), asked.size());
    if (!finished.isEmpty()) {
      out.printf(
          "%s of them are finished and are not made again; to have them made anew, remove %s%n",
          finished.size(), batch());
    }
    missing.forEach(job -> sayIfAnew(job, out));
    if (!missing.isEmpty()) {
      new RealRuns(Engine.home(), out, stop, atOnce, ports).run(missing);
    }
    return read(matrix, batch(), finished, pages);
  }

  /**
   * Reads the runs of a batch. One that cannot be read costs the others nothing.
   *
   * @param finished those that were read already, by their folders
   * @param pages as of {@link #runs}
   */
  static MatrixRuns read(
      Matrix matrix, Path batch, Map<Path, MatrixRuns.Kept> finished, Path pages) {
    List<CellRuns> cells = new ArrayList<>();
    List<Findings> first = new ArrayList<>();
    for (Matrix.Cell cell : matrix.cells()) {
      List<MatrixRun> runs = new ArrayList<>();
      List<String> unread = new ArrayList<>();
      for (int run = 0; run < matrix.repeats(); run++) {
        Path folder = folder(batch, cell, run);
        Scenario scenario = cell.scenario(run);
        try {
          Optional<MatrixRuns.Kept> kept =
              Optional.ofNullable(finished.get(folder)).or(() -> made(folder, scenario));
          if (kept.isPresent() && runs.isEmpty()) {
            first.add(kept.get().findings());
          } else if (kept.isPresent()) {
            Report.renderFurther(kept.get().findings(), run, pages);
          }
          kept.map(MatrixRuns.Kept::run).ifPresent(runs::add);
        } catch (HistoryException unreadable) {
          unread.add(unreadable.getMessage().lines().findFirst().orElse(folder.toString()));
        }
      }
      cells.add(new CellRuns(runs, unread));
    }
    return new MatrixRuns(cells, first);
  }

  /** First a run of each cell that is taken, then a second one of each. */
  private List<Asked> asked() {
    List<Asked> all = new ArrayList<>();
    for (int run = 0; run < matrix.repeats(); run++) {
      for (Matrix.Cell cell : matrix.cells()) {
        if (only.takes(cell.name())) {
          Path folder = folder(batch(), cell, run);
          Scenario scenario = cell.scenario(run);
          all.add(new Asked(cell, scenario, folder, finished(folder, scenario)));
        }
      }
    }
    return all;
  }

  private List<RealRuns.Job> missing(List<Asked> asked) {
    String call = Batches.in(target).next().getFileName().toString();
    List<RealRuns.Job> missing = new ArrayList<>();
    for (Asked one : asked) {
      if (one.finished().isEmpty()) {
        String id = "%s-%s".formatted(call, missing.size() + 1);
        missing.add(new RealRuns.Job(one.scenario(), id, one.folder()));
      }
    }
    return missing;
  }

  private Path batch() {
    return Batches.in(target).folder().resolve("matrix-" + matrix.name());
  }

  private static Path folder(Path batch, Matrix.Cell cell, int run) {
    return batch.resolve(Choice.Run.of(cell.scenario(), run).name());
  }

  /**
   * The real run of this scenario that is in a folder, judged by what the scenario expects now;
   * empty where none was made, or one with other settings.
   *
   * @throws HistoryException when it cannot be read
   */
  private static Optional<MatrixRuns.Kept> made(Path folder, Scenario scenario) {
    return !HistoryReader.isRun(folder)
        ? Optional.empty()
        : Optional.of(HistoryReader.manifest(folder))
            .filter(manifest -> manifest.origin() == Manifest.Origin.LIVE)
            .filter(manifest -> HistoryReader.isOf(scenario, manifest))
            .map(fits -> HistoryReader.read(folder).judgedAs(scenario))
            .map(history -> MatrixRuns.Kept.of(Analysis.analyse(history)));
  }

  /** The same, where its numbers can be used; one that cannot be read is made anew. */
  private static Optional<MatrixRuns.Kept> finished(Path folder, Scenario scenario) {
    try {
      return made(folder, scenario)
          .filter(kept -> kept.run().trouble().isEmpty())
          // Some were not repeated alone before somebody asked to stop.
          .filter(kept -> RealRuns.disturbance(kept.findings()).isEmpty());
    } catch (HistoryException unreadable) {
      return Optional.empty();
    }
  }

  private static void sayIfAnew(RealRuns.Job job, PrintStream out) {
    if (HistoryReader.isRun(job.folder())) {
      out.printf(
          "%s: the run that is there did not come to its end, was disturbed by others beside it, or"
              + " its settings have changed; it is made anew%n",
          job.scenario().name());
    }
  }
}
