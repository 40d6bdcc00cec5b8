package io.rolloutlab.analysis.measure;

/** Where a measure is shown; expectations can be of any. */
public enum Table {
  /** Runs side by side: pages, console, {@code results.csv} and {@code results.json}. */
  COMPARISON,
  /** Settings of rolling updates side by side, each a rollout without a way back. */
  SWEEP,
  /** Strategies in situations, a cell each. */
  MATRIX
}
