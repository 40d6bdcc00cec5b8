package io.rolloutlab.text;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.compare.Claim;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.json.Json;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The results for programs. */
public final class ResultFiles {
  /** The version of {@code results.json}. */
  private static final int FORMAT = 1;

  private static final JsonMapper JSON =
      Json.strict(JsonMapper.builder())
          .addModule(new Jdk8Module())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();
  private static final CsvMapper CSV = CsvMapper.builder().build();

  private ResultFiles() {}

  private record Results(
      int format,
      Manifest.Origin origin,
      List<String> pages,
      Comparison comparison,
      List<Claim> claims,
      List<Findings> runs) {}

  /** {@code results.json}: everything that is known, down to the second. */
  public static String json(Runs runs) {
    Results results =
        new Results(
            FORMAT,
            runs.findings().get(0).manifest().origin(),
            runs.names().stream().map(name -> name + ".html").toList(),
            runs.comparison(),
            runs.claims(),
            runs.findings());
    return indented(results);
  }

  /** What a file for programs says, with a line's end behind its last line. */
  public static String indented(Object results) {
    DefaultIndenter newline = new DefaultIndenter("  ", "\n");
    try {
      return JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(newline))
              .writeValueAsString(results)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code results.csv}: a row a scenario and metric; an empty value is none. */
  public static String csv(Runs runs) {
    List<Map<String, String>> rows = new ArrayList<>();
    Comparison table = runs.comparison();
    for (int r = 0; r < table.rows().size(); r++) {
      for (int m = 0; m < table.measures().size(); m++) {
        rows.add(row(runs, r, m));
      }
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

  private static Map<String, String> row(Runs runs, int r, int m) {
    Findings run = runs.findings().get(r);
    Comparison.Measure measure = runs.comparison().measures().get(m);
    Comparison.Row of = runs.comparison().rows().get(r);
    Comparison.Cell cell = of.cells().get(m);
    Map<String, String> row = new LinkedHashMap<>();
    row.put("scenario", inert(runs.names().get(r)));
    row.put("strategy", run.manifest().scenario().strategy().fileName());
    row.put("run", inert(run.manifest().runId()));
    row.put("origin", run.manifest().origin().name());
    row.put("verdict", run.verdict().name());
    row.put("outcome", inert(of.outcome()));
    row.put("cutOff", inert(of.cutOff()));
    row.put("metric", inert(measure.key()));
    row.put("label", inert(measure.label()));
    row.put("value", plain(cell.value()));
    row.put("unit", inert(measure.unit()));
    row.put("best", "" + cell.best());
    row.put("doubt", inert(cell.value().isEmpty() ? "" : run.doubtOf(measure.key())));
    row.put("settledBy", inert(cell.settledBy()));
    row.put("howMeasured", inert(measure.howMeasured()));
    row.put("never", inert(cell.never()));
    return row;
  }

  private static String plain(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble())
        ? BigDecimal.valueOf(value.getAsDouble()).stripTrailingZeros().toPlainString()
        : "";
  }

  /** Text that no spreadsheet takes for a formula. */
  public static String inert(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r\n＝＋－＠".indexOf(text.charAt(0)) >= 0;
    return formula ? "'" + text : text;
  }
}
