package io.rolloutlab.app;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.html.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of every command: the report, the table, the verdicts. */
final class Reporting {
  private Reporting() {}

  /**
   * Writes the report, prints the comparison and the report's path.
   *
   * @return the exit code: {@link Lab#PASSED} when every verdict is PASS or NOTHING_EXPECTED
   */
  static int report(List<Findings> findings, Path into, PrintStream out) {
    if (findings.isEmpty()) {
      out.println("no run was made, so there is no report");
      return Lab.NOT_PASSED;
    }
    out.println();
    out.print(Report.table(findings));
    out.println();
    boolean passed = true;
    for (Findings found : findings) {
      if (!found.verdict().isFine()) {
        passed = false;
        out.printf(
            "%s is %s:%n  %s%n",
            found.manifest().scenario().name(),
            found.verdict(),
            String.join("\n  ", found.reasons()));
      }
    }
    try {
      removePages(into);
      out.println("report: " + Report.render(findings, into).toAbsolutePath());
    } catch (IOException | UncheckedIOException failed) {
      out.printf("%s (%s); the runs are kept%n", failed.getMessage(), failed.getCause());
      return Lab.NOT_PASSED;
    }
    return passed ? Lab.PASSED : Lab.NOT_PASSED;
  }

  /** Pages of an earlier report would stand beside the new index as if they belonged to it. */
  private static void removePages(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> pages = Files.newDirectoryStream(folder, "*.html")) {
        for (Path page : pages) {
          Files.delete(page);
        }
      }
    }
  }
}
