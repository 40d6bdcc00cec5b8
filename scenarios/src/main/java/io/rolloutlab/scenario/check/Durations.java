package io.rolloutlab.scenario.check;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them for Docker: {@code 500ms}, {@code 10s}, {@code 1m30s}, {@code 2h}.
 * A bare number is refused, since its unit would be a guess; only {@code 0} needs none.
 */
public final class Durations {
  private static final Pattern SHAPE =
      Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:(\\d+)s)?(?:(\\d+)ms)?");

  private Durations() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException when the text is none, quoting it
   */
  public static Duration parse(String text) {
    String trimmed = text.strip();
    if (trimmed.equals("0")) {
      return Duration.ZERO;
    }
    Matcher matcher = SHAPE.matcher(trimmed);
    if (trimmed.isEmpty() || !matcher.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no duration: write it with its unit, as in 500ms, 10s or 1m30s"
              .formatted(Complaints.quoted(text)));
    }
    try {
      return sum(matcher);
    } catch (ArithmeticException | NumberFormatException tooLong) {
      throw new IllegalArgumentException(
          "\"%s\" is too long".formatted(Complaints.quoted(text)), tooLong);
    }
  }

  /** Writes a duration the way {@link #parse} reads it; milliseconds are the finest unit. */
  public static String print(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    StringBuilder text = new StringBuilder(duration.isNegative() ? "-" : "");
    Duration positive = duration.abs();
    append(text, positive.toHours(), "h");
    append(text, positive.toMinutesPart(), "m");
    append(text, positive.toSecondsPart(), "s");
    append(text, positive.toMillisPart(), "ms");
    return text.toString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount > 0) {
      text.append(amount).append(unit);
    }
  }

  private static Duration sum(Matcher matcher) {
    return Duration.ofHours(part(matcher, 1))
        .plusMinutes(part(matcher, 2))
        .plusSeconds(part(matcher, 3))
        .plusMillis(part(matcher, 4));
  }

  private static long part(Matcher matcher, int group) {
    return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
  }
}
