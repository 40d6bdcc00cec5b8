package io.rolloutlab.stack.read;

import java.util.regex.Pattern;

/** What a word is, as the YAML reader of docker's command line (go-yaml 3) sees it. */
enum WordKind {
  TEXT("a text"),
  WHOLE("a whole number"),
  FRACTION("a number"),
  FLAG("true or false"),
  NOTHING("nothing");

  private static final Pattern IS_NOTHING = Pattern.compile("|~|null|Null|NULL");
  private static final Pattern IS_FLAG = Pattern.compile("true|True|TRUE|false|False|FALSE");
  private static final Pattern IS_WHOLE =
      Pattern.compile("[-+]?(?:0b[01_]+|0o?[0-7_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*)");
  private static final Pattern IS_FRACTION =
      Pattern.compile(
          "[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
              + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

  private final String words;

  WordKind(String words) {
    this.words = words;
  }

  /** What people call it. */
  String words() {
    return words;
  }

  static WordKind of(String text, boolean plain) {
    if (!plain) {
      return TEXT;
    } else if (IS_NOTHING.matcher(text).matches()) {
      return NOTHING;
    } else if (IS_FLAG.matcher(text).matches()) {
      return FLAG;
    } else if (IS_WHOLE.matcher(text).matches()) {
      return WHOLE;
    }
    return IS_FRACTION.matcher(text).matches() ? FRACTION : TEXT;
  }
}
