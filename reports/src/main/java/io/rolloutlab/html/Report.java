package io.rolloutlab.html;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.change.Repeated;
import io.rolloutlab.change.RepeatedFiles;
import io.rolloutlab.matrix.MatrixFiles;
import io.rolloutlab.matrix.MatrixResult;
import io.rolloutlab.sweep.SweepCsv;
import io.rolloutlab.sweep.SweepResult;
import io.rolloutlab.text.ConsoleTable;
import io.rolloutlab.text.ResultFiles;
import io.rolloutlab.text.Runs;
import io.rolloutlab.text.Skipped;
import io.rolloutlab.text.Summary;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Findings → the report folder. The same findings give the same bytes, wherever and whenever. */
public final class Report {
  static {
    Headless.be();
  }

  /** Of a matrix's folder: where the pages of its runs are. */
  private static final String OF_RUNS = "report";

  private Report() {}

  /**
   * Writes {@code index.html}, a page a run, {@code results.json}, {@code results.csv} and {@code
   * summary.md}, and where a scenario was run more than once, {@code repeats.json}. Files of these
   * names that are there already are replaced, others are left alone.
   *
   * @param runs at least one, in any order: the report has its own ({@link Runs#of})
   * @param into the folder; made where it is missing
   * @return the index page
   * @throws IllegalArgumentException when there are no runs, or real and simulated ones are mixed
   * @throws UncheckedIOException when a file cannot be written
   */
  public static Path render(List<Findings> runs, Path into) {
    return render(Reported.of(runs, List.of()), into);
  }

  /**
   * Writes a sweep's {@code index.html} and {@code sweep.csv}.
   *
   * @param into the folder; made where it is missing
   * @return the page
   * @throws UncheckedIOException when a file cannot be written
   */
  public static Path render(SweepResult sweep, Path into) {
    try {
      Files.createDirectories(into);
      put(into, "sweep.csv", SweepCsv.of(sweep));
      return put(into, Runs.INDEX + ".html", Pages.sweep(sweep));
    } catch (IOException e) {
      throw new UncheckedIOException("The sweep's page cannot be written to " + into, e);
    }
  }

  /**
   * Writes a matrix's {@code index.html}, {@code matrix.csv} and {@code matrix.json}, and into
   * {@code report} a report of runs, to whose pages its cells link. The pages of further runs,
   * which it links as well, are {@link #renderFurther}'s.
   *
   * @param first the first run of each cell that was run, at least one
   * @param into the folder; made where it is missing
   * @return the page
   * @throws IllegalArgumentException when a run is of another origin than the matrix
   * @throws UncheckedIOException when a file cannot be written
   */
  public static Path render(MatrixResult matrix, List<Findings> first, Path into) {
    if (first.stream().anyMatch(run -> run.manifest().origin() != matrix.origin())) {
      throw new IllegalArgumentException(
          "real (LIVE) and simulated (TWIN) runs must not share a matrix");
    }
    try {
      Files.createDirectories(into);
      render(first, into.resolve(OF_RUNS));
      put(into, "matrix.csv", MatrixFiles.csv(matrix));
      put(into, "matrix.json", MatrixFiles.json(matrix));
      return put(into, Runs.INDEX + ".html", Pages.matrix(matrix));
    } catch (IOException e) {
      throw new UncheckedIOException("The matrix's page cannot be written to " + into, e);
    }
  }

  /**
   * Writes the page of one more run of a cell among those of a matrix. Several threads may do so at
   * once, before the matrix is written or after it.
   *
   * @param repeat which run of its cell, counted from 0; the page has the name of {@link
   *     io.rolloutlab.scenario.Scenario#runName}
   * @param into the matrix's folder; made where it is missing
   * @throws UncheckedIOException when the page cannot be written
   */
  public static void renderFurther(Findings run, int repeat, Path into) {
    Path folder = into.resolve(OF_RUNS);
    String first = run.manifest().scenario().name();
    String name = run.manifest().scenario().runName(repeat);
    try {
      Files.createDirectories(folder);
      put(folder, name + ".html", Pages.alone(Runs.alone(run, name), List.of(first, name)));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The page of %s cannot be written to %s".formatted(name, folder), e);
    }
  }

  /**
   * The comparison for the console, at most 100 characters wide, with a line's end behind every
   * line.
   *
   * @throws IllegalArgumentException when there are no runs, or real and simulated ones are mixed
   */
  public static String table(List<Findings> runs) {
    return table(Reported.of(runs, List.of()));
  }

  /** The same of what is worked out already. */
  public static String table(Reported report) {
    return ConsoleTable.of(report.runs()) + RepeatedFiles.console(report.repeated());
  }

  /** As {@link #render(List, Path)} of runs, of what is worked out already. */
  public static Path render(Reported report, Path into) {
    Runs runs = report.runs();
    Repeated repeated = report.repeated();
    try {
      Files.createDirectories(into);
      Pages pages = new Pages(report);
      Path index = put(into, Runs.INDEX + ".html", pages.index());
      for (int i = 0; i < runs.names().size(); i++) {
        put(into, runs.names().get(i) + ".html", pages.run(i));
      }
      try (Writer json = writer(into.resolve("results.json"))) {
        ResultFiles.json(runs, report.skipped(), json);
      }
      put(into, "results.csv", ResultFiles.csv(runs));
      put(
          into,
          "summary.md",
          Summary.of(runs) + Skipped.markdown(report.skipped()) + RepeatedFiles.markdown(repeated));
      if (repeated.any()) {
        put(into, "repeats.json", RepeatedFiles.json(repeated));
      }
      return index;
    } catch (IOException e) {
      throw new UncheckedIOException("The report cannot be written to " + into, e);
    }
  }

  /** What is no character becomes a question mark, as in the other files. */
  private static Writer writer(Path file) throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(Files.newOutputStream(file), StandardCharsets.UTF_8));
  }

  private static Path put(Path folder, String name, String text) throws IOException {
    return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }
}
