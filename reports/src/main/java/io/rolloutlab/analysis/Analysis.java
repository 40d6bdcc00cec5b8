package io.rolloutlab.analysis;

import io.rolloutlab.history.History;

/** Makes the findings of a run from its history. */
public final class Analysis {
  private Analysis() {}

  /** Analyses a history: pure, deterministic, linear in its size. Never throws. */
  public static Findings analyse(History history) {
    throw new UnsupportedOperationException("not there yet: " + history.manifest().runId());
  }
}
