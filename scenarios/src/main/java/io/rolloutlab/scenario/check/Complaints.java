package io.rolloutlab.scenario.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All that is wrong with one file. */
public final class Complaints {
  /** A file with more mistakes is something else, such as a log. */
  private static final int SHOWN = 20;

  private static final int LONGEST_WORD = 80;

  private final List<Complaint> complaints = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();

  /**
   * One of them.
   *
   * @param line in the file, counted from 1
   * @param key its path from the top of the file; empty for the file itself
   * @param what is wrong, as a sentence's end
   */
  public record Complaint(int line, String key, String what) {}

  /**
   * Adds one.
   *
   * @param key its path from the top of the file; empty for the file itself
   */
  public void add(int line, String key, String what) {
    complaints.add(new Complaint(line, key, what));
    keys.add(key);
  }

  /** Remembers that a key has no true value, without a word about it. */
  public void doubt(String key) {
    keys.add(key);
  }

  /** All, in the order in which they were made. */
  public List<Complaint> all() {
    return List.copyOf(complaints);
  }

  public boolean isEmpty() {
    return complaints.isEmpty();
  }

  /** Whether a key, something under it or something above it has been complained about. */
  public boolean touch(String key) {
    return keys.stream().anyMatch(bad -> contains(key, bad) || contains(bad, key));
  }

  private static boolean contains(String outer, String inner) {
    return inner.startsWith(outer)
        && (inner.length() == outer.length()
            || outer.isEmpty()
            || inner.charAt(outer.length()) == '.'
            || inner.charAt(outer.length()) == '[');
  }

  /** A line each, in the order of the file. */
  public String print(Object file) {
    String text =
        complaints.stream()
            .sorted(Comparator.comparingInt(Complaint::line))
            .limit(SHOWN)
            .map(
                one ->
                    one.key.isEmpty()
                        ? "%s:%s: %s".formatted(file, one.line, visible(one.what))
                        : "%s:%s: %s: %s"
                            .formatted(file, one.line, quoted(one.key), visible(one.what)))
            .distinct()
            .collect(Collectors.joining("\n"));
    return complaints.size() <= SHOWN
        ? text
        : "%s\n%s: and %s more".formatted(text, file, complaints.size() - SHOWN);
  }

  /** A word of the file as it can be shown: cut when it is long, without control characters. */
  public static String quoted(String word) {
    return visible(word.length() <= LONGEST_WORD ? word : word.substring(0, LONGEST_WORD) + "...");
  }

  private static String visible(String text) {
    return text.codePoints()
        .mapToObj(
            c ->
                Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE
                    ? "\\u%04X".formatted(c)
                    : Character.toString(c))
        .collect(Collectors.joining());
  }
}
