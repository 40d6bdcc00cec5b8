package io.rolloutlab.analysis.requests;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Request;
import io.rolloutlab.history.TaskRef;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.edge.EdgeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the task that gave each answer: by the address in the edge's log and by the time, or, where
 * that address is a whole service's (vip), by the container that the answer names in {@code
 * X-App-Host}. Of the latter only the name is the app's word: whose container it is Swarm says.
 */
final class TaskJoin {
  private static final int QUOTED = 5;

  /** What the edge says of a try that nobody answered. */
  private final Set<String> unanswered;

  private final AddressBook book;
  private final TaskWitness.Asked asked;
  private final TaskRef[] by;

  /** Container, by its short id → its task. */
  private final Map<String, TaskRef> ofContainers = new HashMap<>();

  /** Task, by its id → the container that its answers named. */
  private final Map<String, String> containers = new HashMap<>();

  /** By the task's id, each once, since a run has a million answers and some tasks. */
  private final Map<String, TaskRef> refs = new HashMap<>();

  private final Map<TaskRef, Integer> answersBy = new LinkedHashMap<>();
  private final List<String> strangers = new ArrayList<>();
  private final Contradictions versions;
  private final Contradictions hosts =
      new Contradictions("another container than earlier answers of the same task");
  private int answers;
  private int unclear;
  private int nobodys;

  TaskJoin(History history, int requests) {
    unanswered = EdgeKind.unansweredBy(history.manifest().scenario().edge().kind());
    book = new AddressBook(history);
    history
        .events(Event.TaskContainer.class)
        .forEach(given -> ofContainers.putIfAbsent(given.container(), given.ref()));
    asked = asked(history.manifest().balancing() == Balancing.VIP);
    versions =
        new Contradictions(
            asked == TaskWitness.Asked.CONTAINER
                ? "another version than the task has whose container it named"
                : "another version than the task has whose address it came from");
    by = new TaskRef[requests];
  }

  private TaskWitness.Asked asked(boolean virtual) {
    if (virtual) {
      return ofContainers.isEmpty() ? TaskWitness.Asked.VIRTUAL : TaskWitness.Asked.CONTAINER;
    }
    return book.isEmpty() ? TaskWitness.Asked.NOT_RECORDED : TaskWitness.Asked.YES;
  }

  /**
   * Joins an answered request with its task.
   *
   * @param index of the request
   * @param hit that the edge logged of the answer
   */
  void join(int index, Request request, Hit hit) {
    if (!asked.tells() || !hit.isOfAnApp(unanswered)) {
      return;
    }
    answers++;
    if (asked == TaskWitness.Asked.CONTAINER) {
      byContainer(index, request, hit.replica());
    } else {
      byAddress(index, request, hit);
    }
  }

  private void byContainer(int index, Request request, String container) {
    TaskRef task = ofContainers.get(container);
    if (task != null) {
      named(index, request, task, "container ", container);
    } else if (!container.isEmpty()) {
      stranger(container, request);
    }
  }

  private void byAddress(int index, Request request, Hit hit) {
    String address = hit.lastAddress();
    List<AddressBook.Holder> holders =
        book.holders(address, hit.atMillis() - hit.latencyMillis(), hit.atMillis());
    if (holders.size() == 1) {
      Event.TaskAddress given = holders.get(0).task();
      TaskRef task = refs.computeIfAbsent(given.task(), id -> given.ref());
      named(index, request, task, "", address);
      host(request, task, address);
    } else if (holders.isEmpty()) {
      stranger(address, request);
    } else {
      unclear++;
    }
  }

  private void stranger(String which, Request request) {
    nobodys++;
    if (strangers.size() < QUOTED) {
      strangers.add("%s (request %s)".formatted(which, request.id()));
    }
  }

  /**
   * An answer has a task.
   *
   * @param kind of what it is known by, for people
   * @param from that itself
   */
  private void named(int index, Request request, TaskRef task, String kind, String from) {
    by[index] = task;
    answersBy.merge(task, 1, Integer::sum);
    if (!request.version().isEmpty()
        && !task.version().isEmpty()
        && !request.version().equals(task.version())) {
      versions.add(
          "request %s from %s%s was of %s, which runs %s, and its X-App-Version was \"%s\""
              .formatted(request.id(), kind, from, task.name(), task.version(), request.version()));
    }
  }

  private void host(Request request, TaskRef task, String from) {
    if (!request.replica().isEmpty()) {
      String before = containers.putIfAbsent(task.id(), request.replica());
      if (before != null && !before.equals(request.replica())) {
        hosts.add(
            "request %s from %s was of %s, whose X-App-Host had been \"%s\", and it was \"%s\""
                .formatted(request.id(), from, task.name(), before, request.replica()));
      }
    }
  }

  /** The task that answered; empty where that is not known. */
  Optional<TaskRef> task(int request) {
    return Optional.ofNullable(by[request]);
  }

  /** The version of the task that answered; empty where that is not known. */
  Optional<String> versionOf(int request) {
    return task(request).map(TaskRef::version).filter(version -> !version.isEmpty());
  }

  TaskWitness witness() {
    if (!asked.tells()) {
      return TaskWitness.silent(asked);
    }
    List<TaskWitness.ByTask> tasks = new ArrayList<>();
    answersBy.forEach(
        (task, count) ->
            tasks.add(
                new TaskWitness.ByTask(
                    task.id(), task.name(), task.version(), task.node(), count)));
    return new TaskWitness(
        asked,
        answers,
        answersBy.values().stream().mapToInt(count -> count).sum(),
        unclear,
        nobodys,
        strangers,
        versions.count + hosts.count,
        tasks);
  }

  /** Why the run is UNKNOWN, a sentence each. */
  List<String> contradictions() {
    List<String> reasons = new ArrayList<>();
    versions.complain(reasons);
    hosts.complain(reasons);
    return reasons;
  }

  /** How many answers name something else than their task does, and the first few of them. */
  private static final class Contradictions {
    private final String what;
    private final List<String> first = new ArrayList<>(QUOTED);
    private int count;

    Contradictions(String what) {
      this.what = what;
    }

    void add(String quoted) {
      count++;
      if (first.size() < QUOTED) {
        first.add(quoted);
      }
    }

    void complain(List<String> reasons) {
      if (count > 0) {
        reasons.add(
            "%s answer%s named %s: %s%s"
                .formatted(
                    count,
                    count == 1 ? "" : "s",
                    what,
                    String.join("; ", first),
                    count > QUOTED ? "; ..." : ""));
      }
    }
  }
}
