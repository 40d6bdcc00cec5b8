package io.rolloutlab.calibration;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.TaskState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A task of the app in a recorded run: when it reached its states, by its node's clock. */
final class Life {
  /** A little more than the time between two looks at the tasks. */
  private static final long LOOK_MILLIS = 500;

  private final Map<String, Long> reached = new LinkedHashMap<>();
  private final String slot;
  private final boolean app;
  private final boolean wantedAtOnce;
  private String node = "";
  private long toldToStop = -1;

  private Life(Event.TaskChange first) {
    slot = first.name();
    app = !first.version().isEmpty();
    wantedAtOnce = first.isToBe(TaskState.RUNNING);
  }

  /** All tasks of a run, in the order in which they were made. */
  static List<Life> of(History run) {
    Map<String, Life> lives = new LinkedHashMap<>();
    run.events(Event.TaskChange.class)
        .forEach(
            change -> lives.computeIfAbsent(change.task(), task -> new Life(change)).add(change));
    return new ArrayList<>(lives.values());
  }

  private void add(Event.TaskChange change) {
    boolean fresh = reached.putIfAbsent(change.state(), change.atMillis()) == null;
    node = change.node();
    boolean unwanted = change.isToBe(TaskState.SHUTDOWN) || change.isToBe(TaskState.REMOVE);
    boolean told = unwanted && change.is(TaskState.RUNNING);
    if (told && toldToStop < 0 && !fresh) {
      toldToStop = change.seenAtMillis();
    }
  }

  /** Whether it is a task of the app, not of nginx. */
  boolean app() {
    return app;
  }

  String node() {
    return node;
  }

  /** Whether it was to run as soon as it could, not only when another one had stopped. */
  boolean wantedAtOnce() {
    return wantedAtOnce;
  }

  /** Whether it was told to stop while it ran. */
  boolean toldToStop() {
    return toldToStop > 0;
  }

  boolean has(TaskState... states) {
    return Stream.of(states).map(TaskState::word).allMatch(reached::containsKey);
  }

  long at(TaskState state) {
    return reached.get(state.word());
  }

  /** Milliseconds from one state to another; it must have both. */
  double between(TaskState from, TaskState to) {
    return at(to) - at(from);
  }

  boolean startsBeside(Life other) {
    return at(TaskState.STARTING) < other.at(TaskState.RUNNING)
        && other.at(TaskState.STARTING) < at(TaskState.RUNNING);
  }

  /** The task that took its place under stop-first: made in the moment in which it was told. */
  Optional<Life> replacement(List<Life> lives) {
    return lives.stream()
        .filter(life -> life != this && life.slot.equals(slot))
        .filter(life -> life.begin() <= toldToStop && life.begin() > toldToStop - LOOK_MILLIS)
        .findFirst();
  }

  /**
   * When it was told; its replacement has Swarm's own time of it, the order itself is only seen.
   */
  long toldAt(List<Life> lives) {
    return replacement(lives).map(Life::begin).orElse(toldToStop);
  }

  private long begin() {
    return reached.values().iterator().next();
  }
}
