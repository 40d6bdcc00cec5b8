package io.rolloutlab.doctor;

import io.rolloutlab.stack.Place;
import java.util.Comparator;

/**
 * What one line of a stack file will do to users.
 *
 * @param rule which found it
 * @param service whose tasks it is about
 * @param place of the setting that decides it
 * @param what will happen, a sentence with its numbers
 * @param change the one that helps, a sentence
 */
public record Finding(
    String rule, String service, Place place, Sureness sureness, String what, String change)
    implements Comparable<Finding> {
  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::place)
          .thenComparing(Finding::service)
          .thenComparing(Finding::rule)
          .thenComparing(Finding::what);

  /** By file and line; of one line by service, then by rule. */
  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }
}
