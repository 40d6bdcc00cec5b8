package io.rolloutlab.analysis;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts the app's containers: a task has one before it runs, while it starts. */
final class ContainerAnalysis {
  private static final Set<String> BEGINS = Set.of("starting", "running");

  private ContainerAnalysis() {}

  /** From when to when a task has a container; the end is open until it is seen. */
  private static final class Stay {
    private long from = Long.MAX_VALUE;
    private long until = Long.MAX_VALUE;

    void ends(long at) {
      until = Math.min(until, at);
    }

    void change(String state, long at) {
      if (BEGINS.contains(state)) {
        from = Math.min(from, at);
      } else if (TaskAnalysis.FINAL.contains(state)) {
        ends(at);
      }
    }
  }

  static Tasks.Containers of(History history, Timeline timeline) {
    Map<String, Stay> stays = new LinkedHashMap<>();
    history
        .events(Event.TaskChange.class)
        .filter(change -> !change.version().isEmpty())
        .forEach(
            change ->
                stays
                    .computeIfAbsent(change.task(), task -> new Stay())
                    .change(change.state(), change.atMillis() - timeline.zeroAtEpochMillis()));
    endWithTheirNodes(history, timeline, stays);
    Span measured = timeline.measured();
    TreeMap<Long, Integer> changes = new TreeMap<>();
    for (Stay stay : stays.values()) {
      long from = Math.max(stay.from, measured.startMillis());
      long until = Math.min(stay.until, measured.endMillis());
      if (from < until) {
        changes.merge(from, 1, Integer::sum);
        changes.merge(until, -1, Integer::sum);
      }
    }
    return count(changes, history.manifest().scenario().app().replicas(), measured);
  }

  /** Swarm goes on calling the tasks of a lost node what they were. */
  private static void endWithTheirNodes(
      History history, Timeline timeline, Map<String, Stay> stays) {
    for (Event.NodeLost loss : history.events(Event.NodeLost.class).toList()) {
      history
          .events(Event.TaskChange.class)
          .filter(change -> change.node().equals(loss.node()) && stays.containsKey(change.task()))
          .map(change -> stays.get(change.task()))
          .forEach(stay -> stay.ends(loss.atMillis() - timeline.zeroAtEpochMillis()));
    }
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
