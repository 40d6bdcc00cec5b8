package io.rolloutlab.text;

/** Text of any length as lines of a console. */
public final class ConsoleLines {
  /** No line is longer. */
  public static final int WIDTH = 100;

  private ConsoleLines() {}

  /**
   * A text over as many lines as it takes, broken between words; control characters become blanks.
   *
   * @param first stands before the first line
   * @param next stands before the others
   * @return without a line's end behind the last one
   */
  public static String wrapped(String text, String first, String next) {
    String lines =
        text.replaceAll("\\p{Cntrl}", " ")
            .replaceAll("(.{1,%s})( +|$)".formatted(WIDTH - next.length()), "$1\n" + next);
    return (first + lines).stripTrailing();
  }
}
