package io.rolloutlab.app;

import io.rolloutlab.app.choice.AtOnce;
import io.rolloutlab.app.choice.Choice;
import io.rolloutlab.app.choice.DryRun;
import io.rolloutlab.app.choice.EnginePorts;
import io.rolloutlab.app.console.StopSignal;
import io.rolloutlab.app.folder.Batches;
import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.app.real.Forecast;
import io.rolloutlab.app.real.OnMachine;
import io.rolloutlab.app.real.RealRuns;
import io.rolloutlab.app.real.StackForecast;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.stack.scenario.AskedScenario;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.swarm.cluster.PortRange;
import io.rolloutlab.testbed.InterruptedRunException;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.text.Skipped;
import io.rolloutlab.trial.LiveLimits;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs scenarios, and reports on them. */
@Command(name = "run", description = "Runs scenarios on a real Swarm, and writes the report.")
final class RunCommand implements Callable<Integer> {
  @Mixin private Choice choice;
  @Mixin private AtOnce atOnce;
  @Mixin private EnginePorts enginePorts;
  @Mixin private OnMachine onMachine;
  @Mixin private DryRun dryRun;

  private final PrintStream out = System.out;

  @Override
  public Integer call() {
    List<Choice.Run> chosen;
    Path home;
    int together;
    Optional<PortRange> ports;
    try {
      home = Engine.home();
      together = atOnce.number();
      List<AskedScenario> scenarios = choice.scenarios(home);
      scenarios.forEach(one -> LiveLimits.check(one.scenario()));
      chosen = choice.runs(scenarios);
      ports = enginePorts.enoughFor(chosen.stream().map(Choice.Run::scenario), together);
      onMachine.refuse(ports);
      onMachine.refuseOwnImages(scenarios);
    } catch (InvalidScenarioException | StepFailedException bad) {
      System.err.println(bad.getMessage());
      return Lab.BAD_INPUT;
    }
    if (dryRun.asked()) {
      forecast(chosen, together);
      return Lab.PASSED;
    }
    Path target = choice.target(home);
    Folders.logInto(target);
    try (StopSignal stop = new StopSignal(longestEnd(chosen))) {
      Optional<PortRange> there = bringUp(home, chosen, together, stop).or(() -> ports);
      return run(chosen, new RealRuns(home, out, stop, together, there), target, stop);
    } catch (InterruptedRunException stopped) {
      return Lab.INTERRUPTED;
    } catch (StepFailedException | HistoryException failed) {
      System.err.println(failed.getMessage());
      return Lab.NOT_PASSED;
    }
  }

  /** What docker would be given of a stack is told once, however often it is run. */
  private void forecast(List<Choice.Run> chosen, int together) {
    chosen.stream()
        .filter(run -> run.name().equals(run.scenario().name()))
        .flatMap(run -> run.stack().stream())
        .forEach(stack -> new StackForecast(stack).tell(out));
    onMachine.tell(Forecast.of(chosen), out, together);
  }

  private Optional<PortRange> bringUp(
      Path home, List<Choice.Run> chosen, int together, StopSignal stop) {
    List<Scenario> scenarios = chosen.stream().map(Choice.Run::scenario).toList();
    int needed = EnginePorts.needed(scenarios.stream(), together);
    return onMachine.bringUp(home, scenarios, needed, out::println, stop::asked);
  }

  private static Duration longestEnd(List<Choice.Run> chosen) {
    return RealRuns.longestEnd(chosen.stream().map(Choice.Run::scenario).toList());
  }

  private int run(List<Choice.Run> chosen, RealRuns runs, Path target, StopSignal stop) {
    Path batch = Batches.in(target).next();
    List<RealRuns.Job> jobs = new ArrayList<>();
    for (Choice.Run one : chosen) {
      String run = "%s-%s".formatted(batch.getFileName(), jobs.size() + 1);
      Path folder = batch.resolve(one.name());
      jobs.add(
          one.stack()
              .map(stack -> new RealRuns.Job(stack, run, folder))
              .orElseGet(() -> new RealRuns.Job(one.scenario(), run, folder)));
    }
    RealRuns.Made made = runs.run(jobs);
    boolean stopped = stop.asked();
    Reporting.Made reported =
        new Reporting(batch, target.resolve("report"), out)
            .report(made.findings(), made.skipped(), stopped);
    return stopped
        ? Lab.INTERRUPTED
        : reported.exitCode(made.findings().size() == runnable(chosen, made));
  }

  /** How many could be run here: what is skipped neither passes nor fails. */
  private static long runnable(List<Choice.Run> chosen, RealRuns.Made made) {
    Set<String> skipped =
        made.skipped().stream().map(Skipped::scenario).collect(Collectors.toSet());
    return chosen.stream().filter(run -> !skipped.contains(run.scenario().name())).count();
  }
}
