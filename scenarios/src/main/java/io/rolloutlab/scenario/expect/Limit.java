package io.rolloutlab.scenario.expect;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.rolloutlab.scenario.check.Complaints;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number in the unit of its measure, or one that is counted from the same measure of the baseline
 * run: {@code 200}, {@code baseline}, {@code baseline + 20}, {@code baseline - 1.5}.
 *
 * @param number the limit, or what is added to the baseline's number; may be negative
 * @param fromBaseline whether it is counted from the baseline
 */
public record Limit(double number, boolean fromBaseline) {
  private static final String NUMBER = "[0-9]+(?:\\.[0-9]+)?";
  private static final Pattern PLAIN =
      Pattern.compile("[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");
  private static final Pattern RELATIVE =
      Pattern.compile("baseline(?:\\s*([-+])\\s*(" + NUMBER + "))?");

  /**
   * Reads a limit.
   *
   * @throws IllegalArgumentException when the text is none, quoting it
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Limit parse(Object value) {
    String text = String.valueOf(value).strip();
    if (value instanceof Number || PLAIN.matcher(text).matches()) {
      return finite(Double.parseDouble(text), false, text);
    }
    Matcher relative = RELATIVE.matcher(text);
    if (!relative.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no limit: write a number in the measure's own unit, as in 200, or one counted"
                  .formatted(Complaints.quoted(text))
              + " from the baseline's, as in \"baseline + 20\"");
    }
    double number = relative.group(2) == null ? 0 : Double.parseDouble(relative.group(2));
    return finite("-".equals(relative.group(1)) ? -number : number, true, text);
  }

  private static Limit finite(double number, boolean fromBaseline, String text) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(
          "%s is too large a number".formatted(Complaints.quoted(text)));
    }
    return new Limit(number, fromBaseline);
  }

  /** As {@link #parse} reads it: a number, or a text. */
  @JsonValue
  public Object print() {
    BigDecimal exact = BigDecimal.valueOf(number).stripTrailingZeros();
    BigDecimal plain = exact.scale() < 0 ? exact.setScale(0) : exact;
    if (!fromBaseline) {
      return plain;
    }
    return number == 0
        ? "baseline"
        : "baseline %s %s".formatted(number < 0 ? "-" : "+", plain.abs().toPlainString());
  }
}
