package io.rolloutlab.analysis.versions;

import io.rolloutlab.analysis.requests.Buckets;
import io.rolloutlab.analysis.requests.RequestTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds out which version answered when. */
public final class VersionAnalysis {
  private static final int AT_ONCE_MILLIS = 1000;
  private static final int LONGEST_HELD = 40;

  private final RequestTable table;
  private int secondsWithBoth;

  private VersionAnalysis(RequestTable table) {
    this.table = table;
  }

  /** The passes of a run in which users can be exposed to v2. */
  public static List<Exposure> exposures(RequestTable table, List<Passage> passages) {
    return passages.stream()
        .filter(Passage::isRollout)
        .map(passage -> new Exposure(table, passage))
        .toList();
  }

  public static VersionMix of(
      RequestTable table, List<Exposure> exposures, List<Transition> transitions) {
    VersionAnalysis analysis = new VersionAnalysis(table);
    Optional<Transition> rollout =
        transitions.stream().filter(t -> t.kind() == Transition.Kind.ROLLOUT).findFirst();
    int[] v1 = analysis.answerEnds(RequestTable.V1);
    int[] v2 = analysis.answerEnds(RequestTable.V2);
    OptionalLong closest = closest(v1, v2);
    List<VersionMix.Second> perSecond = analysis.perSecond();
    List<VersionMix.Pass> passes = new ArrayList<>();
    for (Exposure exposure : exposures) {
      passes.add(exposure.pass(passes.size() + 1));
    }
    return new VersionMix(
        v2.length == 0 ? OptionalLong.empty() : OptionalLong.of(v2[0]),
        rollout.map(Transition::lastOldMillis).orElse(OptionalLong.empty()),
        rollout.flatMap(Transition::mixedWindow),
        closest,
        closest.isPresent() && closest.getAsLong() <= AT_ONCE_MILLIS,
        analysis.secondsWithBoth,
        passes,
        perSecond,
        others(table));
  }

  private static List<VersionMix.Other> others(RequestTable table) {
    return table.others().entrySet().stream()
        .map(held -> new VersionMix.Other(cut(held.getKey()), held.getValue()))
        .sorted(Comparator.comparingInt(VersionMix.Other::answers).reversed())
        .toList();
  }

  private static String cut(String held) {
    return held.length() <= LONGEST_HELD ? held : held.substring(0, LONGEST_HELD) + "...";
  }

  /** When the answers of a version ended, ascending. */
  private int[] answerEnds(int version) {
    int[] ends =
        Buckets.sort(
                table.size,
                1,
                i -> table.version(i) == version ? 0 : Buckets.NONE,
                i -> table.end[i])
            .values();
    Arrays.sort(ends);
    return ends;
  }

  private static OptionalLong closest(int[] some, int[] others) {
    long least = Long.MAX_VALUE;
    int i = 0;
    int j = 0;
    while (i < some.length && j < others.length) {
      least = Math.min(least, Math.abs((long) some[i] - others[j]));
      if (some[i] < others[j]) {
        i++;
      } else {
        j++;
      }
    }
    return least == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(least);
  }

  private List<VersionMix.Second> perSecond() {
    int[][] ok = new int[3][table.seconds];
    boolean[][] answered = new boolean[3][table.seconds];
    int[] failed = new int[table.seconds];
    for (int i = 0; i < table.size; i++) {
      int second = table.secondIndex(i);
      answered[table.version(i)][second] = true;
      if (table.ok(i)) {
        ok[table.version(i)][second]++;
      } else if (table.failed(i)) {
        failed[second]++;
      }
    }
    List<VersionMix.Second> seconds = new ArrayList<>(table.seconds);
    for (int s = 0; s < table.seconds; s++) {
      secondsWithBoth += answered[RequestTable.V1][s] && answered[RequestTable.V2][s] ? 1 : 0;
      seconds.add(
          new VersionMix.Second(
              table.firstSecond + s,
              ok[RequestTable.V1][s],
              ok[RequestTable.V2][s],
              ok[0][s],
              failed[s]));
    }
    return seconds;
  }
}
