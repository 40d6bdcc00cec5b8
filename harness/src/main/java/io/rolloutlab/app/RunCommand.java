package io.rolloutlab.app;

import com.github.dockerjava.api.DockerClient;
import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.app.choice.Choice;
import io.rolloutlab.app.console.Console;
import io.rolloutlab.app.console.StopSignal;
import io.rolloutlab.app.folder.Batches;
import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.compare.Batch;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.load.LoadProcess;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.swarm.cluster.Images;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.trial.Commit;
import io.rolloutlab.trial.Laboratory;
import io.rolloutlab.trial.LiveLimits;
import io.rolloutlab.trial.Trial;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs scenarios one after the other, and reports on them. */
@Command(name = "run", description = "Runs scenarios on a real Swarm, and writes the report.")
final class RunCommand implements Callable<Integer> {
  @Mixin private Choice choice;

  private final PrintStream out = System.out;

  @Override
  public Integer call() {
    List<Scenario> chosen;
    Path home;
    try {
      home = Engine.home();
      chosen = choice.scenarios(home);
      chosen.forEach(LiveLimits::check);
    } catch (InvalidScenarioException | StepFailedException bad) {
      System.err.println(bad.getMessage());
      return Lab.BAD_INPUT;
    }
    Path target = choice.target(home);
    Folders.logInto(target);
    try (StopSignal stop = new StopSignal(longestEnd(chosen))) {
      return run(chosen, home, target, stop);
    } catch (StepFailedException | HistoryException failed) {
      System.err.println(failed.getMessage());
      return Lab.NOT_PASSED;
    }
  }

  private int run(List<Scenario> chosen, Path home, Path target, StopSignal stop) {
    Engine.locate(home, out::println);
    Path batch = Batches.in(target).next();
    Duration expected = chosen.stream().map(Expected::of).reduce(Duration.ZERO, Duration::plus);
    List<Findings> findings = new ArrayList<>();
    try (DockerClient docker = Engine.client();
        Console console = new Console(out, System.console() != null, expected)) {
      Images images = new Images(docker, home, console::note, stop::asked);
      Laboratory laboratory =
          new Laboratory(
              docker, images, stop::asked, console, Commit.of(home), LoadProcess.GATLING_VERSION);
      for (int i = 0; i < chosen.size() && !stop.asked(); i++) {
        Scenario scenario = chosen.get(i);
        console.scenario(scenario.name());
        Path folder = batch.resolve(scenario.name());
        String run = "%s-%s".formatted(batch.getFileName(), i + 1);
        record(new Trial(laboratory, scenario, run, folder), console);
        analyse(folder, findings, console).ifPresent(findings::add);
      }
    } catch (IOException failed) {
      throw new StepFailedException("the engine's client: " + failed.getMessage(), failed);
    }
    boolean stopped = stop.asked();
    Reporting.Made made =
        new Reporting(batch, target.resolve("report"), out).report(findings, stopped);
    return stopped ? Lab.INTERRUPTED : made.exitCode(findings.size() == chosen.size());
  }

  /** What requests in flight may take when the load ends. */
  private static Duration longestEnd(List<Scenario> chosen) {
    return chosen.stream()
        .map(scenario -> scenario.load().requestTimeout())
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** Nor must one that cannot be read back. */
  private static Optional<Findings> analyse(Path folder, List<Findings> before, Console console) {
    try {
      Findings found = Batch.judged(Analysis.analyse(HistoryReader.read(folder)), before);
      console.note(found.manifest().scenario().name() + ": " + found.verdict().inWords());
      return Optional.of(found);
    } catch (HistoryException unreadable) {
      console.note(unreadable.getMessage());
      return Optional.empty();
    }
  }

  /** A run that cannot even be recorded must not stop the others. */
  private static void record(Trial trial, Console console) {
    try {
      Event.RunEnded end = trial.run();
      if (!end.cause().isEmpty()) {
        console.note("%s: %s".formatted(end.end().name().toLowerCase(Locale.ROOT), end.cause()));
      }
    } catch (HistoryException unrecorded) {
      console.note(unrecorded.getMessage());
    }
  }
}
