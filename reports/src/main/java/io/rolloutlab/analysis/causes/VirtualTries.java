package io.rolloutlab.analysis.causes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What came of tries at a virtual address, behind which the kernel chooses a task that nobody
 * names: a cause is claimed only where all tasks that can have been it have the same one.
 */
final class VirtualTries {
  /** How long after its end the kernels of all nodes may still send to a task. */
  private static final long FORGOTTEN_MILLIS = 2_000;

  private static final long BEFORE_MILLIS = 60_000;
  private static final long AFTER_MILLIS = 20_000;

  private final TaskLog tasks;
  private final EdgeTimes edge;
  private final TaskFault fault;

  VirtualTries(TaskLog tasks, EdgeTimes edge, TaskFault fault) {
    this.tasks = tasks;
    this.edge = edge;
    this.fault = fault;
  }

  /**
   * What was found.
   *
   * @param task null where it is not known which one it was
   */
  record Found(Cause cause, TaskTimes task) {}

  /** The services that an address may stand for at a time: one, where the edge names it. */
  Set<String> services(String address, long at) {
    return tasks.services().contains(address) ? Set.of(address) : tasks.askedAt(edge, at);
  }

  /**
   * What came of one.
   *
   * @param services that its address may stand for ({@link #services})
   */
  Found of(Try one, Set<String> services) {
    List<Found> suspects = new ArrayList<>();
    for (String name : services) {
      ServiceTimes service = tasks.service(name);
      suspects.addAll(suspects(one, service));
      // Where the kernel knows no task, it refuses the connection itself.
      if (one.end() == Try.End.REFUSED && fault.mayHaveNobody(service, one.fromMillis())) {
        suspects.add(new Found(Cause.NOBODY_READY, null));
      }
    }
    boolean unanswered = one.end() == Try.End.UNANSWERED;
    if (suspects.isEmpty() && unanswered) {
      return new Found(Cause.TOO_SLOW, null);
    }
    Set<Cause> causes = suspects.stream().map(Found::cause).collect(Collectors.toSet());
    if (causes.size() != 1 || unanswered) {
      return new Found(Cause.UNKNOWN, null);
    }
    Found first = suspects.get(0);
    return suspects.size() == 1 ? first : new Found(first.cause(), null);
  }

  private List<Found> suspects(Try one, ServiceTimes service) {
    List<Found> suspects = new ArrayList<>();
    for (TaskTimes task :
        service.changedIn(one.fromMillis() - BEFORE_MILLIS, one.untilMillis() + AFTER_MILLIS)) {
      if (task.endedMillis() <= one.fromMillis() - FORGOTTEN_MILLIS
          || task.runningMillis() - ServiceTimes.KERNEL_LEARNS_MILLIS > one.untilMillis()) {
        continue;
      }
      long listens = task.runningMillis() + fault.bootMillis(task);
      Cause cause = fault.of(one, task.listeningBy(listens));
      if (cause != Cause.UNKNOWN && cause != Cause.TOO_SLOW) {
        suspects.add(new Found(cause, task));
      }
      // When it began to listen is not known behind such an address: it may have, and have ended.
      if (cause == Cause.NOT_LISTENING_YET && fault.mayHaveEndedByItself(one.fromMillis(), task)) {
        suspects.add(new Found(Cause.CRASHED, task));
      }
    }
    return suspects;
  }
}
