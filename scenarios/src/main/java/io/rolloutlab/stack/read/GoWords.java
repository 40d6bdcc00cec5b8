package io.rolloutlab.stack.read;

import io.rolloutlab.scenario.check.Complaints;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values as docker's command line, a program in Go, reads them out of texts: durations ({@code
 * time.ParseDuration}), amounts of memory ({@code units.RAMInBytes}), numbers and flags.
 */
final class GoWords {
  private static final Pattern DURATION =
      Pattern.compile("\\+?(?:(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+");
  private static final Pattern STEP =
      Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "μs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private static final Pattern BYTES =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([kmgtp]?)i?b?", Pattern.CASE_INSENSITIVE);
  private static final String UNITS = "kmgtp";

  /** Both of Go's numbers of 63 bits, of nanoseconds and of bytes, end here. */
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private GoWords() {}

  /**
   * Reads a duration such as {@code 1m30s} or {@code 1.5h}.
   *
   * @throws IllegalArgumentException when it is none, quoting it
   */
  static Duration duration(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    if (!DURATION.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no duration: write it with its unit, as in 500ms, 10s or 1m30s"
              .formatted(Complaints.quoted(text)));
    }
    BigDecimal nanos = BigDecimal.ZERO;
    for (Matcher step = STEP.matcher(text); step.find(); ) {
      nanos =
          nanos.add(
              new BigDecimal(number(step.group(1)))
                  .multiply(BigDecimal.valueOf(NANOS.get(step.group(2)))));
    }
    return Duration.ofNanos(bounded(nanos, text));
  }

  /** Go takes "1." and ".5" as well, which BigDecimal does too but for the lonely dot. */
  private static String number(String text) {
    return text.endsWith(".") ? text + "0" : text;
  }

  /**
   * Reads an amount of memory such as {@code 512M}.
   *
   * @return bytes
   * @throws IllegalArgumentException when it is none, quoting it
   */
  static long bytes(String text) {
    Matcher matcher = BYTES.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no amount of memory: write it as in 512M or 2G"
              .formatted(Complaints.quoted(text)));
    }
    String unit = matcher.group(2).toLowerCase(Locale.ROOT);
    int power = unit.isEmpty() ? 0 : UNITS.indexOf(unit) + 1;
    return bounded(
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1L << 10 * power)), text);
  }

  /**
   * Reads a number of cores such as {@code 0.5}.
   *
   * @throws IllegalArgumentException when it is none, quoting it
   */
  static BigDecimal cores(String text) {
    try {
      BigDecimal cores = new BigDecimal(text);
      if (cores.signum() >= 0 && cores.compareTo(BigDecimal.valueOf(1_000_000)) <= 0) {
        return cores;
      }
    } catch (NumberFormatException none) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "\"%s\" is no number of cores: write it as in \"0.5\"".formatted(Complaints.quoted(text)));
  }

  /**
   * Reads a whole number as it stands in YAML, with its octal and hexadecimal forms.
   *
   * @throws IllegalArgumentException when it is none of 0 to 2147483647, quoting it
   */
  static int whole(String text) {
    try {
      String digits = text.replace("_", "").replaceFirst("^\\+", "").replaceFirst("^0o", "0");
      return digits.startsWith("0b")
          ? Integer.parseUnsignedInt(digits.substring(2), 2)
          : atLeastNothing(Integer.decode(digits));
    } catch (NumberFormatException none) {
      throw new IllegalArgumentException(
          "\"%s\" is none of the whole numbers from 0 to %s"
              .formatted(Complaints.quoted(text), Integer.MAX_VALUE),
          none);
    }
  }

  private static int atLeastNothing(int number) {
    if (number < 0) {
      throw new NumberFormatException();
    }
    return number;
  }

  /**
   * Reads a number.
   *
   * @throws IllegalArgumentException when it is none, quoting it
   */
  static double number(String text, double least, double most) {
    try {
      double number = Double.parseDouble(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException none) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "\"%s\" is no number from %s to %s".formatted(Complaints.quoted(text), least, most));
  }

  /**
   * Reads a flag that a variable was put into.
   *
   * @throws IllegalArgumentException when it is none, quoting it
   */
  static boolean flag(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.matches("y|yes|true|on")) {
      return true;
    } else if (lower.matches("n|no|false|off")) {
      return false;
    }
    throw new IllegalArgumentException(
        "\"%s\" is neither true nor false".formatted(Complaints.quoted(text)));
  }

  private static long bounded(BigDecimal amount, String text) {
    if (amount.compareTo(MOST) > 0) {
      throw new IllegalArgumentException("\"%s\" is too much".formatted(Complaints.quoted(text)));
    }
    return amount.setScale(0, RoundingMode.DOWN).longValueExact();
  }
}
