package io.rolloutlab.analysis.run;

/**
 * A length of time within a run.
 *
 * @param startMillis after x = 0
 * @param endMillis after x = 0, not before the start
 */
public record Span(long startMillis, long endMillis) {
  /** How long it is. */
  public long millis() {
    return endMillis - startMillis;
  }
}
