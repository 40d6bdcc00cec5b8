package io.rolloutlab.sweep;

import io.rolloutlab.scenario.sweep.Sweep;
import io.rolloutlab.text.CsvTable;
import io.rolloutlab.text.Range;
import io.rolloutlab.text.ResultFiles;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** A sweep for programs. */
public final class SweepCsv {
  private SweepCsv() {}

  /** One setting. */
  private record Row(Sweep.Case condition, Point point) {
    Sweep.Setting setting() {
      return point.setting();
    }

    String number(SweepMeasure measure, ToDoubleFunction<Range> of) {
      return point.range(measure).map(r -> CsvTable.number(of.applyAsDouble(r))).orElse("");
    }
  }

  /**
   * A row a setting: the condition, the setting, whether nothing beats it, and of each measure the
   * mean, the least and the most over the seeds. An empty value is none.
   */
  public static String of(SweepResult result) {
    return table()
        .of(
            result.cases().stream()
                .flatMap(one -> one.points().stream().map(point -> new Row(one.condition(), point)))
                .toList());
  }

  private static CsvTable<Row> table() {
    CsvTable<Row> table =
        new CsvTable<Row>()
            .column("replicas", row -> "" + row.condition().replicas())
            .column("startUpSeconds", row -> ResultFiles.inert(row.condition().startUp()))
            .column("ratePerSecond", row -> CsvTable.number(row.condition().ratePerSecond()))
            .column("order", row -> row.setting().order().swarmName())
            .column("parallelism", row -> "" + row.setting().parallelism())
            .column("delaySeconds", row -> seconds(row.setting().delay()))
            .column("monitorSeconds", row -> seconds(row.setting().monitor()))
            .column("runs", row -> "" + row.point().runs())
            .column("paretoBest", row -> "" + row.point().best());
    for (SweepMeasure measure : SweepMeasure.all()) {
      table
          .column(measure.key(), row -> row.number(measure, Range::mean))
          .column(measure.key() + "Least", row -> row.number(measure, Range::least))
          .column(measure.key() + "Most", row -> row.number(measure, Range::most));
    }
    return table.column("trouble", row -> ResultFiles.inert(row.point().trouble()));
  }

  private static String seconds(Duration duration) {
    return CsvTable.number(duration.toMillis() / 1000.0);
  }
}
