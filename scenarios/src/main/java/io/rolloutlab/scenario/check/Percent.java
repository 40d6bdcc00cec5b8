package io.rolloutlab.scenario.check;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share as people write it: {@code 20 %}, {@code 0.5%}. A bare number is refused, since it could
 * be a share of 1 as well as of 100.
 *
 * @param share from 0 to 1
 */
public record Percent(double share) {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?) ?%");

  public Percent {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "a share must be from 0 %% to 100 %%, but is %s".formatted(text(share)));
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
          "\"%s\" is no share: write it in percent, as in 20 %%"
              .formatted(Complaints.quoted(text)));
    }
    return new Percent(new BigDecimal(matcher.group(1)).movePointLeft(2).doubleValue());
  }

  /** Writes it the way {@link #parse} reads it. */
  @JsonValue
  public String print() {
    return text(share);
  }

  /** The share in percent, 0 to 100. */
  public double inPercent() {
    return BigDecimal.valueOf(share).movePointRight(2).doubleValue();
  }

  /** As {@link #print}. */
  @Override
  public String toString() {
    return print();
  }

  /** Whether so many of all are more than this share. */
  public boolean isLessThan(long count, long all) {
    return BigDecimal.valueOf(count)
            .compareTo(BigDecimal.valueOf(share).multiply(BigDecimal.valueOf(all)))
        > 0;
  }

  private static String text(double share) {
    return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
  }
}
