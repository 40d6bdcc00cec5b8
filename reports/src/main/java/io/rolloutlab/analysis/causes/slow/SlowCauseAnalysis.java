package io.rolloutlab.analysis.causes.slow;

import io.rolloutlab.analysis.causes.CauseTally;
import io.rolloutlab.analysis.causes.Surroundings;
import io.rolloutlab.analysis.requests.RequestTable;
import io.rolloutlab.analysis.requests.Slowness;
import io.rolloutlab.analysis.requests.Witnesses;
import io.rolloutlab.analysis.run.HistoryAnalysis;
import io.rolloutlab.analysis.run.Inquiry;

/** Finds out why each slow request was slow; where none was, it looks at nothing. */
public final class SlowCauseAnalysis implements HistoryAnalysis<SlowCauses> {
  /**
   * How many requests of a cause and a setting are told of one by one: where v2 is slow, all of its
   * answers are, and tell the same story.
   */
  static final int MOST_LISTED = 100;

  @Override
  public String key() {
    return "slowCauses";
  }

  @Override
  public String words() {
    return "causes of slow requests";
  }

  @Override
  public Class<?> type() {
    return SlowCauses.class;
  }

  @Override
  public SlowCauses of(Inquiry run) {
    RequestTable table = run.part(RequestTable.class).orThrow();
    Witnesses witnesses = run.part(Witnesses.class).orThrow();
    Slowness slowness = Slowness.of(table, run.timeline().allUnderLoad(run.history()));
    CauseTally<Slow> tally = new CauseTally<>(MOST_LISTED);
    int answered = 0;
    SlowJoining joining = null;
    for (int i = 0; i < table.size; i++) {
      answered += Slowness.counts(table, i) ? 1 : 0;
      if (slowness.isSlow(table, i)) {
        joining =
            joining == null ? joining(run, slowness.thresholdMillis().orElseThrow()) : joining;
        tally.add(joining.of(witnesses.request(i), witnesses.hit(i)));
      }
    }
    return new SlowCauses(
        slowness, answered, tally.size(), tally.unknown(), tally.byCause(), tally.kept());
  }

  private static SlowJoining joining(Inquiry run, int thresholdMillis) {
    return new SlowJoining(
        run.history(),
        run.part(Surroundings.class).orThrow(),
        run.timeline().zeroAtEpochMillis(),
        thresholdMillis);
  }
}
