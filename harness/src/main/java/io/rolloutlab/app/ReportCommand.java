package io.rolloutlab.app;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.swarm.Engine;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Analyses recorded runs again: no Docker is needed. */
@Command(
    name = "report",
    description = "Analyses recorded runs and writes the report again; needs no Docker.")
final class ReportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "RUN",
      defaultValue = "${sys:lab.runs}",
      split = ",",
      description = "Run folders, or folders that hold some. Default: those of the last main job.")
  private List<Path> folders = List.of();

  @Option(
      names = "--into",
      defaultValue = "${sys:lab.into}",
      paramLabel = "FOLDER",
      description = "The report goes into its folder report. Default: target/rollout-lab")
  private Path into;

  @Override
  public Integer call() {
    try {
      Path target = Folders.target(Engine.home(), into);
      List<Path> runs =
          Folders.named(folders)
              .map(named -> named.stream().flatMap(f -> Folders.runs(f).stream()).toList())
              .orElseGet(() -> Folders.newest(target));
      if (runs.isEmpty()) {
        System.err.printf(
            "no run in %s: name a folder with a manifest.json, or one that holds such folders%n",
            folders);
        return Lab.BAD_INPUT;
      }
      List<Findings> findings =
          runs.stream()
              .map(run -> Analysis.analyse(HistoryReader.read(run)))
              .sorted(Comparator.comparing((Findings f) -> f.manifest().startedAtMillis()))
              .toList();
      return Reporting.report(findings, target.resolve("report"), System.out);
    } catch (HistoryException | IllegalArgumentException bad) {
      System.err.println(bad.getMessage());
      return Lab.BAD_INPUT;
    }
  }
}
