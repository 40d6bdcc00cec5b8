package io.rolloutlab.command;

import java.util.regex.Pattern;

/** Text as one word of a shell's command line. */
final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

  private ShellWord() {}

  /** The text itself where no shell reads anything into it, else in quotes. */
  static String of(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
