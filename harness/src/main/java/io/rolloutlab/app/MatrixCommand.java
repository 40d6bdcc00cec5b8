package io.rolloutlab.app;

import io.rolloutlab.app.choice.AtOnce;
import io.rolloutlab.app.choice.Choice;
import io.rolloutlab.app.choice.DryRun;
import io.rolloutlab.app.choice.EnginePorts;
import io.rolloutlab.app.choice.HowPatient;
import io.rolloutlab.app.choice.RunsOfEach;
import io.rolloutlab.app.choice.Selection;
import io.rolloutlab.app.console.MavenNotes;
import io.rolloutlab.app.console.StopSignal;
import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.app.folder.FreshFolder;
import io.rolloutlab.app.real.RealRuns;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.html.Report;
import io.rolloutlab.matrix.MatrixResult;
import io.rolloutlab.matrix.MatrixSummary;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.cluster.Pace;
import io.rolloutlab.scenario.matrix.Matrix;
import io.rolloutlab.scenario.matrix.MatrixReader;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.swarm.cluster.PortRange;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.trial.Commit;
import io.rolloutlab.trial.LiveLimits;
import io.rolloutlab.trial.TwinTrial;
import io.rolloutlab.twin.model.TwinSettings;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which strategy to take, whatever goes wrong: every strategy in every situation. */
@Command(
    name = "matrix",
    description =
        "Runs every strategy in every situation, on a real Swarm or a simulated one, and writes a"
            + " page.")
final class MatrixCommand implements Callable<Integer> {
  private static final String FOLDER = "matrix";

  @Parameters(
      paramLabel = "MATRIX",
      defaultValue = "${sys:lab.matrices}",
      split = ",",
      description = "Matrix files, or folders of them. Default: the project's own.")
  private List<Path> files = List.of();

  @Option(
      names = "--simulated",
      description = "On the simulated Swarm: seconds instead of minutes, and no Docker.")
  private boolean asked;

  @Option(
      names = "--into",
      defaultValue = "${sys:lab.into}",
      paramLabel = "FOLDER",
      description =
          "Pages go into its folder matrix (simulated ones into twin/matrix), real runs into"
              + " runs/matrix-NAME; those that are finished there are not made again. Default:"
              + " target/rollout-lab")
  private Path into;

  @Option(
      names = "--settings",
      defaultValue = "${sys:lab.settings}",
      paramLabel = "FILE",
      description = "Latencies for --simulated, as calibrate wrote them. Default: the lab's own.")
  private Path settings;

  @Option(
      names = "--only",
      defaultValue = "${sys:lab.only}",
      split = ",",
      paramLabel = "CELL",
      description =
          "Runs only these cells, STRATEGY/SITUATION each: 'canary/*,*/errors' are all of canary, and"
              + " errors with every strategy.")
  private List<String> cells = List.of();

  @Mixin private RunsOfEach ofEach;
  @Mixin private AtOnce atOnce;
  @Mixin private EnginePorts enginePorts;
  @Mixin private HowPatient howPatient;
  @Mixin private DryRun dryRun;

  private final PrintStream out = System.out;

  /** How many real runs are made at once. */
  private int together;

  /** Which ports these may publish on. */
  private Optional<PortRange> ports = Optional.empty();

  /** Maven says it by a property. */
  private final boolean byProperty = Boolean.getBoolean("lab.simulated");

  @Override
  public Integer call() {
    List<Matrix> all;
    TwinSettings latencies;
    Path home;
    try {
      home = Engine.home();
      together = atOnce.number();
      all = read(home);
      ports = enginePorts.enoughFor(simulated() ? Stream.of() : scenarios(all), together);
      latencies = CalibrateCommand.settings(settings).settings();
    } catch (InvalidScenarioException | StepFailedException | IllegalArgumentException bad) {
      System.err.println(bad.getMessage());
      return Lab.BAD_INPUT;
    }
    try {
      return dryRun.asked() ? tell(all, home) : run(all, home, latencies);
    } catch (StepFailedException | HistoryException | UncheckedIOException failed) {
      System.err.println(failed.getMessage());
      return Lab.NOT_PASSED;
    }
  }

  private Stream<Scenario> scenarios(List<Matrix> all) {
    return all.stream()
        .flatMap(matrix -> matrix.cells().stream())
        .filter(cell -> only().takes(cell.name()))
        .map(Matrix.Cell::scenario);
  }

  private Selection only() {
    return new Selection(cells);
  }

  private boolean simulated() {
    return asked || byProperty;
  }

  private List<Matrix> read(Path home) {
    MatrixReader reader = new MatrixReader(howPatient.patience());
    OptionalInt runs = ofEach.number();
    List<Matrix> all =
        reader.readAll(
            Folders.named(files).orElse(List.of(home.resolve("scenarios").resolve(FOLDER))));
    only()
        .check(
            "cell",
            all.stream()
                .flatMap(matrix -> matrix.cells().stream())
                .map(Matrix.Cell::name)
                .toList());
    List<Matrix> chosen =
        all.stream()
            .filter(matrix -> matrix.cells().stream().anyMatch(cell -> only().takes(cell.name())))
            .map(
                matrix ->
                    runs.isPresent() ? matrix.withRuns(runs.getAsInt(), only()::takes) : matrix)
            .toList();
    chosen.forEach(matrix -> reader.warnings(matrix).forEach(Choice::warn));
    if (!simulated()) {
      chosen.forEach(matrix -> matrix.cells().forEach(cell -> LiveLimits.check(cell.scenario())));
    }
    return chosen;
  }

  /** What would be made, and nothing else. */
  private int tell(List<Matrix> all, Path home) {
    for (Matrix matrix : all) {
      out.println(matrix.name());
      if (simulated()) {
        MatrixRuns.forecast(matrix, only()).tellSimulated(out, matrix.seeds());
      } else {
        new RealMatrix(matrix, only(), Folders.target(home, into))
            .forecast()
            .tellReal(out, together, Pace.USUAL);
      }
    }
    return Lab.PASSED;
  }

  private int run(List<Matrix> all, Path home, TwinSettings latencies) {
    Path target = Folders.target(home, into);
    Path place = simulated() ? target.resolve(SimulateCommand.FOLDER) : target;
    Folders.logInto(place);
    Duration end =
        simulated()
            ? Duration.ZERO
            : RealRuns.longestEnd(
                all.stream().flatMap(m -> m.cells().stream()).map(Matrix.Cell::scenario).toList());
    int code = Lab.PASSED;
    try (StopSignal stop = new StopSignal(end)) {
      for (Matrix matrix : all) {
        Path folder = place.resolve(FOLDER).resolve(matrix.name() + part(matrix));
        int one =
            simulated()
                ? simulated(matrix, latencies, Commit.of(home), folder, stop)
                : real(matrix, target, folder, stop);
        code = Math.max(code, one);
        if (stop.asked()) {
          return Lab.INTERRUPTED;
        }
      }
    }
    return code;
  }

  /** Simulated runs are not kept: some cells of a matrix take nothing from the page of all. */
  private String part(Matrix matrix) {
    boolean all = matrix.cells().stream().allMatch(cell -> only().takes(cell.name()));
    return simulated() && !all ? "-part" : "";
  }

  private int simulated(
      Matrix matrix, TwinSettings latencies, Commit commit, Path folder, StopSignal stop) {
    matrix.cells().stream()
        .flatMap(cell -> TwinTrial.whatPlaysTheApp(cell.scenario()).stream())
        .distinct()
        .forEach(out::println);
    FreshFolder fresh = new FreshFolder(folder);
    try {
      Optional<MatrixRuns> made =
          MatrixRuns.simulated(matrix, only(), latencies, commit, fresh.path(), stop, out);
      if (made.isEmpty()) {
        out.printf(
            "%s: stopped before all its runs were made; no page is written, since a part of a"
                + " simulated matrix is no answer%n",
            matrix.name());
        return Lab.INTERRUPTED;
      }
      return told(matrix, Manifest.Origin.TWIN, made.get(), fresh, folder);
    } finally {
      fresh.discard();
    }
  }

  /** What was made before a stop is kept, and shown: the next call goes on from there. */
  private int real(Matrix matrix, Path target, Path folder, StopSignal stop) {
    FreshFolder fresh = new FreshFolder(folder);
    try {
      MatrixRuns runs =
          new RealMatrix(matrix, only(), target).runs(stop, out, together, ports, fresh.path());
      if (runs.first().isEmpty()) {
        out.println("no run was made, so there is no page");
        return Lab.NOT_PASSED;
      }
      return told(matrix, Manifest.Origin.LIVE, runs, fresh, folder);
    } finally {
      fresh.discard();
    }
  }

  private int told(
      Matrix matrix, Manifest.Origin origin, MatrixRuns runs, FreshFolder fresh, Path folder) {
    MatrixResult result = MatrixResult.of(matrix, origin, runs.cells(), only()::takes);
    out.println();
    out.print(MatrixSummary.of(result));
    sayIfOfSeveralLabs(result.commits());
    Path page = folder.resolve(Report.render(result, runs.first(), fresh.path()).getFileName());
    fresh.takePlace();
    MavenNotes.page(page, out);
    boolean good =
        Stream.of(result.unusable(), result.partial(), result.missed())
            .flatMap(List::stream)
            .map(cell -> Matrix.Cell.name(cell.strategy(), cell.situation()))
            .noneMatch(only()::takes);
    return good ? Lab.PASSED : Lab.NOT_PASSED;
  }

  /** Runs that are kept may be older than the lab that made the others. */
  private void sayIfOfSeveralLabs(List<String> commits) {
    if (commits.size() > 1) {
      out.printf(
          "These runs were made by %s versions of the lab (%s): differences may be the lab's%n",
          commits.size(), String.join(", ", commits));
    }
  }
}
