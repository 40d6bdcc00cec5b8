package io.rolloutlab.scenario.check;

import java.util.Locale;

/** How a constant stands in files, and in Swarm's own words: {@code STOP_FIRST} as stop-first. */
public final class FileWord {
  private FileWord() {}

  /** In lower case, with hyphens. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
