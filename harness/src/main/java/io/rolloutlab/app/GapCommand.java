package io.rolloutlab.app;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.app.choice.LiveRuns;
import io.rolloutlab.app.choice.RunChoice;
import io.rolloutlab.app.console.MavenNotes;
import io.rolloutlab.app.console.StopSignal;
import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.app.folder.FreshFolder;
import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.gap.Gap;
import io.rolloutlab.gap.GapResults;
import io.rolloutlab.gap.GapTable;
import io.rolloutlab.gap.Repeats;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.html.GapPage;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.trial.Commit;
import io.rolloutlab.trial.TwinTrial;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How far the twin is from real runs. */
@Command(
    name = "gap",
    description = {
      "Runs the scenarios of recorded real runs on the twin, and says how they differ.",
      "The real runs of a matrix are the batch matrix-NAME: gap matrix-NAME compares it cell by cell,"
          + " under the names STRATEGY--SITUATION, and gap matrix-NAME/STRATEGY--SITUATION compares"
          + " one cell."
    })
final class GapCommand implements Callable<Integer> {
  @Mixin private RunChoice choice;

  @Option(
      names = "--into",
      defaultValue = "${sys:lab.into}",
      paramLabel = "FOLDER",
      description =
          "Whose newest batch is meant where no run is named, and where the page goes: into its"
              + " folder twin/gap. Default: target/rollout-lab")
  private Path into;

  @Option(
      names = "--seeds",
      defaultValue = "${sys:lab.seeds:-20}",
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
      Path gap = target.resolve(SimulateCommand.FOLDER).resolve("gap");
      Folders.logInto(gap);
      RunChoice.Chosen chosen = choice.in(target);
      System.out.println("comparing with " + chosen.words());
      Calibrated calibrated = CalibrateCommand.settings(settings);
      LiveRuns live = LiveRuns.of(chosen.runs(), calibrated.runs());
      try (StopSignal stop = new StopSignal(Duration.ZERO)) {
        Optional<GapResults> results = results(live, calibrated, home, gap, stop);
        if (results.isEmpty()) {
          System.out.println(
              "stopped before all its runs were made; no page is written, an earlier one stays");
          return Lab.INTERRUPTED;
        }
        return page(results.get(), gap);
      }
    } catch (HistoryException | IllegalArgumentException bad) {
      System.err.println(bad.getMessage());
      return Lab.BAD_INPUT;
    }
  }

  private static int page(GapResults results, Path folder) {
    System.out.print(GapTable.goals(results));
    FreshFolder fresh = new FreshFolder(folder.resolve("pages"));
    try {
      Path page = folder.resolve(GapPage.render(results, fresh.path()).getFileName());
      fresh.addFilesTo(folder);
      MavenNotes.page(page, System.out);
      return Lab.PASSED;
    } catch (UncheckedIOException | IllegalStateException failed) {
      System.out.println("The page cannot be made, an earlier one stays: " + failed.getMessage());
      return Lab.NOT_PASSED;
    } finally {
      fresh.discard();
    }
  }

  /** Absent when somebody stopped it. */
  private Optional<GapResults> results(
      LiveRuns live, Calibrated calibrated, Path home, Path folder, StopSignal stop) {
    Commit commit = Commit.of(home);
    List<Gap> gaps = new ArrayList<>();
    for (Repeats repeats : Repeats.of(live.runs())) {
      System.out.println(words(repeats));
      Path runs = folder.resolve("runs").resolve(repeats.name());
      List<Findings> twins = twins(repeats, calibrated, commit, runs, stop);
      if (stop.asked()) {
        return Optional.empty();
      }
      gaps.add(Gap.of(repeats, twins));
    }
    return Optional.of(
        new GapResults(
            gaps, new GapResults.Settings(settingsName(), calibrated.runs()), live.leftOut()));
  }

  private String words(Repeats repeats) {
    long beside = repeats.runs().stream().filter(run -> run.manifest().beside() > 0).count();
    return "%s: %s real, %s simulated%s"
        .formatted(
            repeats.name(),
            repeats.runs().size(),
            seeds,
            beside == 0 ? "" : "; others were made beside %s of the real ones".formatted(beside));
  }

  private String settingsName() {
    return Folders.named(settings)
        .map(file -> "those of " + file.getFileName())
        .orElse("the lab's own");
  }

  private List<Findings> twins(
      Repeats live, Calibrated calibrated, Commit commit, Path folder, StopSignal stop) {
    Scenario scenario = live.runs().get(0).manifest().scenario();
    List<Findings> twins = new ArrayList<>();
    for (long seed = scenario.seed(); seed < scenario.seed() + seeds && !stop.asked(); seed++) {
      Path run = folder.resolve(String.valueOf(seed));
      new TwinTrial(scenario.withSeed(seed), calibrated.settings(), commit, run, stop::asked).run();
      twins.add(Analysis.analyse(HistoryReader.read(run)));
    }
    return twins;
  }
}
