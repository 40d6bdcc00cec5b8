package io.rolloutlab.analysis.way;

import io.rolloutlab.analysis.requests.RequestTable;
import io.rolloutlab.analysis.requests.Witnesses;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.TaskRef;
import io.rolloutlab.history.TaskState;
import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.edge.EdgeKind;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts what the edge logged of the recorded requests, and who answered them. */
final class EdgeTally {
  private static final int VERSIONS = 3;

  /** What the edge says of a try that nobody answered. */
  private final Set<String> unanswered;

  /** Task → when it was seen to be told to stop while it ran, milliseconds since 1970. */
  private final Map<String, Long> told = new HashMap<>();

  private final Map<Integer, String> addresses = new HashMap<>();
  private final Map<String, Integer> containers = new LinkedHashMap<>();
  private final Map<String, Integer> byTask = new HashMap<>();
  private final Map<String, String> addressOf = new HashMap<>();
  private final Map<String, int[]> byAddress = new LinkedHashMap<>();
  private int requests;
  private int ofTheirUser;
  private int overKept;
  private int triedAgain;
  private int triedAgainWell;
  private int inVain;
  private int answersAfterStop;

  EdgeTally(History history) {
    unanswered = EdgeKind.unansweredBy(history.manifest().scenario().edge().kind());
    history
        .events(Event.TaskChange.class)
        .filter(change -> !change.version().isEmpty())
        .filter(change -> change.is(TaskState.RUNNING) && !change.wanted())
        .forEach(change -> told.merge(change.task(), change.seenAtMillis(), Math::min));
  }

  /** Counts a request, if the edge logged anything of it. */
  void add(RequestTable table, Witnesses witnesses, int i) {
    Optional<Hit> line = witnesses.hit(i);
    if (line.isEmpty()) {
      return;
    }
    Hit hit = line.get();
    requests++;
    containers.merge(hit.edge(), 1, Integer::sum);
    String own = addresses.computeIfAbsent(table.user[i], LoadPlan::addressOf);
    ofTheirUser += hit.client().equals(own) ? 1 : 0;
    overKept += hit.connectionRequest() > 1 ? 1 : 0;
    inVain += hit.hasFailed() && isInVain(hit) ? 1 : 0;
    if (hit.tries() > 1) {
      triedAgain++;
      triedAgainWell += table.ok(i) ? 1 : 0;
    }
    witnesses
        .answer(i)
        .filter(answer -> answer.isOfAnApp(unanswered))
        .ifPresent(answer -> answered(answer, witnesses.task(i), table.version(i)));
  }

  /** The edge gave up; a user who went away had it answer nothing. */
  private boolean isInVain(Hit hit) {
    return !hit.upstream().isEmpty() && unanswered.contains(String.valueOf(hit.status()));
  }

  private void answered(Hit answer, Optional<TaskRef> by, int version) {
    byAddress.computeIfAbsent(answer.lastAddress(), address -> new int[VERSIONS])[version]++;
    if (by.isPresent()) {
      String task = by.get().id();
      addressOf.putIfAbsent(by.get().service(), answer.lastAddress());
      byTask.merge(task, 1, Integer::sum);
      boolean after =
          told.getOrDefault(task, Long.MAX_VALUE) < answer.atMillis() - answer.latencyMillis();
      answersAfterStop += after ? 1 : 0;
    }
  }

  Way.Logged logged() {
    List<Way.Container> each =
        containers.entrySet().stream()
            .map(one -> new Way.Container(one.getKey(), one.getValue()))
            .toList();
    return new Way.Logged(
        each, requests, ofTheirUser, overKept, triedAgain, triedAgainWell, inVain);
  }

  /** Answers of tasks that had been told to stop before the edge had the request. */
  int answersAfterStop() {
    return answersAfterStop;
  }

  /** A task's id → its answers. */
  Map<String, Integer> byTask() {
    return Collections.unmodifiableMap(byTask);
  }

  /** A service's name → the address that the first answer of a task of it came from. */
  Map<String, String> addressOf() {
    return Collections.unmodifiableMap(addressOf);
  }

  /**
   * The address that was asked last, without its port → answers from it, by their version: those of
   * neither, {@link RequestTable#V1}, {@link RequestTable#V2}. In the order of the first answers.
   */
  Map<String, int[]> byAddress() {
    return Collections.unmodifiableMap(byAddress);
  }
}
