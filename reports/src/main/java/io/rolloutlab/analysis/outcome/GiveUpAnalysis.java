package io.rolloutlab.analysis.outcome;

import io.rolloutlab.analysis.requests.RequestTable;
import io.rolloutlab.analysis.run.HistoryAnalysis;
import io.rolloutlab.analysis.run.Inquiry;
import io.rolloutlab.history.Event;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Puts on the time axis where a rollout was given up, and says who served meanwhile. */
public final class GiveUpAnalysis implements HistoryAnalysis<List<GiveUp>> {
  @Override
  public String key() {
    return "givenUp";
  }

  @Override
  public String words() {
    return "end of a rollout that was given up";
  }

  @Override
  public Class<?> type() {
    return GiveUp.class;
  }

  /** One element where it was, else none. */
  @Override
  public List<GiveUp> of(Inquiry run) {
    return run.history().events(Event.GivenUp.class).map(given -> of(given, run)).toList();
  }

  private static GiveUp of(Event.GivenUp given, Inquiry run) {
    RequestTable table = run.part(RequestTable.class).orThrow();
    return new GiveUp(
        given.atMillis() - run.timeline().zeroAtEpochMillis(),
        given.waitedMillis(),
        given.what(),
        given.missing(),
        count(table, i -> table.version(i) == RequestTable.V2),
        count(table, table::failed));
  }

  private static int count(RequestTable table, IntPredicate which) {
    return (int)
        IntStream.range(0, table.size).filter(i -> table.sent[i] >= 0).filter(which).count();
  }
}
