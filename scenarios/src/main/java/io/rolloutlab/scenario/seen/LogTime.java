package io.rolloutlab.scenario.seen;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Times as logs write them, in milliseconds since 1970. */
final class LogTime {
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(?:\\.\\d{1,9})?");

  /** What is more are milliseconds: as seconds it would be later than the year 5000. */
  private static final double MOST_SECONDS = 1e11;

  private LogTime() {}

  /** Of a member of a JSON object; empty for what is no time. */
  static OptionalLong of(JsonNode value) {
    if (value == null) {
      return OptionalLong.empty();
    }
    // As a text a large fraction would have an exponent.
    return of(value.isNumber() ? value.decimalValue().toPlainString() : value.asText());
  }

  /**
   * Of a text: {@code 10/Oct/2026:13:55:36 +0200}, {@code 2026-10-10T13:55:36.1Z}, or seconds or
   * milliseconds since 1970; empty for what is none of them.
   */
  static OptionalLong of(String text) {
    if (NUMBER.matcher(text).matches()) {
      double number = Double.parseDouble(text);
      return OptionalLong.of(Math.round(number > MOST_SECONDS ? number : number * 1000));
    }
    try {
      OffsetDateTime time =
          text.contains("/") ? OffsetDateTime.parse(text, LOCAL) : OffsetDateTime.parse(text);
      return OptionalLong.of(time.toInstant().toEpochMilli());
    } catch (DateTimeException none) {
      return OptionalLong.empty();
    }
  }
}
