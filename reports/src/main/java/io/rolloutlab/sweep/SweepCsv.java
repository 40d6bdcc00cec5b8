package io.rolloutlab.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.rolloutlab.scenario.sweep.Sweep;
import io.rolloutlab.text.ResultFiles;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A sweep for programs. */
public final class SweepCsv {
  private static final CsvMapper CSV = CsvMapper.builder().build();
  private static final int DECIMALS = 6;

  private SweepCsv() {}

  /**
   * A row a setting: the condition, the setting, whether nothing beats it, and of each measure the
   * mean, the least and the most over the seeds. An empty value is none.
   */
  public static String of(SweepResult result) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (CaseResult one : result.cases()) {
      one.points().forEach(point -> rows.add(row(one.condition(), point)));
    }
    CsvSchema.Builder schema = CsvSchema.builder();
    rows.get(0).keySet().forEach(schema::addColumn);
    try {
      return CSV.writer(schema.build().withHeader().withLineSeparator("\n"))
          .writeValueAsString(rows);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> row(Sweep.Case condition, Point point) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("replicas", "" + condition.replicas());
    row.put("startUpSeconds", ResultFiles.inert(condition.startUp()));
    row.put("ratePerSecond", plain(condition.ratePerSecond()));
    row.put("order", point.setting().order().swarmName());
    row.put("parallelism", "" + point.setting().parallelism());
    row.put("delaySeconds", seconds(point.setting().delay()));
    row.put("monitorSeconds", seconds(point.setting().monitor()));
    row.put("runs", "" + point.runs());
    row.put("paretoBest", "" + point.best());
    for (SweepMeasure measure : SweepMeasure.all()) {
      row.put(measure.key(), point.range(measure).map(r -> plain(r.mean())).orElse(""));
      row.put(measure.key() + "Least", point.range(measure).map(r -> plain(r.least())).orElse(""));
      row.put(measure.key() + "Most", point.range(measure).map(r -> plain(r.most())).orElse(""));
    }
    row.put("trouble", ResultFiles.inert(point.trouble()));
    return row;
  }

  private static String seconds(Duration duration) {
    return plain(duration.toMillis() / 1000.0);
  }

  private static String plain(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
