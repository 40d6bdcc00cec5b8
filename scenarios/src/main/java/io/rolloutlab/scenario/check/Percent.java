package io.rolloutlab.scenario.check;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share as people write it: {@code 5 %}, {@code 0.5 %}. A bare number is refused, since it could
 * be one of a hundred or of one.
 *
 * @param number 0 to 100
 */
public record Percent(double number) {
  private static final Pattern SHAPE = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?)\\s?%");
  private static final double ALL = 100;

  public Percent {
    if (!(number >= 0 && number <= ALL)) {
      throw new IllegalArgumentException(
          "a share is from 0 % to 100 %, but is "
              + BigDecimal.valueOf(number).stripTrailingZeros().toPlainString());
    }
  }

  /**
   * Reads a share.
   *
   * @throws IllegalArgumentException when the text is none, quoting it
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Percent parse(String text) {
    Matcher matcher = SHAPE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no share: write it with its unit, as in 5 %% or 0.5 %%"
              .formatted(Complaints.quoted(text)));
    }
    return new Percent(Double.parseDouble(matcher.group(1)));
  }

  /** Writes it the way {@link #parse} reads it. */
  @JsonValue
  public String print() {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString() + " %";
  }

  /** As {@link #print}. */
  @Override
  public String toString() {
    return print();
  }

  /** Whether so many of all are more than this share. */
  public boolean isLessThan(long count, long all) {
    return count * ALL > number * all;
  }
}
