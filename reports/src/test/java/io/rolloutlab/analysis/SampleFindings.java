package io.rolloutlab.analysis;

import io.rolloutlab.history.History;
import io.rolloutlab.scenario.Strategy;
import java.util.List;

/** {@link SampleRuns} and their findings, for the tests of other packages. */
public final class SampleFindings {
  private SampleFindings() {}

  /** One run of every strategy, the baseline first. */
  public static List<Findings> all(long seed) {
    return SampleRuns.all(seed).stream().map(Analysis::analyse).toList();
  }

  /** A run of the strategy's delivered scenario. */
  public static History history(Strategy strategy, long seed) {
    return SampleRuns.of(strategy, seed);
  }
}
