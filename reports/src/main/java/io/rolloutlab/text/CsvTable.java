package io.rolloutlab.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A file of comma-separated values: its columns, and how each is read off what stands in a row. The
 * first line names the columns, whether there are rows or not.
 *
 * @param <R> what a row is of
 */
public final class CsvTable<R> {
  private static final CsvMapper CSV = CsvMapper.builder().build();
  private static final int DECIMALS = 6;

  private final Map<String, Function<R, String>> columns = new LinkedHashMap<>();

  /**
   * Adds a column behind the others.
   *
   * @param value what stands in it; an empty one is none
   */
  public CsvTable<R> column(String name, Function<R, String> value) {
    columns.put(name, value);
    return this;
  }

  /** The file's text. */
  public String of(List<R> rows) {
    CsvSchema.Builder schema = CsvSchema.builder();
    columns.keySet().forEach(schema::addColumn);
    try {
      return CSV.writer(schema.build().withHeader().withLineSeparator("\n"))
          .writeValueAsString(rows.stream().map(this::values).toList());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> values(R row) {
    Map<String, String> values = new LinkedHashMap<>();
    columns.forEach((name, value) -> values.put(name, value.apply(row)));
    return values;
  }

  /** A number with up to six decimals, and no more digits than it has. */
  public static String number(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
