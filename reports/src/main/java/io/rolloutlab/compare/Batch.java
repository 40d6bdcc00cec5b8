package io.rolloutlab.compare;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.run.Part;
import java.util.ArrayList;
import java.util.List;

/** Runs of one batch, judged beside each other. */
public final class Batch {
  private Batch() {}

  /**
   * The same runs in the same order. What their scenarios count from the baseline is judged against
   * the baselines among them; all else stays as it was judged. To judge twice changes nothing.
   */
  public static List<Findings> judged(List<Findings> runs) {
    return runs.stream().map(run -> run.against(() -> baselines(run, runs))).toList();
  }

  /** One of the runs, judged beside all of them. */
  public static Findings judged(Findings run, List<Findings> runs) {
    return run.against(() -> baselines(run, runs));
  }

  /** Those that a run can be held against; otherwise why there is none. */
  private static Part<List<Findings>> baselines(Findings run, List<Findings> runs) {
    List<Findings> usable = new ArrayList<>();
    String why = Findings.NO_BASELINE;
    for (Findings baseline : runs) {
      if (baseline.isBaseline() && baseline.manifest().origin() == run.manifest().origin()) {
        String others = Differences.ofConditions(baseline, run);
        if (!baseline.reconciled() || baseline.cutOff().isPresent()) {
          why = "the baseline's numbers cannot be trusted: it was cut off, or did not reconcile";
        } else if (!others.isEmpty()) {
          why = "the baseline was run under other conditions (baseline / this run): " + others;
        } else {
          usable.add(baseline);
        }
      }
    }
    return usable.isEmpty() ? Part.unknown(why) : Part.known(usable);
  }
}
