package io.rolloutlab.stack;

import java.util.Comparator;

/**
 * Where something stands.
 *
 * @param file as it was named by who asked
 * @param line counted from 1
 */
public record Place(String file, int line) implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::file).thenComparingInt(Place::line);

  /** By file, then by line. */
  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line}. */
  public String print() {
    return file + ":" + line;
  }
}
