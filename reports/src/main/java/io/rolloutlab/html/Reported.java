package io.rolloutlab.html;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.change.Repeated;
import io.rolloutlab.text.Runs;
import java.util.List;

/**
 * What a report says, worked out once for the console and for every place it is written to.
 *
 * @param runs in the order of the report
 * @param repeated what repeats say
 */
public record Reported(Runs runs, Repeated repeated) {
  /**
   * Of the runs of a report.
   *
   * @throws IllegalArgumentException when there are no runs, or real and simulated ones are mixed
   */
  public static Reported of(List<Findings> runs) {
    Runs all = Runs.of(runs);
    return new Reported(all, Repeated.of(all.findings()));
  }
}
