package io.rolloutlab.scenario.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory as people write it for Docker: {@code 256MiB}, {@code 24GiB}. A bare number
 * is refused, since its unit would be a guess; only {@code 0} needs none.
 *
 * @param bytes at least 0
 */
public record Memory(long bytes) {
  public static final Memory NONE = new Memory(0);

  private static final Pattern SHAPE = Pattern.compile("(\\d{1,10})([KMG])iB");
  private static final String UNITS = "KMG";

  public Memory {
    if (bytes < 0) {
      throw new IllegalArgumentException("memory must be at least 0, but is " + bytes + " bytes");
    }
  }

  /**
   * Reads an amount.
   *
   * @throws IllegalArgumentException when the text is none, quoting it
   */
  public static Memory parse(String text) {
    String trimmed = text.strip();
    if (trimmed.equals("0")) {
      return NONE;
    }
    Matcher matcher = SHAPE.matcher(trimmed);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no amount of memory: write it with its unit, as in 256MiB or 2GiB"
              .formatted(Complaints.quoted(text)));
    }
    long unit = 1L << 10 * (UNITS.indexOf(matcher.group(2)) + 1);
    try {
      return new Memory(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit));
    } catch (ArithmeticException | NumberFormatException tooMuch) {
      throw new IllegalArgumentException("\"%s\" is too much memory".formatted(text), tooMuch);
    }
  }

  /** Writes it the way {@link #parse} reads it, in the largest unit that leaves no rest. */
  public String print() {
    if (bytes == 0) {
      return "0";
    }
    int power = Math.min(UNITS.length(), Long.numberOfTrailingZeros(bytes) / 10);
    return power == 0
        ? bytes + "B"
        : "%s%siB".formatted(bytes >> 10 * power, UNITS.charAt(power - 1));
  }
}
