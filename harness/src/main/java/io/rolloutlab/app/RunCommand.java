package io.rolloutlab.app;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.app.choice.AtOnce;
import io.rolloutlab.app.choice.Choice;
import io.rolloutlab.app.choice.DryRun;
import io.rolloutlab.app.console.StopSignal;
import io.rolloutlab.app.folder.Batches;
import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.app.real.Forecast;
import io.rolloutlab.app.real.RealRuns;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.trial.LiveLimits;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs scenarios, and reports on them. */
@Command(name = "run", description = "Runs scenarios on a real Swarm, and writes the report.")
final class RunCommand implements Callable<Integer> {
  @Mixin private Choice choice;
  @Mixin private AtOnce atOnce;
  @Mixin private DryRun dryRun;

  private final PrintStream out = System.out;

  @Override
  public Integer call() {
    List<Scenario> chosen;
    Path home;
    int together;
    try {
      home = Engine.home();
      together = atOnce.number();
      chosen = choice.scenarios(home);
      chosen.forEach(LiveLimits::check);
    } catch (InvalidScenarioException | StepFailedException bad) {
      System.err.println(bad.getMessage());
      return Lab.BAD_INPUT;
    }
    if (dryRun.asked()) {
      new Forecast(chosen.stream().map(one -> new Forecast.Row(one.name(), one, false)).toList())
          .tellReal(out, together);
      return Lab.PASSED;
    }
    Path target = choice.target(home);
    Folders.logInto(target);
    try (StopSignal stop = new StopSignal(RealRuns.longestEnd(chosen))) {
      return run(chosen, new RealRuns(home, out, stop, together), target, stop);
    } catch (StepFailedException | HistoryException failed) {
      System.err.println(failed.getMessage());
      return Lab.NOT_PASSED;
    }
  }

  private int run(List<Scenario> chosen, RealRuns runs, Path target, StopSignal stop) {
    Path batch = Batches.in(target).next();
    List<RealRuns.Job> jobs = new ArrayList<>();
    for (Scenario scenario : chosen) {
      String run = "%s-%s".formatted(batch.getFileName(), jobs.size() + 1);
      jobs.add(new RealRuns.Job(scenario, run, batch.resolve(scenario.name())));
    }
    List<Findings> findings = runs.run(jobs);
    boolean stopped = stop.asked();
    Reporting.Made made =
        new Reporting(batch, target.resolve("report"), out).report(findings, stopped);
    return stopped ? Lab.INTERRUPTED : made.exitCode(findings.size() == chosen.size());
  }
}
