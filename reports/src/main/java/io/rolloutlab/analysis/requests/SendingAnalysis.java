package io.rolloutlab.analysis.requests;

import io.rolloutlab.analysis.run.RunTimeline;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Finds out whether the load kept up with what was asked of it. */
public final class SendingAnalysis {
  private static final long SHORTEST_MILLIS = 1000;

  private final RequestTable table;
  private final long first;
  private final long last;

  private SendingAnalysis(RequestTable table) {
    this.table = table;
    first = table.arrivals().min().orElse(0);
    last = table.arrivals().max().orElse(0);
  }

  public static Sending of(double wantedPerSecond, RequestTable table) {
    SendingAnalysis analysis = new SendingAnalysis(table);
    int since = (int) table.arrivals().filter(at -> at >= 0).count();
    return new Sending(
        wantedPerSecond,
        analysis.rate(since, 0, Long.MAX_VALUE),
        Buckets.sort(
                table.size,
                1,
                i -> table.sent[i] >= 0 && !table.isOfPage(i) ? 0 : Buckets.NONE,
                i -> table.late[i])
            .percentiles(0),
        analysis.byPhase());
  }

  private List<Sending.PhaseSending> byPhase() {
    List<RunTimeline.Phase> phases = table.timeline.phases();
    int[] sent = new int[phases.size()];
    for (int i = 0; i < table.size; i++) {
      if (table.phase[i] >= 0 && !table.isOfPage(i)) {
        sent[table.phase[i]]++;
      }
    }
    Buckets late =
        Buckets.sort(
            table.size,
            phases.size(),
            i -> table.isOfPage(i) || table.phase[i] < 0 ? Buckets.NONE : table.phase[i],
            i -> table.late[i]);
    List<Sending.PhaseSending> found = new ArrayList<>();
    for (RunTimeline.Phase phase : phases) {
      int p = phase.index();
      if (sent[p] > 0) {
        found.add(
            new Sending.PhaseSending(
                phase,
                sent[p],
                rate(sent[p], phase.startMillis(), phase.endMillis()),
                late.percentiles(p)));
      }
    }
    return found;
  }

  /** The load is on from its first request to its last one. */
  private OptionalDouble rate(int sent, long from, long until) {
    long millis = Math.min(until, last) - Math.max(from, first);
    return millis < SHORTEST_MILLIS
        ? OptionalDouble.empty()
        : OptionalDouble.of(sent * 1000.0 / millis);
  }
}
