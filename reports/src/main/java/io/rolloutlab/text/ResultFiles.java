package io.rolloutlab.text;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.compare.Claim;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.json.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
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

  private static final CsvTable<Entry> ENTRIES =
      new CsvTable<Entry>()
          .column("scenario", entry -> inert(entry.name()))
          .column("strategy", entry -> entry.run().manifest().scenario().strategy().fileName())
          .column("run", entry -> inert(entry.run().manifest().runId()))
          .column("origin", entry -> entry.run().manifest().origin().name())
          .column("verdict", entry -> entry.run().verdict().name())
          .column("outcome", entry -> inert(entry.row().outcome()))
          .column("cutOff", entry -> inert(entry.row().cutOff()))
          .column("metric", entry -> inert(entry.measure().key()))
          .column("label", entry -> inert(entry.measure().label()))
          .column("value", entry -> plain(entry.cell().value()))
          .column("unit", entry -> inert(entry.measure().unit()))
          .column("best", entry -> String.valueOf(entry.cell().best()))
          .column("doubt", entry -> inert(entry.doubt()))
          .column("settledBy", entry -> inert(entry.cell().settledBy()))
          .column("howMeasured", entry -> inert(entry.measure().howMeasured()))
          .column("never", entry -> inert(entry.cell().never()));

  private ResultFiles() {}

  /** One number of one run, with what it belongs to. */
  private record Entry(
      String name,
      Findings run,
      Comparison.Row row,
      Comparison.Measure measure,
      Comparison.Cell cell) {
    String doubt() {
      return cell.value().isEmpty() ? "" : run.doubtOf(measure.key());
    }
  }

  private record Results(
      int format,
      Manifest.Origin origin,
      List<String> pages,
      Comparison comparison,
      List<Claim> claims,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Skipped> skipped,
      List<Findings> runs) {}

  /**
   * Writes {@code results.json}: everything that is known, down to the second. It is written as it
   * is made, and never held as a whole: with the causes of a million requests it is large.
   *
   * @param skipped what was asked for beside the runs and could not be run there
   * @param into is left open
   * @throws IOException when it cannot be written
   */
  public static void json(Runs runs, List<Skipped> skipped, Writer into) throws IOException {
    Results results =
        new Results(
            FORMAT,
            runs.findings().get(0).manifest().origin(),
            runs.names().stream().map(name -> name + ".html").toList(),
            runs.comparison(),
            runs.claims(),
            skipped,
            runs.findings());
    write(results, into);
  }

  /** What a small file for programs says, with a line's end behind its last line. */
  public static String indented(Object results) {
    StringWriter text = new StringWriter();
    try {
      write(results, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(Object results, Writer into) throws IOException {
    DefaultIndenter newline = new DefaultIndenter("  ", "\n");
    JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(newline))
        .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .writeValue(into, results);
    into.write("\n");
  }

  /** {@code results.csv}: a row a scenario and metric; an empty value is none. */
  public static String csv(Runs runs) {
    List<Entry> entries = new ArrayList<>();
    Comparison table = runs.comparison();
    for (int r = 0; r < table.rows().size(); r++) {
      Comparison.Row row = table.rows().get(r);
      for (int m = 0; m < table.measures().size(); m++) {
        entries.add(
            new Entry(
                runs.names().get(r),
                runs.findings().get(r),
                row,
                table.measures().get(m),
                row.cells().get(m)));
      }
    }
    return ENTRIES.of(entries);
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
