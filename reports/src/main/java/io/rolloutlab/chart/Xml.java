package io.rolloutlab.chart;

/** Text for XML: what may stand there at all, and what has to be escaped. */
public final class Xml {
  private Xml() {}

  /** The text with everything that no XML document may hold replaced by U+FFFD. */
  public static String legal(String text) {
    if (text.codePoints().allMatch(Xml::isLegal)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> out.appendCodePoint(isLegal(c) ? c : 0xFFFD));
    return out.toString();
  }

  private static boolean isLegal(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || c >= 0x20 && c <= 0xD7FF
        || c >= 0xE000 && c <= 0xFFFD
        || c >= 0x10000;
  }

  /** The text as it stands between tags, or between the double quotes of an attribute. */
  static String escape(String text) {
    return legal(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
