package io.rolloutlab.scenario.read;

import java.util.List;
import java.util.Optional;

/** A part of a YAML file, with the line it stands in. */
public sealed interface YamlNode {
  /** Counted from 1. */
  int line();

  /** A key with its value; empty where there is none, as in all that is no block. */
  default Optional<Entry> entry(String key) {
    return Optional.empty();
  }

  /**
   * Keys with values.
   *
   * @param entries none of which has another's key
   */
  record Block(int line, List<Entry> entries) implements YamlNode {
    @Override
    public Optional<Entry> entry(String key) {
      return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }
  }

  /**
   * A key with its value.
   *
   * @param line of the key
   */
  record Entry(String key, int line, YamlNode value) {}

  /** A list. */
  record Items(int line, List<YamlNode> items) implements YamlNode {}

  /**
   * A text, a number, a flag or nothing.
   *
   * @param plain whether it stands there without quotes
   */
  record Word(int line, String text, boolean plain) implements YamlNode {
    /** Whether nothing stands there, in one of the ways in which YAML says that. */
    public boolean isNothing() {
      return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
    }
  }

  /** Something that has been complained about, and says no more. */
  record Refused(int line) implements YamlNode {}
}
