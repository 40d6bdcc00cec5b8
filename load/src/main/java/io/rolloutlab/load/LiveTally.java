package io.rolloutlab.load;

import io.rolloutlab.load.RecordingLine.Answered;
import io.rolloutlab.load.RecordingLine.Failed;
import io.rolloutlab.load.RecordingLine.Sent;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** Counts the lines of a recording as they come. */
final class LiveTally {
  private static final long WINDOW_MILLIS = 1000;

  private final Deque<Answered> recent = new ArrayDeque<>();
  private long newestEndMillis;
  private long sent;
  private long ok;
  private long failed;

  void add(RecordingLine line) {
    if (line instanceof Sent) {
      sent++;
    } else if (line instanceof Failed failure) {
      failed++;
      moveTo(failure.atMillis());
    } else if (line instanceof Answered answer) {
      if (answer.error().isEmpty()) {
        ok++;
        recent.add(answer);
      } else {
        failed++;
      }
      moveTo(answer.endAtMillis());
    }
  }

  LiveCounts counts() {
    Map<String, Integer> byVersion = new TreeMap<>();
    for (Answered answer : recent) {
      byVersion.merge(answer.version(), 1, Integer::sum);
    }
    return new LiveCounts(sent, ok, failed, Collections.unmodifiableMap(byVersion));
  }

  private void moveTo(long endMillis) {
    newestEndMillis = Math.max(newestEndMillis, endMillis);
    while (!recent.isEmpty() && recent.peek().endAtMillis() <= newestEndMillis - WINDOW_MILLIS) {
      recent.remove();
    }
  }
}
