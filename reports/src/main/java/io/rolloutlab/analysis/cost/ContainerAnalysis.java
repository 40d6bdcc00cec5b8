package io.rolloutlab.analysis.cost;

import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.TaskState;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts the app's containers: a task has one before it runs, while it starts. */
final class ContainerAnalysis {
  private ContainerAnalysis() {}

  /** From when to when a task has a container; the end is open until it is seen. */
  private static final class Stay {
    private long from = Long.MAX_VALUE;
    private long until = Long.MAX_VALUE;

    void ends(long at) {
      until = Math.min(until, at);
    }

    void take(Event.TaskChange change, long at) {
      if (change.is(TaskState.STARTING) || change.is(TaskState.RUNNING)) {
        from = Math.min(from, at);
      } else if (change.ended()) {
        ends(at);
      }
    }
  }

  /**
   * @param lost nodes that were lost, and when, after x = 0: Swarm goes on calling their tasks what
   *     they were
   */
  static Tasks.Containers of(History history, RunTimeline timeline, Map<String, Long> lost) {
    Span measured = timeline.measured();
    TreeMap<Long, Integer> changes = new TreeMap<>();
    for (Stay stay : stays(history, timeline.zeroAtEpochMillis(), lost)) {
      long from = Math.max(stay.from, measured.startMillis());
      long until = Math.min(stay.until, measured.endMillis());
      if (from < until) {
        changes.merge(from, 1, Integer::sum);
        changes.merge(until, -1, Integer::sum);
      }
    }
    return count(changes, history.manifest().scenario().tasks(), measured);
  }

  private static Collection<Stay> stays(History history, long zero, Map<String, Long> lost) {
    Map<String, Stay> stays = new LinkedHashMap<>();
    history
        .events(Event.TaskChange.class)
        .filter(change -> !change.version().isEmpty())
        .forEach(
            change -> {
              Stay stay = stays.computeIfAbsent(change.task(), task -> new Stay());
              stay.take(change, change.atMillis() - zero);
              stay.ends(lost.getOrDefault(change.node(), Long.MAX_VALUE));
            });
    return stays.values();
  }

  private static Tasks.Containers count(
      TreeMap<Long, Integer> changes, int replicas, Span measured) {
    int now = 0;
    int peak = 0;
    long before = measured.startMillis();
    long millis = 0;
    for (Map.Entry<Long, Integer> change : changes.entrySet()) {
      millis += now * (change.getKey() - before);
      before = change.getKey();
      now += change.getValue();
      peak = Math.max(peak, now);
    }
    return new Tasks.Containers(peak, (millis - replicas * measured.millis()) / 1000.0);
  }
}
