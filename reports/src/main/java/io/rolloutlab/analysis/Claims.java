package io.rolloutlab.analysis;

import java.util.List;

/** The exercise's claims against the runs of its strategies. */
public final class Claims {
  private Claims() {}

  /**
   * Every claim, always all of them and in the same order; those whose runs are missing or not
   * reconciled are UNKNOWN.
   *
   * @throws IllegalArgumentException when real and simulated runs are mixed
   */
  public static List<Claim> of(List<Findings> runs) {
    Comparison.oneOrigin(runs);
    return List.of();
  }
}
