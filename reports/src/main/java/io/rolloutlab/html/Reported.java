package io.rolloutlab.html;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.change.Repeated;
import io.rolloutlab.text.Runs;
import io.rolloutlab.text.Skipped;
import java.util.List;

/**
 * What a report says, worked out once for the console and for every place it is written to.
 *
 * @param runs in the order of the report
 * @param repeated what repeats say
 * @param skipped what was asked for and could not be run there
 */
public record Reported(Runs runs, Repeated repeated, List<Skipped> skipped) {
  public Reported {
    skipped = List.copyOf(skipped);
  }

  /**
   * Of the runs of a report.
   *
   * @param skipped what was asked for beside them and could not be run there
   * @throws IllegalArgumentException when there are no runs, or real and simulated ones are mixed
   */
  public static Reported of(List<Findings> runs, List<Skipped> skipped) {
    Runs all = Runs.of(runs);
    return new Reported(all, Repeated.of(all.findings()), skipped);
  }
}
