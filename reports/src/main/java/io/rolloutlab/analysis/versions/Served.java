package io.rolloutlab.analysis.versions;

import io.rolloutlab.analysis.requests.RequestTable;
import io.rolloutlab.history.PhaseKind;
import java.util.OptionalLong;

/**
 * From when on everybody was served while one version took over from the other: see {@link
 * Transition#servedAfterMillis}.
 *
 * @param afterMillis command → that moment; of no meaning where there is none
 * @param lastUnservedAfterMillis command → the sending of the last request that is known not to
 *     have been: it failed, or the old version answered it; empty when there was none
 * @param whyNot why there is none, for people; empty when there is one
 */
public record Served(long afterMillis, OptionalLong lastUnservedAfterMillis, String whyNot) {
  /**
   * After x = 0: from when on, on a way back that v1 took over, every request was answered well and
   * by v1. Unlike {@link Transition#servedAfterMillis} it does not ask whether v2 had ever
   * answered: users can be hurt by a v2 that never does. Empty where there is no such moment.
   */
  public static OptionalLong byV1(RequestTable table, Transition wayBack) {
    if (!wayBack.tookOver()) {
      return OptionalLong.empty();
    }
    Passage passage =
        new Passage(
            PhaseKind.ROLLBACK,
            wayBack.label(),
            wayBack.commandAtMillis(),
            wayBack.watchedUntilMillis());
    Served served = of(table, passage, RequestTable.V2, TransitionAnalysis.ANSWERS_TO_BE_SURE);
    return served.whyNot().isEmpty()
        ? OptionalLong.of(passage.from() + served.afterMillis())
        : OptionalLong.empty();
  }

  static Served of(RequestTable table, Passage passage, int oldVersion, int least) {
    int newVersion = RequestTable.other(oldVersion);
    int lastBad = -1;
    long lastKnown = -1;
    for (int i = 0; i < table.size; i++) {
      if (passage.covers(table.sent[i]) && !good(table, i, newVersion)) {
        lastBad = lastBad < 0 || table.sent[i] >= table.sent[lastBad] ? i : lastBad;
        if (isKnown(table, i)) {
          lastKnown = Math.max(lastKnown, table.sent[i] - passage.from());
        }
      }
    }
    long since = lastBad < 0 ? Long.MIN_VALUE : table.sent[lastBad];
    long from = Long.MAX_VALUE;
    int after = 0;
    for (int i = 0; i < table.size; i++) {
      if (passage.covers(table.sent[i]) && table.sent[i] > since) {
        from = Math.min(from, table.sent[i]);
        after++;
      }
    }
    OptionalLong last = lastKnown < 0 ? OptionalLong.empty() : OptionalLong.of(lastKnown);
    if (after < least) {
      return new Served(0, last, whyNot(table, lastBad, after, newVersion));
    }
    return new Served(lastBad < 0 ? 0 : from - passage.from(), last, "");
  }

  private static boolean good(RequestTable table, int i, int version) {
    return table.ok(i) && table.version(i) == version;
  }

  /** Of a request that was not answered well by the new version: whether that is certain. */
  private static boolean isKnown(RequestTable table, int i) {
    return table.failed(i) || table.ok(i) && table.version(i) != 0;
  }

  private static String whyNot(RequestTable table, int lastBad, int after, int newVersion) {
    if (lastBad < 0) {
      return "only %s requests were sent".formatted(after);
    }
    String last =
        table.failed(lastBad)
            ? "failed"
            : table.unknown(lastBad)
                ? "had no known end"
                : table.version(lastBad) == 0
                    ? "was answered by a version that is not known"
                    : "was answered by " + RequestTable.name(RequestTable.other(newVersion));
    return "a request %s, and only %s were sent after it".formatted(last, after);
  }
}
