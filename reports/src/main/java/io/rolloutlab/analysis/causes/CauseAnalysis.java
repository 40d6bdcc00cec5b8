package io.rolloutlab.analysis.causes;

import io.rolloutlab.analysis.requests.RequestTable;
import io.rolloutlab.analysis.requests.Witnesses;
import io.rolloutlab.analysis.run.HistoryAnalysis;
import io.rolloutlab.analysis.run.Inquiry;

/** Finds out why each failed request failed; where none did, it looks at nothing. */
public final class CauseAnalysis implements HistoryAnalysis<Causes> {
  @Override
  public String key() {
    return "causes";
  }

  @Override
  public String words() {
    return "causes of failed requests";
  }

  @Override
  public Class<?> type() {
    return Causes.class;
  }

  @Override
  public Causes of(Inquiry run) {
    RequestTable table = run.part(RequestTable.class).orThrow();
    Witnesses witnesses = run.part(Witnesses.class).orThrow();
    CauseTally<Caused> tally = new CauseTally<>(Integer.MAX_VALUE);
    Joining joining = null;
    for (int i = 0; i < table.size; i++) {
      if (table.failed(i)) {
        joining =
            joining == null
                ? new Joining(
                    run.history(),
                    run.part(Surroundings.class).orThrow(),
                    run.timeline().zeroAtEpochMillis())
                : joining;
        tally.add(joining.of(witnesses.request(i), witnesses.hit(i), witnesses.resent(i)));
      }
    }
    return new Causes(tally.size(), tally.unknown(), tally.byCause(), tally.kept());
  }
}
