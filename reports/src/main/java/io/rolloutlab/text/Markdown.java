package io.rolloutlab.text;

import java.util.List;
import java.util.stream.Collectors;

/** Markdown that says what it is told, whatever the text is made of. */
public final class Markdown {
  private static final String SPECIAL = "\\`*_[]#|~$";

  private Markdown() {}

  /** Text in which nothing is markup: no link, no HTML, no end of a cell or line. */
  public static String text(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(out, c));
    // What renderers make a link of by themselves.
    return out.toString().replace("://", "&#58;//").replace("www.", "www&#46;").strip();
  }

  private static void append(StringBuilder out, int c) {
    if (c == '<') {
      out.append("&lt;");
    } else if (c == '>') {
      out.append("&gt;");
    } else if (c == '&') {
      out.append("&amp;");
    } else if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
      out.append(' ');
    } else if (SPECIAL.indexOf(c) >= 0) {
      out.append('\\').appendCodePoint(c);
    } else if (c == '@') {
      // Nobody is mentioned.
      out.append("&#64;");
    } else {
      out.appendCodePoint(c);
    }
  }

  /** A line of a table; its cells are Markdown already. */
  public static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** The line below a table's head: first column to the left, the others to the right. */
  public static String rule(int columns, boolean numbers) {
    return "|---" + (numbers ? "|---:" : "|---").repeat(columns - 1) + "|\n";
  }
}
