package io.rolloutlab.matrix;

import io.rolloutlab.analysis.measure.Measure;
import io.rolloutlab.chance.Interval95;
import io.rolloutlab.chance.RankTest;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.text.CsvTable;
import io.rolloutlab.text.ResultFiles;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A matrix for programs. */
public final class MatrixFiles {
  /** The version of {@code matrix.json}. */
  private static final int FORMAT = 1;

  private MatrixFiles() {}

  private record Results(
      int format,
      Manifest.Origin origin,
      String name,
      String question,
      List<MatrixCell> cells,
      List<Advised> whatToChoose) {}

  private record Advised(
      String situation,
      String text,
      List<String> cells,
      Optional<NextAgainstBest> nextAgainstBest) {
    static Advised of(Advice advice) {
      return new Advised(
          advice.about(),
          advice.text(),
          advice.cells().stream().map(MatrixCell::name).toList(),
          advice.next().map(NextAgainstBest::of));
    }
  }

  private record NextAgainstBest(
      String key,
      String next,
      String best,
      double difference,
      Interval95 interval95,
      RankTest rankTest) {
    static NextAgainstBest of(MoreHurt more) {
      return new NextAgainstBest(
          MatrixMeasure.USERS_HURT.key(),
          more.cell().name(),
          more.than().name(),
          more.mean(),
          more.interval(),
          more.ranks());
    }
  }

  /** {@code matrix.json}: every number of every run, and what to choose with its interval. */
  public static String json(MatrixResult result) {
    return ResultFiles.indented(
        new Results(
            FORMAT,
            result.origin(),
            result.matrix().name(),
            result.matrix().question(),
            result.cells(),
            result.advice().stream().map(Advised::of).toList()));
  }

  /** One run, and where it belongs. */
  private record Row(MatrixCell cell, MatrixRun run) {
    String number(Measure measure) {
      OptionalDouble value = run.value(measure);
      return value.isPresent() ? CsvTable.number(value.getAsDouble()) : "";
    }
  }

  /**
   * {@code matrix.csv}: a row a run. An empty value is none; the column {@code moreThan} has the
   * keys of those that are known to be too small.
   */
  public static String csv(MatrixResult result) {
    CsvTable<Row> table =
        new CsvTable<Row>()
            .column("strategy", row -> row.cell().strategy())
            .column("situation", row -> row.cell().situation())
            .column("run", row -> ResultFiles.inert(row.run().id()))
            .column("origin", row -> result.origin().name())
            .column("seed", row -> "" + row.run().seed());
    for (MatrixMeasure measure : MatrixMeasure.all()) {
      table.column(measure.key(), row -> row.number(measure.measure()));
      measure.share().ifPresent(share -> table.column(share.key(), row -> row.number(share)));
    }
    return table
        .column("moreThan", row -> String.join(" ", row.run().open()))
        .column("outcome", row -> row.run().outcome())
        .column("detail", row -> ResultFiles.inert(row.run().detail()))
        .column("trouble", row -> ResultFiles.inert(row.run().trouble()))
        .of(
            result.cells().stream()
                .flatMap(cell -> cell.runs().stream().map(run -> new Row(cell, run)))
                .toList());
  }
}
