package io.rolloutlab.stack;

/**
 * Something about a file that is no mistake but should be known.
 *
 * @param what a sentence
 */
public record StackNote(Place place, String what) {
  /** {@code file:line: sentence}. */
  public String print() {
    return place.print() + ": " + what;
  }
}
