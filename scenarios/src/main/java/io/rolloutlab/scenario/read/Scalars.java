package io.rolloutlab.scenario.read;

import io.rolloutlab.scenario.AlarmPlan;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.scenario.app.AppFaultKind;
import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.check.FileWord;
import io.rolloutlab.scenario.check.Memory;
import io.rolloutlab.scenario.check.Nearest;
import io.rolloutlab.scenario.check.Percent;
import io.rolloutlab.scenario.expect.Limit;
import io.rolloutlab.scenario.requests.StatusRange;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Single values as they stand in files. Nothing is converted silently: no "4" for 4, no 1.5 for 1.
 */
public final class Scalars {
  private static final Pattern WHOLE = Pattern.compile("[-+]?(?:0|[1-9][0-9]*)");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");

  private Scalars() {}

  /** Whether a record stands in files as one word, and not as a block of keys. */
  public static boolean isOneWord(Class<?> type) {
    return type == Memory.class
        || type == Percent.class
        || type == Limit.class
        || type == StatusRange.class
        || type == Strategy.class;
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException when it is none of its type
   */
  static Object read(Class<?> type, YamlNode.Word word) {
    String text = word.text();
    if (type == String.class) {
      return printable(text);
    } else if (type == Duration.class) {
      return Durations.parse(text);
    } else if (type == Memory.class) {
      return Memory.parse(text);
    } else if (type == Percent.class) {
      return Percent.parse(text);
    } else if (type == StatusRange.class) {
      return StatusRange.parse(text);
    } else if (type == Strategy.class) {
      return Strategy.of(text);
    } else if (type == Limit.class && (word.plain() || !NUMBER.matcher(text).matches())) {
      return Limit.parse(text);
    } else if (type.isEnum()) {
      return constant(type, text);
    } else if (word.plain() && type == Integer.class && WHOLE.matcher(text).matches()) {
      return number(text, Integer::valueOf);
    } else if (word.plain() && type == Long.class && WHOLE.matcher(text).matches()) {
      return number(text, Long::valueOf);
    } else if (word.plain() && type == Double.class && NUMBER.matcher(text).matches()) {
      return Double.valueOf(text);
    } else if (word.plain() && type == Boolean.class && text.matches("true|false")) {
      return Boolean.valueOf(text);
    }
    throw new IllegalArgumentException("wrong type: %s is wanted here".formatted(name(type)));
  }

  /** What a type is called. */
  public static String name(Class<?> type) {
    if (type == Integer.class || type == Long.class) {
      return "a whole number";
    } else if (type == Double.class) {
      return "a number";
    } else if (type == Boolean.class) {
      return "true or false";
    } else if (type == Duration.class) {
      return "a duration such as 10s";
    } else if (type == Memory.class) {
      return "an amount of memory such as 256MiB";
    } else if (type == Percent.class) {
      return "a share such as 20 %";
    } else if (type == AppFault.class) {
      return oneOf(words(AppFaultKind.class)) + ", or a block with one of them";
    } else if (type == AlarmPlan.class) {
      return "a block of keys, or none,";
    } else if (type == Strategy.class) {
      return oneOf(Strategy.known().stream().map(Strategy::fileName).toList());
    } else if (type == StatusRange.class) {
      return "a status or a range of them, such as 200-299";
    } else if (type == Limit.class) {
      return "a number, baseline, or baseline + a number such as 20";
    } else if (type.isEnum()) {
      return oneOf(words(type));
    }
    return type == String.class ? "a text" : "a block of keys";
  }

  private static String oneOf(List<String> words) {
    return "one of " + String.join(", ", words);
  }

  /** The words of an enumeration. */
  static List<String> words(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(Scalars::word).toList();
  }

  /**
   * A value that stands in for a missing one while others are looked at; null when there is none.
   */
  static Object any(Class<?> type) {
    if (type == String.class) {
      return "x";
    } else if (type == Integer.class) {
      return 1;
    } else if (type == Duration.class) {
      return Duration.ZERO;
    } else if (type == Strategy.class) {
      return Strategy.BASELINE;
    }
    return type.isEnum() ? type.getEnumConstants()[0] : null;
  }

  private static String word(Object constant) {
    return FileWord.of((Enum<?>) constant);
  }

  private static Object constant(Class<?> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> word(constant).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"%s\" is not known%s; known are %s"
                        .formatted(
                            Complaints.quoted(text),
                            Nearest.asked(text, words(type)),
                            String.join(", ", words(type)))));
  }

  private static <T> T number(String text, Function<String, T> read) {
    try {
      return read.apply(text);
    } catch (NumberFormatException tooLarge) {
      throw new IllegalArgumentException(
          "%s is too large a number".formatted(Complaints.quoted(text)), tooLarge);
    }
  }

  /** Escapes in quotes can say what no file may hold. */
  private static String printable(String text) {
    text.codePoints()
        .filter(
            c ->
                Character.isISOControl(c) && c != '\n' && c != '\t'
                    || Character.getType(c) == Character.SURROGATE)
        .findFirst()
        .ifPresent(
            c -> {
              throw new IllegalArgumentException(
                  "holds the control character U+%04X, which no text here may".formatted(c));
            });
    return text;
  }
}
