package io.rolloutlab.html.doctor;

import io.rolloutlab.scenario.check.Secrets;
import io.rolloutlab.stack.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines of a file around one of them; values of secrets are masked.
 *
 * @param lines none where the file cannot be read any more
 */
public record Excerpt(List<Line> lines) {
  private static final int AROUND = 2;

  /**
   * A name as {@link Secrets#isSecret} knows it, with all of the line behind it: where a value ends
   * depends on quotes and braces, and to mask too much does no harm.
   */
  private static final Pattern SECRET =
      Pattern.compile(
          "([\\w.-]*(?:password|secret|token|key)[\\w.-]*[\"']?\\s*[:=]\\s*)\\S.*",
          Pattern.CASE_INSENSITIVE);

  public Excerpt {
    lines = List.copyOf(lines);
  }

  /**
   * A line.
   *
   * @param number counted from 1
   * @param meant whether it is the one
   */
  public record Line(int number, String text, boolean meant) {}

  /** The lines around a place. */
  static Excerpt around(Place place) {
    List<Line> lines = new ArrayList<>();
    try {
      List<String> all = Files.readAllLines(Path.of(place.file()));
      int last = Math.min(all.size(), place.line() + AROUND);
      for (int number = Math.max(1, place.line() - AROUND); number <= last; number++) {
        lines.add(new Line(number, masked(all.get(number - 1)), number == place.line()));
      }
    } catch (IOException gone) {
      return new Excerpt(List.of());
    }
    return new Excerpt(lines);
  }

  private static String masked(String line) {
    return Secrets.withoutCallers(SECRET.matcher(line).replaceAll("$1" + Secrets.MASK));
  }
}
