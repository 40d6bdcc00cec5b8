package io.rolloutlab.analysis.versions;

import io.rolloutlab.analysis.requests.RequestTable;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.scenario.StrategySettings;
import io.rolloutlab.scenario.users.SplitBy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares the shares that v2 got with those that it should have. */
public final class CanaryAnalysis {
  /** A right share is called wrong at most once in a thousand steps. */
  private static final double SURELY_WRONG = 0.999;

  private final RequestTable table;

  private CanaryAnalysis(RequestTable table) {
    this.table = table;
  }

  public static List<CanaryStep> steps(
      History history, RequestTable table, List<Exposure> exposures) {
    StrategySettings settings = history.manifest().scenario().settings();
    CanaryAnalysis analysis = new CanaryAnalysis(table);
    return history
        .events(Event.ShareHeld.class)
        .map(held -> analysis.step(held, settings, exposures))
        .toList();
  }

  private CanaryStep step(
      Event.ShareHeld held, StrategySettings settings, List<Exposure> exposures) {
    long zero = table.timeline.zeroAtEpochMillis();
    Span span = new Span(held.atMillis() - zero, held.untilMillis() - zero);
    Share share = answersByV2(span, settings.confidence());
    Share users =
        exposures.stream()
            .filter(exposure -> exposure.passage().covers(span.startMillis()))
            .findFirst()
            .map(exposure -> exposure.usersBefore(span.endMillis()))
            .orElse(Share.counted(0, 0));
    double weight = held.canaryPercent() / 100.0;
    double margin = settings.margin(weight);
    boolean drawn = held.splitBy() != SplitBy.REQUEST && !mustBeExact(weight);
    Share draws = drawn ? drawnForV2(span, held.splitBy(), settings.confidence()) : null;
    return new CanaryStep(
        held.label(),
        span,
        weight,
        margin,
        share,
        held.splitBy(),
        draws,
        users,
        judge(drawn ? draws : share, weight, margin));
  }

  private Share answersByV2(Span span, double confidence) {
    int v2 = 0;
    int all = 0;
    for (int i = 0; i < table.size; i++) {
      if (table.version(i) != 0 && table.within(i, span)) {
        all++;
        v2 += table.version(i) == RequestTable.V2 ? 1 : 0;
      }
    }
    return Share.of(v2, all, confidence);
  }

  /**
   * Of those that the edge decides on once each, the ones that it gave v2, by the first answer: of
   * a second the first request is surely the edge's own second, too, the last one may come to it in
   * the next.
   */
  private Share drawnForV2(Span span, SplitBy splitBy, double confidence) {
    Set<Long> seen = new HashSet<>();
    int v2 = 0;
    for (int i = 0; i < table.size; i++) {
      if (table.version(i) != 0 && table.within(i, span) && seen.add(drawn(i, splitBy))) {
        v2 += table.version(i) == RequestTable.V2 ? 1 : 0;
      }
    }
    return Share.of(v2, seen.size(), confidence);
  }

  /** Addresses and cookies are one a user. */
  private long drawn(int i, SplitBy splitBy) {
    return splitBy == SplitBy.SECOND
        ? Math.floorDiv(table.timeline.zeroAtEpochMillis() + table.sent[i], 1000L)
        : table.user[i];
  }

  private static boolean mustBeExact(double weight) {
    return weight <= 0 || weight >= 1;
  }

  private static Verdict judge(Share share, double weight, double margin) {
    // Wilson's interval reaches 0 or 1 only when no or every answer was v2: all means all. That of
    // no answers holds both.
    if (mustBeExact(weight) && !share.contains(weight)) {
      return Verdict.FAIL;
    }
    boolean outside = share.low() > weight + margin || share.high() < weight - margin;
    if (outside && !couldBeChance(share, weight)) {
      return Verdict.FAIL;
    }
    boolean within = share.low() >= weight - margin && share.high() <= weight + margin;
    return within ? Verdict.PASS : Verdict.UNKNOWN;
  }

  /** Of a handful of answers even a wide interval misses the right share now and then. */
  private static boolean couldBeChance(Share share, double weight) {
    return Share.of(share.count(), share.total(), SURELY_WRONG).contains(weight);
  }
}
