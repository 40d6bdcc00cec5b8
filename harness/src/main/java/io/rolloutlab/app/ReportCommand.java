package io.rolloutlab.app;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Analyses recorded runs again: no Docker is needed. */
@Command(
    name = "report",
    description = "Analyses recorded runs and writes the report again; needs no Docker.")
final class ReportCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Run folders, or folders that hold some.")
  private List<Path> folders;

  @Option(names = "--into", required = true, paramLabel = "FOLDER", description = "The report.")
  private Path into;

  @Override
  public Integer call() {
    try {
      List<Path> runs = folders.stream().flatMap(ReportCommand::runs).toList();
      if (runs.isEmpty()) {
        System.err.printf(
            "no run in %s: name a folder that holds a manifest.json, or one that holds such folders%n",
            folders);
        return Lab.BAD_INPUT;
      }
      List<Findings> findings =
          runs.stream().map(run -> Analysis.analyse(HistoryReader.read(run))).toList();
      return Reporting.report(findings, into, System.out);
    } catch (HistoryException | IllegalArgumentException bad) {
      System.err.println(bad.getMessage());
      return Lab.BAD_INPUT;
    }
  }

  private static Stream<Path> runs(Path folder) {
    if (HistoryReader.isRun(folder)) {
      return Stream.of(folder);
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(HistoryReader::isRun).sorted().toList().stream();
    } catch (IOException missing) {
      throw new IllegalArgumentException(folder + ": cannot be read as a folder of runs", missing);
    }
  }
}
