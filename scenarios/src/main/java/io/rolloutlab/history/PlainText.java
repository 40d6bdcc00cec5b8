package io.rolloutlab.history;

import java.util.regex.Pattern;

/**
 * Text of others (logs of containers, messages of Swarm) without what a terminal would obey: escape
 * sequences (ECMA-48), control characters other than line feed and tab, and those that turn the
 * direction of writing.
 */
public final class PlainText {
  private static final Pattern LINE_END = Pattern.compile("\r\n?");
  private static final Pattern OBEYED =
      Pattern.compile(
          // CSI; then OSC and the other strings, to their end or the line's; then other escapes
          "(?:\u001B\\[|\u009B)[0-?]*[ -/]*[@-~]"
              + "|(?:\u001B[\\]PX^_]|[\u009D\u0090\u0098\u009E\u009F])[^\u0007\u001B\u009C\n]*"
              + "(?:\u0007|\u001B\\\\|\u009C)?"
              + "|\u001B[ -/]*[0-~]"
              + "|[\\p{Cc}&&[^\n\t]]"
              + "|[\u202A-\u202E\u2066-\u2069]");

  private PlainText() {}

  /** The text without them; carriage returns end a line. */
  public static String of(String text) {
    if (text.chars().noneMatch(PlainText::suspicious)) {
      return text;
    }
    return OBEYED.matcher(LINE_END.matcher(text).replaceAll("\n")).replaceAll("");
  }

  private static boolean suspicious(int c) {
    return c < ' ' && c != '\n' && c != '\t'
        || c >= 0x7F && c <= 0x9F
        || c >= 0x202A && c <= 0x2069;
  }
}
