package io.rolloutlab.analysis.requests;

import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.history.PhaseKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is slow in a run, by what is usual in it: the later half of its warm-up, since the load's
 * own process starts cold in the first one, and of that only what came once the loads of all runs
 * flowed, since those that start disturb the others. Three times the 99th percentile is beyond
 * chance, since one in a hundred of the usual answers is beyond the percentile itself; and where
 * answers take a few milliseconds, three times that is nothing that a user notices, so it is
 * {@value #NOTICED_MILLIS} ms more at least.
 *
 * @param besideOthers whether other runs were made beside it
 * @param usual how long good answers took then; empty without any
 * @param thresholdMillis slow is what took longer; empty where fewer than {@value #LEAST} answers
 *     say what is usual
 */
public record Slowness(
    boolean besideOthers, Optional<Percentiles> usual, OptionalInt thresholdMillis) {
  /** Of fewer answers the 99th percentile is the longest one. */
  public static final int LEAST = 100;

  /** At least by so much longer than usual. */
  public static final int NOTICED_MILLIS = 100;

  private static final int TIMES = 3;

  /**
   * Of a run.
   *
   * @param allUnderLoad when the loads of all runs flowed, after x = 0; empty of a run alone
   */
  public static Slowness of(RequestTable table, OptionalLong allUnderLoad) {
    List<Span> quiet =
        table.timeline.phases().stream()
            .filter(phase -> phase.kind() == PhaseKind.WARM_UP)
            .map(phase -> quiet(phase, allUnderLoad))
            .toList();
    Optional<Percentiles> usual =
        Buckets.sort(
                table.size,
                1,
                i -> table.ok(i) && isIn(quiet, table.sent[i]) ? 0 : Buckets.NONE,
                i -> latency(table, i))
            .percentiles(0);
    return new Slowness(
        allUnderLoad.isPresent(),
        usual,
        usual
            .filter(of -> of.count() >= LEAST)
            .map(of -> OptionalInt.of(threshold(of.p99Millis())))
            .orElse(OptionalInt.empty()));
  }

  private static Span quiet(RunTimeline.Phase phase, OptionalLong allUnderLoad) {
    long half = (phase.startMillis() + phase.endMillis()) / 2;
    long start = Math.max(half, allUnderLoad.orElse(half));
    return new Span(Math.min(start, phase.endMillis()), phase.endMillis());
  }

  private static boolean isIn(List<Span> spans, long at) {
    for (Span span : spans) {
      if (span.startMillis() <= at && at < span.endMillis()) {
        return true;
      }
    }
    return false;
  }

  private static int threshold(int p99Millis) {
    return Math.max(TIMES * p99Millis, p99Millis + NOTICED_MILLIS);
  }

  private static int latency(RequestTable table, int i) {
    return table.end[i] - table.sent[i];
  }

  /** Which time says what is usual, for people, a noun with what belongs to it. */
  public String when() {
    return "the later half of the warm-up" + (besideOthers ? ", since all loads flowed," : "");
  }

  /** How many answers say what is usual. */
  public int answers() {
    return usual.map(Percentiles::count).orElse(0);
  }

  /** Whether it is one that counts: sent since x = 0, and answered well. */
  public static boolean counts(RequestTable table, int i) {
    return table.sent[i] >= 0 && table.ok(i);
  }

  /** Whether a request counts and was slow; none is where it is not known what is. */
  public boolean isSlow(RequestTable table, int i) {
    return thresholdMillis.isPresent()
        && counts(table, i)
        && latency(table, i) > thresholdMillis.getAsInt();
  }
}
