package io.rolloutlab.analysis.requests;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.edge.EdgeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the task that gave each answer, by the address in the edge's log and by the time. */
final class TaskJoin {
  private static final int QUOTED = 5;

  /** What the edge says of a try that nobody answered. */
  private final Set<String> unanswered;

  private final AddressBook book;
  private final TaskWitness.Asked asked;
  private final Event.TaskAddress[] by;
  private final Map<String, String> containers = new HashMap<>();
  private final Map<Event.TaskAddress, Integer> answersBy = new LinkedHashMap<>();
  private final List<String> strangers = new ArrayList<>();
  private final Contradictions versions =
      new Contradictions("another version than the task has whose address it came from");
  private final Contradictions hosts =
      new Contradictions("another container than earlier answers of the same task");
  private int answers;
  private int unclear;
  private int nobodys;

  TaskJoin(History history, int requests) {
    unanswered = EdgeKind.unansweredBy(history.manifest().scenario().edge().kind());
    book = new AddressBook(history);
    asked =
        history.manifest().balancing() == Balancing.VIP
            ? TaskWitness.Asked.VIRTUAL
            : book.isEmpty() ? TaskWitness.Asked.NOT_RECORDED : TaskWitness.Asked.YES;
    by = new Event.TaskAddress[requests];
  }

  /**
   * Joins an answered request with its task.
   *
   * @param index of the request
   * @param hit that the edge logged of the answer
   */
  void join(int index, Request request, Hit hit) {
    if (asked != TaskWitness.Asked.YES || !hit.isOfAnApp(unanswered)) {
      return;
    }
    answers++;
    String address = hit.lastAddress();
    List<AddressBook.Holder> holders =
        book.holders(address, hit.atMillis() - hit.latencyMillis(), hit.atMillis());
    if (holders.size() == 1) {
      named(index, request, holders.get(0).task());
    } else if (holders.isEmpty()) {
      nobodys++;
      if (strangers.size() < QUOTED) {
        strangers.add("%s (request %s)".formatted(address, request.id()));
      }
    } else {
      unclear++;
    }
  }

  private void named(int index, Request request, Event.TaskAddress task) {
    by[index] = task;
    answersBy.merge(task, 1, Integer::sum);
    if (!request.version().isEmpty()
        && !task.version().isEmpty()
        && !request.version().equals(task.version())) {
      versions.add(
          "request %s from %s was of %s, which runs %s, and its X-App-Version was \"%s\""
              .formatted(
                  request.id(), task.address(), task.name(), task.version(), request.version()));
    }
    if (!request.replica().isEmpty()) {
      String before = containers.putIfAbsent(task.task(), request.replica());
      if (before != null && !before.equals(request.replica())) {
        hosts.add(
            "request %s from %s was of %s, whose X-App-Host had been \"%s\", and it was \"%s\""
                .formatted(request.id(), task.address(), task.name(), before, request.replica()));
      }
    }
  }

  /** The task that answered, with its address; empty where that is not known. */
  Optional<Event.TaskAddress> task(int request) {
    return Optional.ofNullable(by[request]);
  }

  /** The version of the task that answered; empty where that is not known. */
  Optional<String> versionOf(int request) {
    return task(request).map(Event.TaskAddress::version).filter(version -> !version.isEmpty());
  }

  TaskWitness witness() {
    if (asked != TaskWitness.Asked.YES) {
      return TaskWitness.silent(asked);
    }
    List<TaskWitness.ByTask> tasks = new ArrayList<>();
    answersBy.forEach(
        (task, count) ->
            tasks.add(
                new TaskWitness.ByTask(
                    task.task(), task.name(), task.version(), task.node(), count)));
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
