package io.rolloutlab.app;

import com.github.dockerjava.api.DockerClient;
import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.app.console.Console;
import io.rolloutlab.app.console.StopSignal;
import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.compare.Batch;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.load.LoadProcess;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.swarm.cluster.Images;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.trial.Commit;
import io.rolloutlab.trial.Laboratory;
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

/** Makes real runs, one after the other, with a line that says how it goes and how long still. */
final class RealRuns {
  private final Path home;
  private final PrintStream out;
  private final StopSignal stop;

  /**
   * @param home of the project
   * @param out standard output
   */
  RealRuns(Path home, PrintStream out, StopSignal stop) {
    this.home = home;
    this.out = out;
    this.stop = stop;
  }

  /**
   * One run.
   *
   * @param run unique id
   * @param folder for its history; what is in it goes when the run begins
   */
  record Job(Scenario scenario, String run, Path folder) {}

  /**
   * Makes them, until somebody asks to stop.
   *
   * @return the findings of those that can be read back, judged beside those before them
   * @throws StepFailedException when there is no engine
   */
  List<Findings> run(List<Job> jobs) {
    Engine.locate(home, out::println);
    Duration expected =
        jobs.stream().map(job -> Expected.of(job.scenario())).reduce(Duration.ZERO, Duration::plus);
    List<Findings> findings = new ArrayList<>();
    try (DockerClient docker = Engine.client();
        Console console = new Console(out, System.console() != null, expected)) {
      Images images = new Images(docker, home, console::note, stop::asked);
      Laboratory laboratory =
          new Laboratory(
              docker, images, stop::asked, console, Commit.of(home), LoadProcess.GATLING_VERSION);
      for (Job job : jobs) {
        if (!stop.asked()) {
          console.scenario(job.scenario().name());
          Folders.remove(job.folder());
          record(new Trial(laboratory, job.scenario(), job.run(), job.folder()), console);
          analyse(job.folder(), findings, console).ifPresent(findings::add);
        }
      }
    } catch (IOException failed) {
      throw new StepFailedException("the engine's client: " + failed.getMessage(), failed);
    }
    return findings;
  }

  /** What requests in flight may take when the load ends. */
  static Duration longestEnd(List<Scenario> scenarios) {
    return scenarios.stream()
        .map(scenario -> scenario.load().requestTimeout())
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
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
}
