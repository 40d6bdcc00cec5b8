package io.rolloutlab.analysis.causes;

import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Hit;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.edge.EdgeKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a request is joined with, be it failed or slow: what the tasks, the edge and the nodes were
 * doing when, as far as it was recorded. Times are after x = 0.
 */
public final class Surroundings {
  /** How long before it is running for Swarm a task's container may start. */
  private static final long STARTS_BEFORE_MILLIS = 3_000;

  /** How long after it is running for Swarm a task may still be starting up. */
  private static final long STARTS_AFTER_MILLIS = 2_000;

  private final int replicas;
  private final long zero;
  private final List<Event.Happened> happened;
  private final Set<String> unanswered;
  private final TaskLog tasks;
  private final EdgeTimes edge;
  private final TaskFault fault;
  private final Deciding deciding;

  /**
   * @param zero milliseconds since 1970 of x = 0
   */
  public Surroundings(History history, long zero) {
    this.zero = zero;
    // A global service has as many as there are nodes for it.
    replicas = Check.orElse(history.manifest().scenario().app().replicas(), Integer.MAX_VALUE);
    happened = history.events(Event.Happened.class).toList();
    unanswered = EdgeKind.unansweredBy(history.manifest().scenario().edge().kind());
    tasks = new TaskLog(history, zero, unanswered);
    edge = new EdgeTimes(history, zero, tasks.edges());
    fault = new TaskFault(history.manifest().scenario().app());
    deciding = new Deciding(history, zero);
  }

  /**
   * A service of which fewer tasks ran than had been running at once before.
   *
   * @param running tasks of it
   * @param wanted as many as had been, but no more than the app's replicas
   * @param lastGone the task that was the last to go
   */
  public record Shortage(String service, int running, int wanted, TaskTimes lastGone) {}

  /**
   * What came of a try of the edge after which it asked another task.
   *
   * @param status that the task answered with; empty where it gave no answer
   * @param setting of the scenario that decides it; empty where none does, or the record does not
   *     tell
   */
  public record Vain(String status, String setting) {}

  TaskLog tasks() {
    return tasks;
  }

  EdgeTimes edge() {
    return edge;
  }

  Set<String> unanswered() {
    return unanswered;
  }

  TaskFault fault() {
    return fault;
  }

  /** Which settings decide. */
  public Deciding deciding() {
    return deciding;
  }

  /** The task that had an address at a time, or the last one before; null where none did. */
  public TaskTimes behind(String address, long at) {
    return tasks.behind(address, at);
  }

  /**
   * The task that answered, as the edge logged it; null where it is not known.
   *
   * @param at when the edge asked it, after x = 0
   */
  public TaskTimes answerer(Hit line, long at) {
    return tasks.answerer(line, at);
  }

  /** Whether a task was told to stop and its stop signal can have reached it at a time. */
  public boolean knowsOfItsEnd(TaskTimes task, long at) {
    return TaskFault.byOrder(at, task);
  }

  /**
   * What came of a try after which the edge asked another task: who takes too long is waited for as
   * the edge is told; what else there is, the task's own fault decides.
   *
   * @param which of the tries it is, from 0
   * @param its when it was made
   * @param task that was asked; null where it is not known
   */
  public Vain vain(Hit line, int which, Span its, TaskTimes task) {
    Try one = Try.of(line, which, its, unanswered);
    if (one.tookTooLong()) {
      return new Vain("", deciding.patience(one.end() == Try.End.UNANSWERED));
    }
    String status = one.end() == Try.End.ANSWERED ? Try.status(line, which) : "";
    return task == null
        ? new Vain(status, "")
        : new Vain(
            status, deciding.setting(fault.of(one, task), Scene.of(task), its.startMillis(), ""));
  }

  /** When the change of the edge was asked for that went on in a span, or was just over. */
  public Optional<Long> edgeChangedIn(long from, long until) {
    return edge.goingOnIn(from, until);
  }

  /** The task of the edge that had left by the end of a span, and was not there in it. */
  public Optional<TaskTimes> edgeMissedIn(long from, long until) {
    return edge.missedIn(from, until);
  }

  /** Whether requests were copied to a mirror at a time. */
  public boolean mirroredAt(long at) {
    return edge.mirroredAt(at);
  }

  /** The last thing that happened to a node and went on in a span of time. */
  public Optional<Event.Happened> happenedIn(long from, long until) {
    return happened.stream()
        .filter(one -> one.effect() != Event.Effect.NONE)
        .filter(one -> one.atMillis() - zero <= until && one.untilMillis() - zero >= from)
        .reduce((first, last) -> last);
  }

  /** How many of the app's tasks were starting in a span of time. */
  public int startingIn(long from, long until) {
    return tasks.services().stream()
        .mapToInt(
            name ->
                tasks
                    .service(name)
                    .readyIn(from - STARTS_AFTER_MILLIS, until + STARTS_BEFORE_MILLIS, until))
        .sum();
  }

  /**
   * Of whom too few were there at a time: only of a service that had all requests, since a strategy
   * makes one smaller that has a share of them.
   *
   * @param task that answered, which has to be one of that service; null where it is not known
   */
  public Optional<Shortage> shortageAt(TaskTimes task, long at) {
    Set<String> asked = edge.routedAt(at);
    boolean only = asked.size() == 1 && (task == null || asked.contains(task.task().service()));
    return only ? shortage(asked.iterator().next(), at) : Optional.empty();
  }

  private Optional<Shortage> shortage(String service, long at) {
    ServiceTimes its = tasks.service(service);
    int running = its.readyAt(at);
    int wanted = Math.min(replicas, its.mostReadyUpTo(at));
    return running < wanted
        ? Optional.of(new Shortage(service, running, wanted, its.lastGoneAt(at)))
        : Optional.empty();
  }
}
