package io.rolloutlab.analysis.causes;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
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
    deciding = new Deciding(history, zero);
  }

  /**
   * A service of which fewer tasks ran than had been running at once before.
   *
   * @param running tasks of it
   * @param wanted as many as had been, but no more than the app's replicas
   * @param lastGone the task that was the last to go; null for none
   */
  public record Shortage(String service, int running, int wanted, TaskTimes lastGone) {}

  TaskLog tasks() {
    return tasks;
  }

  EdgeTimes edge() {
    return edge;
  }

  Set<String> unanswered() {
    return unanswered;
  }

  /** Which settings decide. */
  public Deciding deciding() {
    return deciding;
  }

  /** The task that had an address at a time, or the last one before; null where none did. */
  public TaskTimes behind(String address, long at) {
    return tasks.behind(address, at);
  }

  /** Whether a task was told to stop and its stop signal can have reached it at a time. */
  public boolean knowsOfItsEnd(TaskTimes task, long at) {
    return TaskFault.byOrder(at, task);
  }

  /** When the change of the edge was asked for that went on in a span, or was just over. */
  public Optional<Long> edgeChangedIn(long from, long until) {
    return edge.goingOnIn(from, until);
  }

  /** The task of the edge that was not, or no longer, there in a span of time. */
  public Optional<TaskTimes> edgeGoneIn(long from, long until) {
    return edge.goneIn(from, until);
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
   * Of whom too few were there at a time.
   *
   * @param task that answered; where it is not known, the one service counts that had requests
   */
  public Optional<Shortage> shortageAt(TaskTimes task, long at) {
    Set<String> asked = task == null ? edge.routedAt(at) : Set.of(task.task().service());
    return asked.size() == 1 ? shortage(asked.iterator().next(), at) : Optional.empty();
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
