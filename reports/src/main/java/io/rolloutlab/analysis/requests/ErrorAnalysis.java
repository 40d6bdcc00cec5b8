package io.rolloutlab.analysis.requests;

import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.history.Population;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Counts failed requests. */
public final class ErrorAnalysis {
  private final RequestTable table;
  private final int phases;
  private final int classes;

  private ErrorAnalysis(RequestTable table) {
    this.table = table;
    phases = table.timeline.phases().size();
    classes = table.classes.size();
  }

  public static Errors of(RequestTable table, Gaps gaps) {
    ErrorAnalysis analysis = new ErrorAnalysis(table);
    int unknown = 0;
    for (int i = 0; i < table.size; i++) {
      unknown += table.unknown(i) && table.sent[i] >= 0 ? 1 : 0;
    }
    return new Errors(
        table.failedShare(i -> table.sent[i] >= 0),
        unknown,
        table.classes.stream().sorted().toList(),
        analysis.byPhase(),
        analysis.counts(),
        gaps.longestOutage(0, Long.MAX_VALUE),
        gaps.longestSuccessGap(0),
        analysis.perSecond());
  }

  private List<Errors.PhaseErrors> byPhase() {
    int[] ok = new int[phases];
    int[] failed = new int[phases];
    int[] unknown = new int[phases];
    for (int i = 0; i < table.size; i++) {
      if (table.phase[i] >= 0) {
        (table.ok(i) ? ok : table.failed(i) ? failed : unknown)[table.phase[i]]++;
      }
    }
    return table.timeline.phases().stream()
        .map(
            phase -> {
              int p = phase.index();
              int known = ok[p] + failed[p];
              return new Errors.PhaseErrors(
                  phase, known + unknown[p], ok[p], unknown[p], Share.of(failed[p], known));
            })
        .toList();
  }

  private List<Errors.Count> counts() {
    Population[] populations = Population.values();
    int[] counts = new int[(phases + 1) * classes * populations.length];
    for (int i = 0; i < table.size; i++) {
      if (table.failed(i)) {
        int row = (table.phase[i] + 1) * classes + table.errorClass[i];
        counts[row * populations.length + table.populationNumber(i)]++;
      }
    }
    List<Errors.Count> found = new ArrayList<>();
    for (int k = 0; k < counts.length; k++) {
      if (counts[k] > 0) {
        int row = k / populations.length;
        found.add(
            new Errors.Count(
                row / classes - 1,
                table.classes.get(row % classes),
                populations[k % populations.length],
                counts[k]));
      }
    }
    found.sort(
        Comparator.comparingInt(Errors.Count::phase)
            .thenComparing(Errors.Count::errorClass)
            .thenComparing(Errors.Count::population));
    return found;
  }

  private List<Errors.Second> perSecond() {
    int[] ok = new int[table.seconds];
    int[] unknown = new int[table.seconds];
    int[][] failed = new int[table.seconds][classes];
    for (int i = 0; i < table.size; i++) {
      int second = table.secondIndex(i);
      if (table.failed(i)) {
        failed[second][table.errorClass[i]]++;
      } else {
        (table.ok(i) ? ok : unknown)[second]++;
      }
    }
    List<Errors.Second> seconds = new ArrayList<>(table.seconds);
    for (int s = 0; s < table.seconds; s++) {
      TreeMap<String, Integer> byClass = new TreeMap<>();
      int all = 0;
      for (int c = 0; c < classes; c++) {
        all += failed[s][c];
        if (failed[s][c] > 0) {
          byClass.put(table.classes.get(c), failed[s][c]);
        }
      }
      int sent = ok[s] + all + unknown[s];
      seconds.add(new Errors.Second(table.firstSecond + s, sent, ok[s], all, unknown[s], byClass));
    }
    return seconds;
  }
}
