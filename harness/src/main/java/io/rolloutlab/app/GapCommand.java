package io.rolloutlab.app;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.compare.Gap;
import io.rolloutlab.compare.GapTable;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.swarm.Engine;
import io.rolloutlab.trial.Commit;
import io.rolloutlab.trial.TwinTrial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How far the twin is from real runs. */
@Command(
    name = "gap",
    description = "Runs the scenarios of recorded real runs on the twin, and says how they differ.")
final class GapCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "RUN",
      defaultValue = "${sys:lab.runs}",
      split = ",",
      description = "Real runs, or folders of them. Default: those of the last main job.")
  private List<Path> folders = List.of();

  @Option(
      names = "--into",
      defaultValue = "${sys:lab.into}",
      paramLabel = "FOLDER",
      description = "The table goes into its folder twin/gap. Default: target/rollout-lab")
  private Path into;

  @Option(
      names = "--seeds",
      defaultValue = "5",
      paramLabel = "N",
      description = "How many simulated runs each real one is held against. Default: 5")
  private int seeds;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = "Latencies as calibrate wrote them. Default: the lab's own.")
  private Path settings;

  @Override
  public Integer call() {
    try {
      Path home = Engine.home();
      Path target = Folders.target(home, into);
      Path gap = target.resolve("twin").resolve("gap");
      List<Path> runs =
          Folders.named(folders)
              .map(named -> named.stream().flatMap(f -> Folders.runs(f).stream()).toList())
              .orElseGet(() -> Folders.newest(target));
      Commit commit = Commit.of(home);
      List<Gap> gaps = new ArrayList<>();
      for (Path run : runs) {
        Findings live = Analysis.analyse(HistoryReader.read(run));
        if (live.end().filter(end -> end.end() == Event.End.COMPLETED).isEmpty()) {
          System.out.println("left out, since it did not come to its end: " + run);
          continue;
        }
        gaps.add(Gap.of(live, twins(live.manifest().scenario(), commit, gap.resolve("runs"))));
      }
      String table = GapTable.of(gaps);
      Path file = Files.writeString(Files.createDirectories(gap).resolve("gap.md"), table);
      System.out.print(table);
      System.out.println("\nwritten to " + file.toAbsolutePath());
      return Lab.PASSED;
    } catch (HistoryException | IllegalArgumentException bad) {
      System.err.println(bad.getMessage());
      return Lab.BAD_INPUT;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private List<Findings> twins(Scenario scenario, Commit commit, Path folder) {
    List<Findings> twins = new ArrayList<>();
    for (long seed = scenario.seed(); seed < scenario.seed() + seeds; seed++) {
      Path run = folder.resolve("%s-%s".formatted(scenario.name(), seed));
      new TwinTrial(
              scenario.withSeed(seed),
              CalibrateCommand.settings(settings),
              commit,
              run,
              () -> false)
          .run();
      twins.add(Analysis.analyse(HistoryReader.read(run)));
    }
    return twins;
  }
}
