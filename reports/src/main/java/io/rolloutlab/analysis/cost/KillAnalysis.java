package io.rolloutlab.analysis.cost;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.TaskState;
import io.rolloutlab.scenario.check.Durations;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Counts tasks that were told to stop and did not, until they were killed. */
final class KillAnalysis {
  private static final String EXIT_CODE_OF_A_KILL = "(137)";
  private static final String SOME_EXIT_CODE = "exit (";

  /**
   * From the order to the stop signal, for a task that runs: a second until swarmkit's agent takes
   * it up again, and two more in which others notice that it is not to be found any more.
   */
  private static final long BEFORE_THE_SIGNAL_MILLIS = 3_000;

  private static final Duration SHORTEST_GRACE_TOLD_BY_TIME = Duration.ofSeconds(5);

  private final Duration grace;
  private final Set<String> lost;

  /** When a task that ran was seen to be told to stop. */
  private final Map<String, Long> told = new HashMap<>();

  private int stopped;
  private int byExitCode;
  private int byTime;

  private KillAnalysis(Duration grace, Set<String> lost) {
    this.grace = grace;
    this.lost = lost;
  }

  /**
   * @param lost nodes that were lost: what is said of their tasks is said by nobody who knows
   */
  static Tasks.Killed of(History history, Set<String> lost) {
    KillAnalysis kills = new KillAnalysis(history.manifest().scenario().app().stopGrace(), lost);
    history
        .events(Event.TaskChange.class)
        .filter(change -> !change.version().isEmpty())
        .forEach(kills::take);
    return new Tasks.Killed(kills.stopped, kills.byExitCode, kills.byTime, kills.sentence());
  }

  private void take(Event.TaskChange change) {
    if (change.is(TaskState.RUNNING)) {
      if (!change.wanted()) {
        told.putIfAbsent(change.task(), change.seenAtMillis());
      }
    } else if (change.ended() && !lost.contains(change.node())) {
      Long since = told.remove(change.task());
      if (since != null) {
        ended(change, change.atMillis() - since);
      }
    }
  }

  private void ended(Event.TaskChange end, long tookMillis) {
    stopped++;
    boolean longGrace = grace.compareTo(SHORTEST_GRACE_TOLD_BY_TIME) >= 0;
    if (end.message().contains(EXIT_CODE_OF_A_KILL)) {
      byExitCode++;
    } else if (!end.message().contains(SOME_EXIT_CODE)
        && longGrace
        && tookMillis >= BEFORE_THE_SIGNAL_MILLIS + grace.toMillis()) {
      byTime++;
    }
  }

  private String sentence() {
    int killed = byExitCode + byTime;
    if (killed == 0) {
      return "";
    }
    String how =
        byTime == 0
            ? "had to be killed after their grace of %s: the app does not end on SIGTERM."
            : "took longer to end than their grace of %s, so they were killed: the app does not end"
                + " on SIGTERM.";
    return "%s of %s stopped tasks ".formatted(killed, stopped)
        + how.formatted(Durations.print(grace));
  }
}
