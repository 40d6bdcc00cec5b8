package io.rolloutlab.analysis.causes;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the edge itself was doing when. Times are after x = 0. */
final class EdgeTimes {
  /** A connection may be closed so long before or after the change that the record names. */
  private static final long AROUND_MILLIS = 1_500;

  private final long zero;
  private final List<Event.EdgeChange> changes;
  private final List<TaskTimes> tasks;

  /**
   * @param tasks those of the edge
   */
  EdgeTimes(History history, long zero, List<TaskTimes> tasks) {
    this.zero = zero;
    this.tasks = tasks;
    changes = new ArrayList<>(history.events(Event.EdgeChange.class).toList());
  }

  /** The services that the edge may have asked at a time; empty where that was not recorded. */
  Set<String> routedAt(long at) {
    Set<String> services = new TreeSet<>();
    for (int i = inForce(at); i >= 0; i--) {
      Event.EdgeChange change = changes.get(i);
      change.routes().stream().filter(EdgeTimes::takes).forEach(r -> services.add(r.service()));
      if (change.doneAtMillis() - zero <= at) {
        break;
      }
    }
    return services;
  }

  private static boolean takes(Event.Route route) {
    return route.weight() > 0 || !route.addresses().isEmpty() || !route.conditions().isEmpty();
  }

  /** Whether requests were copied to a mirror at a time. */
  boolean mirroredAt(long at) {
    int which = inForce(at);
    return which >= 0
        && Stream.of(which, which - 1)
            .filter(i -> i >= 0)
            .anyMatch(i -> changes.get(i).mirror() != null);
  }

  /** The last change that was asked for up to a time; −1 for none. */
  private int inForce(long at) {
    int last = -1;
    for (int i = 0; i < changes.size(); i++) {
      last = changes.get(i).atMillis() - zero <= at ? i : last;
    }
    return last;
  }

  /** When the change was asked for that went on in a span of time; empty for none. */
  Optional<Long> changedIn(long from, long until) {
    return goingOnIn(from, until + AROUND_MILLIS);
  }

  /**
   * When the last change was asked for that had been by the end of a span, and still went on in it.
   */
  Optional<Long> goingOnIn(long from, long until) {
    return changes.stream()
        .filter(change -> change.atMillis() - zero <= until)
        .filter(change -> change.doneAtMillis() - zero + AROUND_MILLIS >= from)
        .map(change -> change.atMillis() - zero)
        .reduce((first, last) -> last);
  }

  /**
   * The task of the edge that was not, or no longer, there in a span of time; its successor listens
   * a moment after it is running.
   */
  Optional<TaskTimes> goneIn(long from, long until) {
    return missedIn(from, until + AROUND_MILLIS);
  }

  /** The same, where it had left by the end of the span. */
  Optional<TaskTimes> missedIn(long from, long until) {
    return tasks.stream()
        .filter(task -> task.leftMillis() <= until)
        .filter(task -> backAfter(task) >= from - AROUND_MILLIS)
        .findFirst();
  }

  private long backAfter(TaskTimes gone) {
    return successor(gone).map(TaskTimes::runningMillis).orElse(TaskTimes.NEVER);
  }

  /** The first other one of its name that was running after it; empty where none was. */
  Optional<TaskTimes> successor(TaskTimes gone) {
    return tasks.stream()
        .filter(task -> task.task().name().equals(gone.task().name()))
        .filter(task -> task.fromMillis() > gone.fromMillis())
        .filter(task -> task.runningMillis() != TaskTimes.NEVER)
        .min(Comparator.comparingLong(TaskTimes::runningMillis));
  }
}
