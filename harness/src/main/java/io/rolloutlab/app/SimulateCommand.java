package io.rolloutlab.app;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.app.choice.Choice;
import io.rolloutlab.app.choice.DryRun;
import io.rolloutlab.app.console.StopSignal;
import io.rolloutlab.app.folder.Batches;
import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.app.real.Forecast;
import io.rolloutlab.compare.Batch;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.stack.scenario.AskedScenario;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.trial.Commit;
import io.rolloutlab.trial.TwinTrial;
import io.rolloutlab.twin.TwinTestbed;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The scenarios on the twin: seconds instead of minutes, and no Docker. */
@Command(
    name = "simulate",
    description = "Runs scenarios on a simulated Swarm, and writes a report of its own.")
final class SimulateCommand implements Callable<Integer> {
  /** So that simulated and real runs are never in one folder. */
  static final String FOLDER = "twin";

  @Mixin private Choice choice;
  @Mixin private DryRun dryRun;

  @Option(
      names = "--settings",
      defaultValue = "${sys:lab.settings}",
      paramLabel = "FILE",
      description = "Latencies as calibrate wrote them. Default: the lab's own.")
  private Path settings;

  private final PrintStream out = System.out;

  @Override
  public Integer call() {
    try {
      Path home = Engine.home();
      List<AskedScenario> scenarios = choice.scenarios(home);
      refuseStacks(scenarios);
      List<Choice.Run> chosen = choice.runs(scenarios);
      if (dryRun.asked()) {
        Forecast.of(chosen).tellSimulated(out, 1);
        return Lab.PASSED;
      }
      Path target = choice.target(home).resolve(FOLDER);
      Folders.logInto(target);
      try (StopSignal stop = new StopSignal(Duration.ZERO)) {
        return run(chosen, Commit.of(home), target, stop);
      }
    } catch (InvalidScenarioException | StepFailedException | IllegalArgumentException bad) {
      System.err.println(bad.getMessage());
      return Lab.BAD_INPUT;
    }
  }

  /** No docker is simulated that could deploy one. */
  private static void refuseStacks(List<AskedScenario> scenarios) {
    List<String> refusals =
        scenarios.stream()
            .filter(one -> one.stack().isPresent())
            .map(
                one ->
                    "%s: stack: %s is about a stack file, which only docker on a real Swarm deploys: run it with lab run, simulate the settings of its stack file with lab doctor FILE --prove, or name other scenarios with --only"
                        .formatted(one.place().print(), one.scenario().name()))
            .toList();
    if (!refusals.isEmpty()) {
      throw new StepFailedException(String.join("\n", refusals));
    }
  }

  private int run(List<Choice.Run> chosen, Commit commit, Path target, StopSignal stop) {
    Path batch = Batches.in(target).next();
    List<Findings> findings = new ArrayList<>();
    for (Choice.Run one : chosen) {
      if (!stop.asked()) {
        run(one.scenario(), commit, batch.resolve(one.name()), stop, findings);
      }
    }
    boolean stopped = stop.asked();
    Reporting.Made made =
        new Reporting(batch, target.resolve("report"), out).report(findings, List.of(), stopped);
    return stopped ? Lab.INTERRUPTED : made.exitCode(findings.size() == chosen.size());
  }

  /** A run that cannot be recorded must not stop the others. */
  private void run(
      Scenario scenario, Commit commit, Path folder, StopSignal stop, List<Findings> findings) {
    try {
      long began = System.nanoTime();
      Event.RunEnded end =
          new TwinTrial(
                  scenario,
                  CalibrateCommand.settings(settings).settings(),
                  commit,
                  folder,
                  stop::asked)
              .run();
      double seconds = (System.nanoTime() - began) / 1e9;
      Findings found = Batch.judged(Analysis.analyse(HistoryReader.read(folder)), findings);
      findings.add(found);
      out.printf(
          Locale.ROOT,
          "%s: %s, %.0f s simulated in %.2f s%n",
          scenario.name(),
          found.verdict().inWords(),
          (end.atMillis() - TwinTestbed.startMillis()) / 1e3,
          seconds);
      TwinTrial.whatPlaysTheApp(scenario)
          .ifPresent(note -> out.printf("%s: %s%n", scenario.name(), note));
      if (!end.cause().isEmpty()) {
        out.printf("%s: %s%n", end.end().name().toLowerCase(Locale.ROOT), end.cause());
      }
    } catch (HistoryException unrecorded) {
      out.println(unrecorded.getMessage());
    }
  }
}
