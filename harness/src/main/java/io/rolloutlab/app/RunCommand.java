package io.rolloutlab.app;

import com.github.dockerjava.api.DockerClient;
import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.load.LoadProcess;
import io.rolloutlab.scenario.InvalidScenarioException;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.ScenarioReader;
import io.rolloutlab.swarm.Engine;
import io.rolloutlab.swarm.Images;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.trial.Commit;
import io.rolloutlab.trial.Laboratory;
import io.rolloutlab.trial.Trial;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs scenarios one after the other, and reports on them. */
@Command(name = "run", description = "Runs scenarios on a real Swarm, and writes the report.")
final class RunCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "SCENARIO",
      defaultValue = "${sys:lab.scenarios}",
      split = ",",
      description = "Scenario files, or folders of them. Default: the project's own.")
  private List<Path> scenarios = List.of();

  @Option(
      names = "--only",
      defaultValue = "${sys:lab.only}",
      split = ",",
      paramLabel = "NAME",
      description = "Runs only the scenarios of these names.")
  private List<String> only = List.of();

  @Option(
      names = "--into",
      defaultValue = "${sys:lab.into}",
      paramLabel = "FOLDER",
      description = "Where runs, report and log go. Default: target/rollout-lab")
  private Path into;

  private final PrintStream out = System.out;

  @Override
  public Integer call() {
    List<Scenario> chosen;
    Path home;
    try {
      home = Engine.home();
      chosen = choose(home);
    } catch (InvalidScenarioException | StepFailedException bad) {
      System.err.println(bad.getMessage());
      return Lab.BAD_INPUT;
    }
    Path target = Folders.target(home, into);
    System.setProperty("lab.log", target.resolve("lab.log").toString());
    try (StopSignal stop = new StopSignal()) {
      return run(chosen, home, target, stop);
    } catch (StepFailedException | HistoryException failed) {
      System.err.println(failed.getMessage());
      return Lab.NOT_PASSED;
    }
  }

  private List<Scenario> choose(Path home) {
    List<Path> from = Folders.named(scenarios).orElse(List.of(home.resolve("scenarios")));
    List<Scenario> all = new ScenarioReader().readAll(from);
    List<String> known = all.stream().map(Scenario::name).toList();
    // Maven passes an empty one when nothing was chosen.
    List<String> names = only.stream().filter(name -> !name.isBlank()).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new StepFailedException(
            "--only %s: there is no such scenario; known are %s"
                .formatted(name, String.join(", ", known)));
      }
    }
    return all.stream().filter(s -> names.isEmpty() || names.contains(s.name())).toList();
  }

  private int run(List<Scenario> chosen, Path home, Path target, StopSignal stop) {
    Engine.locate(home, out::println);
    String batch =
        LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"))
            + "-%04x".formatted(ThreadLocalRandom.current().nextInt(0x10000));
    Path runs = target.resolve("runs").resolve(batch);
    Duration expected = chosen.stream().map(Expected::of).reduce(Duration.ZERO, Duration::plus);
    List<Findings> findings = new ArrayList<>();
    try (DockerClient docker = Engine.client();
        Console console = new Console(out, System.console() != null, expected)) {
      Images images = new Images(docker, home, console::note);
      Laboratory laboratory =
          new Laboratory(
              docker, images, stop::asked, console, Commit.of(home), LoadProcess.GATLING_VERSION);
      for (int i = 0; i < chosen.size() && !stop.asked(); i++) {
        Scenario scenario = chosen.get(i);
        console.scenario(scenario.name());
        Path folder = runs.resolve(scenario.name());
        record(new Trial(laboratory, scenario, batch + "-" + (i + 1), folder), console);
        if (HistoryReader.isRun(folder)) {
          Findings found = Analysis.analyse(HistoryReader.read(folder));
          findings.add(found);
          console.note(scenario.name() + ": " + found.verdict());
        }
      }
    } catch (IOException failed) {
      throw new StepFailedException("the engine's client: " + failed.getMessage(), failed);
    }
    int code = Reporting.report(findings, target.resolve("report"), out);
    return stop.asked() ? Lab.INTERRUPTED : findings.size() < chosen.size() ? Lab.NOT_PASSED : code;
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
