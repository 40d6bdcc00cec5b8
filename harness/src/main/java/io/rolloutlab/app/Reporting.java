package io.rolloutlab.app;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.app.console.MavenNotes;
import io.rolloutlab.app.folder.FreshFolder;
import io.rolloutlab.app.folder.GoodReport;
import io.rolloutlab.compare.Batch;
import io.rolloutlab.history.Event;
import io.rolloutlab.html.Report;
import io.rolloutlab.html.Reported;
import io.rolloutlab.text.Runs;
import io.rolloutlab.text.Skipped;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.LoggerFactory;

/**
 * The end of the commands that report on runs: the table, the verdicts, the pages. The report's
 * path is the last line.
 *
 * @param batch folder of the runs, which keeps a report of its own
 * @param newest where the newest good report lies
 * @param out standard output
 */
record Reporting(Path batch, Path newest, PrintStream out) {
  /** For who has asked for nothing else. */
  private static final String WHAT_TO_DO =
      " Run it on an engine whose kernel has it (README, \"An engine elsewhere\"), or with balancing:"
          + " auto; the simulated Swarm has virtual addresses everywhere.";

  /** What became of the report, for those who have to decide on an exit code. */
  enum Made {
    /** There is one, and no verdict is FAIL or UNKNOWN. */
    ALL_PASSED,
    /** There is one, and some verdict is FAIL or UNKNOWN. */
    NOT_ALL_PASSED,
    /** There is none. */
    NONE;

    /**
     * The exit code of a command that ran scenarios.
     *
     * @param all whether each of them has a history that can be read
     */
    int exitCode(boolean all) {
      return all && this == ALL_PASSED ? Lab.PASSED : Lab.NOT_PASSED;
    }
  }

  /**
   * Writes the report of a batch into it. Where a run of it came to its end and nobody stopped the
   * batch, it becomes the newest good one as well; otherwise it does not take the place of one.
   *
   * @param findings of the batch's runs
   * @param skipped what was asked for and cannot be run here
   * @param stopped whether somebody stopped it
   */
  Made report(List<Findings> findings, List<Skipped> skipped, boolean stopped) {
    if (findings.isEmpty()) {
      skipped.forEach(one -> out.println(one.inWords() + WHAT_TO_DO));
      out.println("no run was made, so there is no report");
      return Made.NONE;
    }
    try {
      out.println();
      Reported reported = Reported.of(findings, skipped);
      boolean passed = tell(Batch.judged(findings), reported);
      Path own = batch.resolve("report");
      write(reported, own);
      boolean good = !stopped && findings.stream().anyMatch(Reporting::ended);
      if (good || !GoodReport.isIn(newest)) {
        write(reported, newest);
        out.printf("the batch keeps it, too: %s%n", index(own));
        last(index(newest));
      } else {
        out.printf(
            "%s, so the last good report stays in its place: %s%n",
            stopped ? "This batch was stopped" : "No run of this batch came to its end",
            index(newest));
        last(index(own));
      }
      return passed ? Made.ALL_PASSED : Made.NOT_ALL_PASSED;
    } catch (RuntimeException failed) {
      return none(failed);
    }
  }

  /**
   * Writes a report of runs that somebody chose, in the place of the newest one: each batch still
   * has its own.
   */
  Made reportChosen(List<Findings> findings) {
    try {
      out.println();
      Reported reported = Reported.of(findings, List.of());
      boolean passed = tell(Batch.judged(findings), reported);
      boolean good = findings.stream().anyMatch(Reporting::ended);
      Path into =
          good || !GoodReport.isIn(newest) ? newest : newest.resolveSibling("report-unfinished");
      write(reported, into);
      last(index(into));
      return passed ? Made.ALL_PASSED : Made.NOT_ALL_PASSED;
    } catch (RuntimeException failed) {
      return none(failed);
    }
  }

  private Made none(RuntimeException failed) {
    LoggerFactory.getLogger(Reporting.class).error("no report", failed);
    String cause =
        failed.getCause() == null
            ? ""
            : " (%s)".formatted(String.valueOf(failed.getCause()).lines().findFirst().orElse(""));
    out.printf(
        "The report cannot be made: %s%s; lab.log has the details. The runs are kept, and so is the"
            + " report that was there before; `lab report` tries again.%n",
        failed.getMessage(), cause);
    return Made.NONE;
  }

  /** Prints the comparison and the verdicts; whether all are PASS. */
  private boolean tell(List<Findings> findings, Reported reported) {
    out.print(Report.table(reported));
    out.println();
    sayWhichIsNewer(reported.runs());
    reported.skipped().forEach(one -> out.println(one.inWords()));
    boolean passed = true;
    for (Findings found : findings) {
      if (!found.verdict().isFine()) {
        passed = false;
        out.printf(
            "%s is %s:%n  %s%n",
            found.manifest().scenario().name(),
            found.verdict().inWords(),
            String.join("\n  ", found.reasons()));
      }
    }
    return passed;
  }

  /** Runs of one scenario are told apart by a number; what it means stands in no table. */
  private void sayWhichIsNewer(Runs runs) {
    Map<String, List<Integer>> byScenario =
        IntStream.range(0, runs.names().size())
            .boxed()
            .collect(
                Collectors.groupingBy(
                    i -> runs.findings().get(i).manifest().scenario().name(),
                    TreeMap::new,
                    Collectors.toList()));
    byScenario.forEach(
        (scenario, places) -> {
          if (places.size() > 1) {
            out.printf(
                "%s was run %s times, oldest first: %s%n",
                scenario,
                places.size(),
                places.stream()
                    .sorted(Comparator.comparing(i -> started(runs, i)))
                    .map(
                        i ->
                            "%s at %s"
                                .formatted(runs.names().get(i), FIGURES.instant(started(runs, i))))
                    .collect(Collectors.joining(", ")));
          }
        });
  }

  private static long started(Runs runs, int place) {
    return runs.findings().get(place).manifest().startedAtMillis();
  }

  private static boolean ended(Findings run) {
    return run.end().filter(end -> end.end() == Event.End.COMPLETED).isPresent();
  }

  private static void write(Reported reported, Path into) {
    FreshFolder fresh = new FreshFolder(into);
    try {
      Report.render(reported, fresh.path());
      fresh.takePlace();
    } finally {
      fresh.discard();
    }
  }

  private static Path index(Path folder) {
    return folder.resolve(Runs.INDEX + ".html").toAbsolutePath();
  }

  private void last(Path page) {
    MavenNotes.page(page);
    out.println("report: " + page);
  }
}
