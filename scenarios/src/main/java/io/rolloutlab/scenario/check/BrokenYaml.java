package io.rolloutlab.scenario.check;

import java.util.Objects;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * What is wrong with a text that is no YAML.
 *
 * @param line in the file, counted from 1
 * @param what is wrong, as a sentence's end
 */
public record BrokenYaml(int line, String what) {
  /**
   * Reads it off what snakeyaml throws: a {@code YAMLException}, or a {@link NumberFormatException}
   * of its scanner (2.6), for an escape that the end of the file cuts off, or whose number is too
   * large.
   *
   * @param readSoFar the line that was read last, of which is spoken where nothing else is named
   */
  public static BrokenYaml of(RuntimeException broken, int readSoFar) {
    if (broken instanceof MarkedYAMLException marked) {
      int line =
          marked.getProblemMark() == null ? readSoFar : marked.getProblemMark().getLine() + 1;
      return new BrokenYaml(
          line,
          "not YAML: %s (%s)"
              .formatted(
                  marked.getProblem(),
                  Objects.requireNonNullElse(marked.getContext(), "no context")));
    } else if (broken instanceof NumberFormatException) {
      return new BrokenYaml(
          readSoFar,
          "not YAML: a text in quotes that follows this has a broken escape: \\x takes two"
              + " hexadecimal digits, \\u four, \\U eight, and no more than \\U0010FFFF");
    }
    return new BrokenYaml(readSoFar, "not YAML: " + broken.getMessage());
  }
}
