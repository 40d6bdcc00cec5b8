package io.rolloutlab.analysis.requests;

import io.rolloutlab.analysis.run.Span;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** Times in which nothing succeeded. */
public final class Gaps {
  private final Span load;
  private final int[] successEnds;
  private final int[] failureStarts;

  public Gaps(RequestTable table) {
    load = table.timeline.load();
    successEnds = sorted(table, table::ok, i -> table.end[i]);
    failureStarts = sorted(table, table::failed, i -> table.sent[i]);
  }

  private static int[] sorted(RequestTable table, IntPredicate chosen, IntUnaryOperator time) {
    int[] times =
        Buckets.sort(table.size, 1, i -> chosen.test(i) ? 0 : Buckets.NONE, time).values();
    Arrays.sort(times);
    return times;
  }

  /** See {@link Errors#longestOutage}; of failures sent in [from, until). */
  public Optional<Span> longestOutage(long from, long until) {
    Span longest = null;
    int next = 0;
    for (int failure : failureStarts) {
      if (failure < from || failure >= until) {
        continue;
      }
      while (next < successEnds.length && successEnds[next] <= failure) {
        next++;
      }
      long end = next < successEnds.length ? successEnds[next] : load.endMillis();
      // Of failures with one end the first began the outage: those after it are shorter.
      if (longest == null || end - failure > longest.millis()) {
        longest = new Span(failure, Math.max(failure, end));
      }
    }
    return Optional.ofNullable(longest);
  }

  /** See {@link Errors#longestSuccessGap}; of gaps that end after a moment. */
  Optional<Span> longestSuccessGap(long after) {
    Span longest = null;
    long start = load.startMillis();
    for (int i = 0; i <= successEnds.length; i++) {
      long end = i < successEnds.length ? successEnds[i] : load.endMillis();
      if (end > after && (longest == null || end - start > longest.millis())) {
        longest = new Span(start, end);
      }
      start = end;
    }
    return Optional.ofNullable(longest);
  }
}
