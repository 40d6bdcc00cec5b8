package io.rolloutlab.app;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.app.choice.RunChoice;
import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.compare.Batch;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.swarm.cluster.Engine;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Analyses recorded runs again: no Docker is needed. */
@Command(
    name = "report",
    description = "Analyses recorded runs and writes the report again; needs no Docker.")
final class ReportCommand implements Callable<Integer> {
  @Mixin private RunChoice choice;

  @Option(
      names = "--into",
      defaultValue = "${sys:lab.into}",
      paramLabel = "FOLDER",
      description =
          "Whose newest batch is meant where no run is named, and where the report goes: into its"
              + " folder report. Default: target/rollout-lab")
  private Path into;

  /** That a run has not passed is what the report says, and no failure of making it. */
  @Override
  public Integer call() {
    try {
      Path target = Folders.target(Engine.home(), into);
      Folders.logInto(target);
      RunChoice.Chosen chosen = choice.in(target);
      System.out.println("analysing " + chosen.words());
      List<Findings> findings = analysed(chosen.runs());
      Path place = simulated(findings) ? target.resolve(SimulateCommand.FOLDER) : target;
      sayHowManyHaveNotPassed(findings);
      return report(chosen, findings, place.resolve("report")) == Reporting.Made.NONE
          ? Lab.NOT_PASSED
          : Lab.PASSED;
    } catch (HistoryException | IllegalArgumentException bad) {
      System.err.println(bad.getMessage());
      return Lab.BAD_INPUT;
    }
  }

  private static void sayHowManyHaveNotPassed(List<Findings> findings) {
    long open = findings.stream().filter(found -> !found.verdict().isFine()).count();
    if (open > 0) {
      System.out.printf(
          "%s of %s have not passed; the report is made all the same%n", open, findings.size());
    }
  }

  /** In the order in which they were started. */
  private static List<Findings> analysed(List<Path> runs) {
    return Batch.judged(
        runs.stream()
            .map(run -> Analysis.analyse(HistoryReader.read(run)))
            .sorted(Comparator.comparing((Findings f) -> f.manifest().startedAtMillis()))
            .toList());
  }

  private Reporting.Made report(RunChoice.Chosen chosen, List<Findings> findings, Path newest) {
    if (choice.named().isEmpty() && chosen.batch().isPresent()) {
      boolean stopped = findings.stream().anyMatch(ReportCommand::wasStopped);
      return new Reporting(chosen.batch().get(), newest, System.out)
          .report(findings, List.of(), stopped);
    }
    return new Reporting(newest, newest, System.out).reportChosen(findings);
  }

  private static boolean wasStopped(Findings run) {
    return run.end().filter(end -> end.end() == Event.End.INTERRUPTED).isPresent();
  }

  private static boolean simulated(List<Findings> findings) {
    long simulated =
        findings.stream().filter(run -> run.manifest().origin() == Manifest.Origin.TWIN).count();
    if (simulated > 0 && simulated < findings.size()) {
      throw new IllegalArgumentException(
          "%s of these %s runs are simulated, the others real; they share no report, so name the"
                  .formatted(simulated, findings.size())
              + " ones or the others");
    }
    return simulated > 0;
  }
}
