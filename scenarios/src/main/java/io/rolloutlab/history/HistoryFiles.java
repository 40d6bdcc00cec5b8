package io.rolloutlab.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.rolloutlab.scenario.json.Json;
import java.util.Map;
import java.util.Set;

/** The names and formats of a run folder's files. */
final class HistoryFiles {
  static final String MANIFEST = "manifest.json";
  static final String EVENTS = "events.jsonl";
  static final String REQUESTS = "requests.csv";
  static final String HITS = "hits.csv";
  static final String RESOURCES = "resources.csv";

  static final JsonMapper JSON =
      Json.strict(JsonMapper.builder())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  /**
   * Hits without connectMillis and bytes, or without upstreamMillis, which logs did not say at
   * first; requests without name and wrong, when there was but one kind of them, or without visit,
   * when each stood alone.
   */
  private static final Map<Class<?>, Set<Integer>> EARLIER_COLUMNS =
      Map.of(Hit.class, Set.of(13, 15), Request.class, Set.of(11, 13));

  private static final CsvMapper CSV = CsvMapper.builder().build();

  private HistoryFiles() {}

  static ObjectWriter rowWriter(Class<?> row, boolean header) {
    return CSV.writer(schema(row).withUseHeader(header));
  }

  /**
   * Reads rows under a header.
   *
   * @param columns that the file has; those that came after the first ones may be missing at the
   *     end, any other difference from the row's own is an error
   */
  static ObjectReader rowReader(Class<?> row, int columns) {
    CsvSchema schema = schema(row);
    if (EARLIER_COLUMNS.getOrDefault(row, Set.of()).contains(columns)) {
      CsvSchema.Builder first = CsvSchema.builder();
      schema.forEach(
          column -> {
            if (column.getIndex() < columns) {
              first.addColumn(column);
            }
          });
      schema = first.build();
    }
    return CSV.readerFor(row).with(schema.withHeader().withStrictHeaders(true));
  }

  private static CsvSchema schema(Class<?> row) {
    return CSV.schemaFor(row).withLineSeparator("\n").withoutComments();
  }
}
