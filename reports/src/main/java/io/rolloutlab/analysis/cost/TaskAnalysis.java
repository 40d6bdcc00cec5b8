package io.rolloutlab.analysis.cost;

import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.TaskState;
import io.rolloutlab.scenario.app.VersionPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Follows the app's tasks from running to their end. */
public final class TaskAnalysis {
  private static final String LOST = "lost";

  private final RunTimeline timeline;

  /** Nodes that were lost, and when, after x = 0. */
  private final Map<String, Long> lost = new HashMap<>();

  private final List<Tasks.Life> lives;
  private final List<Tasks.Running> running;

  private TaskAnalysis(History history, RunTimeline timeline) {
    this.timeline = timeline;
    history
        .events(Event.Happened.class)
        .forEach(
            happened ->
                happened
                    .goneNode()
                    .ifPresent(
                        node ->
                            lost.putIfAbsent(
                                node, happened.atMillis() - timeline.zeroAtEpochMillis())));
    lives = lives(history);
    running = running();
  }

  public static Tasks of(History history, RunTimeline timeline) {
    TaskAnalysis tasks = new TaskAnalysis(history, timeline);
    return tasks.sum(
        history.manifest().scenario().tasks(),
        ContainerAnalysis.of(history, timeline, tasks.lost),
        KillAnalysis.of(history, tasks.lost.keySet()));
  }

  private Tasks sum(int replicas, Tasks.Containers containers, Tasks.Killed killed) {
    Tasks.Running peak = new Tasks.Running(0, 0, 0);
    int least = Integer.MAX_VALUE;
    for (Tasks.Running level : measuredLevels()) {
      peak = level.total() > peak.total() ? level : peak;
      least = Math.min(least, level.total());
    }
    return new Tasks(
        replicas,
        new Tasks.AtOnce(peak.total(), peak.atMillis(), (double) peak.total() / replicas, least),
        replicaSeconds(replicas),
        containers,
        running,
        lives,
        killed);
  }

  private Tasks.ReplicaSeconds replicaSeconds(int replicas) {
    double v1 = replicaSeconds(VersionPlan.V1);
    double v2 = replicaSeconds(VersionPlan.V2);
    double baseline = replicas * timeline.measured().millis() / 1000.0;
    return new Tasks.ReplicaSeconds(
        v1, v2, v1 + v2 - baseline, baseline == 0 ? 0 : (v1 + v2) / baseline);
  }

  private List<Tasks.Life> lives(History history) {
    Map<String, List<Event.TaskChange>> changes = new LinkedHashMap<>();
    history
        .events(Event.TaskChange.class)
        .filter(change -> !change.version().isEmpty())
        .forEach(
            change -> changes.computeIfAbsent(change.task(), id -> new ArrayList<>()).add(change));
    List<Tasks.Life> found = new ArrayList<>();
    changes.values().forEach(ofTask -> addLife(ofTask, found));
    found.sort(Comparator.comparingLong(Tasks.Life::fromMillis).thenComparing(Tasks.Life::task));
    return found;
  }

  private void addLife(List<Event.TaskChange> changes, List<Tasks.Life> found) {
    Event.TaskChange start = null;
    Event.TaskChange end = null;
    for (Event.TaskChange change : changes) {
      if (start == null && change.is(TaskState.RUNNING)) {
        start = change;
      } else if (start != null && end == null && change.ended()) {
        end = change;
      }
    }
    if (start == null) {
      return;
    }
    long from = start.atMillis() - timeline.zeroAtEpochMillis();
    long until = end == null ? lastMoment() : end.atMillis() - timeline.zeroAtEpochMillis();
    String finalState = end == null ? "" : end.state();
    long loss = lost.getOrDefault(start.node(), Long.MAX_VALUE);
    if (loss < until) {
      until = loss;
      finalState = LOST;
    }
    found.add(
        new Tasks.Life(
            start.task(),
            start.service(),
            start.slot(),
            start.node(),
            start.version(),
            from,
            Math.max(from, until),
            finalState));
  }

  private long lastMoment() {
    List<RunTimeline.Phase> phases = timeline.phases();
    return phases.isEmpty()
        ? timeline.measured().endMillis()
        : phases.get(phases.size() - 1).endMillis();
  }

  private List<Tasks.Running> running() {
    TreeMap<Long, int[]> changes = new TreeMap<>();
    for (Tasks.Life life : lives) {
      int version = life.version().equals(VersionPlan.V1) ? 0 : 1;
      changes.computeIfAbsent(life.fromMillis(), at -> new int[2])[version]++;
      if (!life.finalState().isEmpty()) {
        changes.computeIfAbsent(life.untilMillis(), at -> new int[2])[version]--;
      }
    }
    List<Tasks.Running> levels = new ArrayList<>();
    int[] now = new int[2];
    changes.forEach(
        (at, change) -> {
          now[0] += change[0];
          now[1] += change[1];
          levels.add(new Tasks.Running(at, now[0], now[1]));
        });
    return levels;
  }

  /** The level at x = 0 and those that come after it, before the teardown. */
  private List<Tasks.Running> measuredLevels() {
    Tasks.Running atZero = new Tasks.Running(0, 0, 0);
    List<Tasks.Running> levels = new ArrayList<>();
    for (Tasks.Running level : running) {
      if (level.atMillis() <= 0) {
        atZero = new Tasks.Running(0, level.v1(), level.v2());
      } else if (level.atMillis() < timeline.measured().endMillis()) {
        levels.add(level);
      }
    }
    levels.add(0, atZero);
    return levels;
  }

  private double replicaSeconds(String version) {
    Span measured = timeline.measured();
    long millis = 0;
    for (Tasks.Life life : lives) {
      if (life.version().equals(version)) {
        long from = Math.max(life.fromMillis(), measured.startMillis());
        millis += Math.max(0, Math.min(life.untilMillis(), measured.endMillis()) - from);
      }
    }
    return millis / 1000.0;
  }
}
