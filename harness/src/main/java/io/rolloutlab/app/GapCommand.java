package io.rolloutlab.app;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.compare.Gap;
import io.rolloutlab.compare.GapResults;
import io.rolloutlab.compare.GapTable;
import io.rolloutlab.compare.Repeats;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.html.GapPage;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.swarm.Engine;
import io.rolloutlab.trial.Commit;
import io.rolloutlab.trial.TwinTrial;
import io.rolloutlab.twin.Calibrated;
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
      description = {
        "Real runs, or folders that hold some, down to " + Folders.DEPTH + " levels below.",
        "Runs of one scenario with the same settings are repeats.",
        "Default: those of the last main job."
      })
  private List<Path> folders = List.of();

  @Option(
      names = "--into",
      defaultValue = "${sys:lab.into}",
      paramLabel = "FOLDER",
      description = "The page goes into its folder twin/gap. Default: target/rollout-lab")
  private Path into;

  @Option(
      names = "--seeds",
      defaultValue = "20",
      paramLabel = "N",
      description = "How many simulated runs each scenario is given. Default: 20")
  private int seeds;

  @Option(
      names = "--settings",
      defaultValue = "${sys:lab.settings}",
      paramLabel = "FILE",
      description = "Latencies as calibrate wrote them. Default: the lab's own.")
  private Path settings;

  @Override
  public Integer call() {
    try {
      if (seeds < 1) {
        throw new IllegalArgumentException(
            "--seeds %s: at least one simulated run is needed".formatted(seeds));
      }
      Path home = Engine.home();
      Path target = Folders.target(home, into);
      Path gap = target.resolve("twin").resolve("gap");
      System.setProperty("lab.log", gap.resolve("lab.log").toString());
      List<Path> runs =
          Folders.named(folders)
              .map(named -> named.stream().flatMap(f -> Folders.runsBelow(f).stream()).toList())
              .orElseGet(() -> Folders.newest(target));
      Calibrated calibrated = CalibrateCommand.settings(settings);
      GapResults results = results(LiveRuns.of(runs, calibrated.runs()), calibrated, home, gap);
      System.out.print(GapTable.goals(results));
      System.out.println("\npage: " + GapPage.render(results, gap).toAbsolutePath());
      return Lab.PASSED;
    } catch (HistoryException | IllegalArgumentException bad) {
      System.err.println(bad.getMessage());
      return Lab.BAD_INPUT;
    }
  }

  private GapResults results(LiveRuns live, Calibrated calibrated, Path home, Path folder) {
    Commit commit = Commit.of(home);
    List<Gap> gaps = new ArrayList<>();
    for (Repeats repeats : Repeats.of(live.runs())) {
      System.out.printf(
          "%s: %s real, %s simulated%n", repeats.name(), repeats.runs().size(), seeds);
      Path runs = folder.resolve("runs").resolve(repeats.name());
      gaps.add(Gap.of(repeats, twins(repeats, calibrated, commit, runs)));
    }
    String name =
        Folders.named(settings)
            .map(file -> "those of " + file.getFileName())
            .orElse("the lab's own");
    return new GapResults(gaps, new GapResults.Settings(name, calibrated.runs()), live.leftOut());
  }

  private List<Findings> twins(Repeats live, Calibrated calibrated, Commit commit, Path folder) {
    Scenario scenario = live.runs().get(0).manifest().scenario();
    List<Findings> twins = new ArrayList<>();
    for (long seed = scenario.seed(); seed < scenario.seed() + seeds; seed++) {
      Path run = folder.resolve(String.valueOf(seed));
      new TwinTrial(scenario.withSeed(seed), calibrated.settings(), commit, run, () -> false).run();
      twins.add(Analysis.analyse(HistoryReader.read(run)));
    }
    return twins;
  }
}
