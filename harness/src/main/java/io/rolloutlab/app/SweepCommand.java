package io.rolloutlab.app;

import io.rolloutlab.app.choice.Choice;
import io.rolloutlab.app.console.MavenNotes;
import io.rolloutlab.app.console.StopSignal;
import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.app.folder.FreshFolder;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.html.Report;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.scenario.read.SweepReader;
import io.rolloutlab.scenario.sweep.Machines;
import io.rolloutlab.scenario.sweep.Sweep;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.sweep.SweepResult;
import io.rolloutlab.sweep.SweepRun;
import io.rolloutlab.sweep.SweepSummary;
import io.rolloutlab.trial.Commit;
import io.rolloutlab.twin.model.TwinSettings;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which settings to take: many simulated rollouts, and the ones that nothing beats. */
@Command(
    name = "sweep",
    description = "Tries every combination of settings on a simulated Swarm, and writes a page.")
final class SweepCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "SWEEP",
      defaultValue = "${sys:lab.sweeps}",
      split = ",",
      description = "Sweep files, or folders of them. Default: the project's own.")
  private List<Path> files = List.of();

  @Option(
      names = "--into",
      defaultValue = "${sys:lab.into}",
      paramLabel = "FOLDER",
      description = "Pages go into its folder twin/sweep. Default: target/rollout-lab")
  private Path into;

  @Option(
      names = "--settings",
      defaultValue = "${sys:lab.settings}",
      paramLabel = "FILE",
      description =
          "Latencies as calibrate wrote them; whether nodes share a machine is the sweep's to say."
              + " Default: the lab's own.")
  private Path settings;

  private final PrintStream out = System.out;

  @Override
  public Integer call() {
    try {
      Path home = Engine.home();
      List<Path> from =
          Folders.named(files).orElse(List.of(home.resolve("scenarios").resolve("sweeps")));
      SweepReader reader = new SweepReader();
      List<Sweep> sweeps = reader.readAll(from);
      sweeps.forEach(sweep -> reader.warnings(sweep).forEach(Choice::warn));
      TwinSettings latencies = CalibrateCommand.settings(settings).settings();
      Path target = Folders.target(home, into).resolve("twin");
      Folders.logInto(target);
      try (StopSignal stop = new StopSignal(Duration.ZERO)) {
        return run(sweeps, latencies, Commit.of(home), target.resolve("sweep"), stop);
      }
    } catch (InvalidScenarioException | IllegalArgumentException bad) {
      System.err.println(bad.getMessage());
      return Lab.BAD_INPUT;
    } catch (HistoryException | UncheckedIOException | IllegalStateException failed) {
      System.err.println(failed.getMessage());
      return Lab.NOT_PASSED;
    }
  }

  private int run(
      List<Sweep> sweeps, TwinSettings latencies, Commit commit, Path target, StopSignal stop) {
    int code = Lab.PASSED;
    for (Sweep sweep : sweeps) {
      int one = run(sweep, latencies, commit, target.resolve(sweep.name()), stop);
      if (one == Lab.INTERRUPTED) {
        return one;
      }
      code = Math.max(code, one);
    }
    return code;
  }

  private int run(
      Sweep sweep, TwinSettings latencies, Commit commit, Path folder, StopSignal stop) {
    FreshFolder fresh = new FreshFolder(folder);
    try {
      Optional<List<List<SweepRun>>> made =
          runs(sweep, latencies, commit, fresh.path().resolve("runs"), stop::asked)
              .run(sweep.name(), out);
      if (made.isEmpty()) {
        out.printf(
            "%s: stopped before all its runs were made; no page is written, since a part of a"
                + " sweep is no answer%n",
            sweep.name());
        return Lab.INTERRUPTED;
      }
      SweepResult result = SweepResult.of(sweep, commit.inWords(), made.get());
      out.println();
      out.print(SweepSummary.of(result));
      Path page = folder.resolve(Report.render(result, fresh.path()).getFileName());
      fresh.takePlace();
      MavenNotes.page(page, out);
      boolean answered = result.cases().stream().noneMatch(one -> one.answers().isEmpty());
      return answered ? Lab.PASSED : Lab.NOT_PASSED;
    } finally {
      fresh.discard();
    }
  }

  /** The runs of a sweep, a place a cell. */
  static SimulatedRuns<SweepRun> runs(
      Sweep sweep, TwinSettings latencies, Commit commit, Path folder, BooleanSupplier stopped) {
    return new SimulatedRuns<>(
        sweep.cells().stream().map(Sweep.Cell::scenario).toList(),
        sweep.seeds(),
        latencies.withNodesShareMachine(sweep.machines() == Machines.SHARED),
        commit,
        folder,
        stopped,
        SweepRun::of);
  }
}
