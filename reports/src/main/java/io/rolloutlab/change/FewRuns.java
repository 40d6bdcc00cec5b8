package io.rolloutlab.change;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.measure.Apart;
import io.rolloutlab.analysis.measure.Measure;
import io.rolloutlab.analysis.run.Evidence;
import java.util.Comparator;
import java.util.List;

/**
 * What is told apart where there are fewer runs than show how far chance reaches: by what each run
 * shows of its own scatter, and by a rule where it shows none.
 */
final class FewRuns {
  /** So many of each side say how far chance reaches: 2 of 70 orders are as uneven as can be. */
  static final int ENOUGH = 4;

  private FewRuns() {}

  /**
   * Whether every run of one side is beyond every run of the other, and the two that are nearest
   * are told apart as two single runs are.
   *
   * @param a at least one
   * @param b at least one
   * @param peers all runs, for the noise that they show where nothing is changed
   */
  static boolean told(Measure measure, List<Findings> a, List<Findings> b, List<Evidence> peers) {
    Comparator<Findings> bySize =
        Comparator.comparingDouble(run -> measure.value(run.evidence()).orElseThrow());
    Findings lastOfA = a.stream().max(bySize).orElseThrow();
    Findings firstOfB = b.stream().min(bySize).orElseThrow();
    if (bySize.compare(lastOfA, firstOfB) < 0) {
      return told(measure, lastOfA.evidence(), firstOfB.evidence(), peers);
    }
    Findings firstOfA = a.stream().min(bySize).orElseThrow();
    Findings lastOfB = b.stream().max(bySize).orElseThrow();
    return bySize.compare(lastOfB, firstOfA) < 0
        && told(measure, lastOfB.evidence(), firstOfA.evidence(), peers);
  }

  private static boolean told(Measure measure, Evidence one, Evidence other, List<Evidence> peers) {
    if (!saysByItself(measure)) {
      return false;
    }
    Apart apart = measure.ranks().apart();
    return apart.rule().isEmpty()
        ? isTime(measure) && Apart.times(measure::value).test().told(one, other, peers)
        : apart.test().told(one, other, peers);
  }

  /**
   * Whether single runs say something of others like them: failures and times do. By latencies, and
   * by who met which version, most pairs of short runs of one file were told apart; and a count is
   * exact of its own run alone.
   */
  private static boolean saysByItself(Measure measure) {
    return (measure.ranks().harm() || isTime(measure))
        && !measure.ranks().apart().isOfTheseRunsOnly();
  }

  /** Measures that do not rank have no rule of their own; those of times have one in common. */
  private static boolean isTime(Measure measure) {
    return measure.heading().unit().equals("s");
  }
}
