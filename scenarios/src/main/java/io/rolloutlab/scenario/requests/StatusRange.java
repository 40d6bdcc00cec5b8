package io.rolloutlab.scenario.requests;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.rolloutlab.scenario.check.Complaints;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statuses of good answers as people write them: {@code 204}, {@code 200-299}.
 *
 * @param from the least of them, 100 or more
 * @param to the greatest, at least {@code from} and at most 499: an answer of 500 or more has
 *     failed for the edge's log and the alarm, whatever its users think of it
 */
public record StatusRange(int from, int to) {
  /** Every status that can be good. */
  public static final StatusRange ANY = new StatusRange(100, 499);

  private static final Pattern SHAPE = Pattern.compile("(\\d{1,9})(?: ?- ?(\\d{1,9}))?");

  public StatusRange {
    if (from < 100 || to > 499 || from > to) {
      throw new IllegalArgumentException(
          "\"%s\" is no range from 100 to 499, where an answer can be good: 500 and above have failed"
                  .formatted(text(from, to))
              + " for the edge and the alarm");
    }
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when the text is none, quoting it
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static StatusRange parse(String text) {
    Matcher matcher = SHAPE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no status and no range of them: write it as in 204 or 200-299"
              .formatted(Complaints.quoted(text)));
    }
    int first = Integer.parseInt(matcher.group(1));
    return new StatusRange(
        first, matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2)));
  }

  /** Whether a status is one of them. */
  public boolean holds(int status) {
    return status >= from && status <= to;
  }

  /** Writes it the way {@link #parse} reads it. */
  @JsonValue
  public String print() {
    return text(from, to);
  }

  /** As {@link #print}. */
  @Override
  public String toString() {
    return print();
  }

  private static String text(int from, int to) {
    return from == to ? "" + from : from + "-" + to;
  }
}
