package io.rolloutlab.analysis.verdict;

import io.rolloutlab.analysis.requests.Reconciliation;
import io.rolloutlab.analysis.requests.RequestTable;
import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Request;
import io.rolloutlab.history.TaskState;
import io.rolloutlab.scenario.update.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for what should not be possible. */
public final class Invariants {
  /** Between the end of the load and the teardown, or between two requests. */
  private static final long LONGEST_SILENCE_MILLIS = 10_000;

  private static final int SILENT_REQUESTS = 20;

  private final History history;
  private final RunTimeline timeline;
  private final List<Violation> found = new ArrayList<>();

  private Invariants(History history, RunTimeline timeline) {
    this.history = history;
    this.timeline = timeline;
  }

  public static List<Violation> of(History history, RunTimeline timeline, RequestTable table) {
    Invariants invariants = new Invariants(history, timeline);
    invariants.timeGoesForward();
    invariants.loadIsSteady(table);
    invariants.statesGoForward();
    invariants.weightsAddUp();
    invariants.requestsEndAfterTheyBegan();
    if (invariants.alwaysIn(Order.STOP_FIRST)) {
      invariants.oldStopsFirst();
    }
    if (invariants.alwaysIn(Order.START_FIRST)) {
      invariants.newRunsFirst();
    }
    return List.copyOf(invariants.found);
  }

  private boolean alwaysIn(Order order) {
    return history
        .manifest()
        .scenario()
        .settings()
        .updates()
        .filter(updates -> updates.alwaysIn(order))
        .isPresent();
  }

  private void spoils(String rule, long atMillis, String detail) {
    found.add(new Violation(rule, atMillis, detail, true));
  }

  private void observed(String rule, long atEpochMillis, String detail) {
    found.add(new Violation(rule, atEpochMillis - timeline.zeroAtEpochMillis(), detail, false));
  }

  private void timeGoesForward() {
    for (RunTimeline.Phase phase : timeline.phases()) {
      if (phase.endMillis() < phase.startMillis()) {
        spoils(
            "a phase ends after it starts",
            phase.startMillis(),
            "%s lasts %s ms".formatted(phase.label(), phase.endMillis() - phase.startMillis()));
      }
    }
    long zero = timeline.zeroAtEpochMillis();
    for (Event event : history.events()) {
      if (event instanceof Event.EdgeChange edge && edge.doneAtMillis() < edge.atMillis()) {
        spoils("an edge change is done after it was asked for", edge.atMillis() - zero, "" + edge);
      }
      if (event instanceof Event.ShareHeld held && held.untilMillis() < held.atMillis()) {
        spoils("a weight is held for some time", held.atMillis() - zero, held.label());
      }
    }
  }

  private void weightsAddUp() {
    history
        .events(Event.EdgeChange.class)
        .filter(change -> change.routes().stream().mapToInt(Event.Route::weight).sum() != 100)
        .forEach(
            change ->
                spoils(
                    "the edge's weights add up to 100",
                    change.atMillis() - timeline.zeroAtEpochMillis(),
                    "" + change.routes()));
  }

  /** That each ends once is for the two witnesses to say; see {@link Reconciliation}. */
  private void requestsEndAfterTheyBegan() {
    for (Request request : history.requests()) {
      if (request.outcome() != Outcome.UNKNOWN && request.latencyMillis() < 0) {
        spoils(
            "a request ends after it was sent",
            request.actualAtMillis() - timeline.zeroAtEpochMillis(),
            "request %s took %s ms".formatted(request.id(), request.latencyMillis()));
      }
    }
  }

  /**
   * Silence of the load hides errors: what nobody asked for cannot fail. Assets follow their pages,
   * and say nothing of those who arrive.
   */
  private void loadIsSteady(RequestTable table) {
    double rate = history.manifest().scenario().load().ratePerSecond();
    long silence = Math.max(LONGEST_SILENCE_MILLIS, (long) (SILENT_REQUESTS * 1000 / rate));
    int[] sent = table.arrivals().sorted().toArray();
    for (int i = 1; i < sent.length; i++) {
      if (sent[i] - sent[i - 1] > silence) {
        spoils(
            "the load does not pause",
            sent[i - 1],
            "nothing was sent for " + Numbers.seconds(sent[i] - sent[i - 1]));
      }
    }
    timeline.phases().stream()
        .filter(phase -> phase.kind() == PhaseKind.TEARDOWN && sent.length > 0)
        .map(RunTimeline.Phase::startMillis)
        .filter(teardown -> teardown - sent[sent.length - 1] > silence)
        .forEach(
            teardown ->
                spoils(
                    "the load lasts until the teardown",
                    sent[sent.length - 1],
                    "the last request was sent %s before it"
                        .formatted(Numbers.seconds(teardown - sent[sent.length - 1]))));
  }

  private void statesGoForward() {
    Map<String, Event.TaskChange> last = new HashMap<>();
    history
        .events(Event.TaskChange.class)
        .forEach(
            change -> {
              Event.TaskChange before = last.put(change.task(), change);
              if (before != null && place(change) < place(before)) {
                observed(
                    "a task's state only moves forward",
                    change.atMillis(),
                    "task %s of %s was seen %s after %s"
                        .formatted(
                            change.task(), change.service(), change.state(), before.state()));
              }
            });
  }

  /** A task only moves on; a state that this lab does not know is before all others. */
  private static int place(Event.TaskChange change) {
    return TaskState.of(change.state()).map(TaskState::ordinal).orElse(-1);
  }

  /** Judged by when the lab saw it, since desired states carry no time of their own. */
  private void oldStopsFirst() {
    Map<String, Long> leftRunning = new HashMap<>();
    history
        .events(Event.TaskChange.class)
        .filter(change -> !change.wanted() || change.ended())
        .forEach(change -> leftRunning.merge(change.task(), change.seenAtMillis(), Math::min));
    Map<String, Event.TaskChange> inSlot = new HashMap<>();
    history
        .events(Event.TaskChange.class)
        .filter(change -> change.is(TaskState.RUNNING) && change.wanted())
        .filter(change -> !change.version().isEmpty())
        .forEach(
            change -> {
              Event.TaskChange old = inSlot.put(change.name(), change);
              if (old != null
                  && !old.task().equals(change.task())
                  && leftRunning.getOrDefault(old.task(), Long.MAX_VALUE) > change.seenAtMillis()) {
                observed(
                    "stop-first: a new task runs only after the old one was told to stop",
                    change.atMillis(),
                    "task %s of %s runs beside %s"
                        .formatted(change.task(), change.name(), old.task()));
              }
            });
  }

  /**
   * A task that stops for another reason has no successor of another version in its slot; but one
   * whose node was lost or drained, which the supervisor replaces by the current spec.
   */
  private void newRunsFirst() {
    List<Event.Happened> happened = history.events(Event.Happened.class).toList();
    Map<String, Map<String, Event.TaskChange>> ran = new HashMap<>();
    Map<String, Event.TaskChange> told = new LinkedHashMap<>();
    history
        .events(Event.TaskChange.class)
        .filter(change -> change.is(TaskState.RUNNING) && !change.version().isEmpty())
        .forEach(
            change -> {
              ran.computeIfAbsent(change.name(), slot -> new LinkedHashMap<>())
                  .putIfAbsent(change.task(), change);
              if (change.isToBe(TaskState.SHUTDOWN)
                  && happened.stream().noneMatch(it -> it.endsTasksOn(change.node()))) {
                told.putIfAbsent(change.task(), change);
              }
            });
    for (Event.TaskChange old : told.values()) {
      successor(old, ran.get(old.name()))
          .filter(fresh -> fresh.atMillis() > old.seenAtMillis())
          .ifPresent(
              fresh ->
                  observed(
                      "start-first: an old task is told to stop only after the new one runs",
                      old.seenAtMillis(),
                      "task %s of %s was told to stop before %s ran"
                          .formatted(old.task(), old.name(), fresh.task())));
    }
  }

  /** The next task of another version in its slot that came to run after it had. */
  private static Optional<Event.TaskChange> successor(
      Event.TaskChange old, Map<String, Event.TaskChange> inSlot) {
    return inSlot.values().stream()
        .filter(other -> !other.version().equals(old.version()))
        .filter(other -> other.atMillis() > inSlot.get(old.task()).atMillis())
        .findFirst();
  }
}
