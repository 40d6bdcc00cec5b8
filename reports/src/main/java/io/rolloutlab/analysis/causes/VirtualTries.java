package io.rolloutlab.analysis.causes;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What came of tries at a virtual address, behind which the kernel chooses a task that nobody
 * names: a cause is claimed only where all tasks that can have been it have the same one.
 */
final class VirtualTries {
  /** How long after it was running an app may not listen yet. */
  private static final long BOOT_MILLIS = 10_000;

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

  Found of(Try one) {
    Map<Cause, TaskTimes> suspects = new EnumMap<>(Cause.class);
    int many = 0;
    Set<String> routed = edge.routedAt(one.fromMillis());
    for (String name : routed.isEmpty() ? tasks.services() : routed) {
      for (TaskTimes task :
          tasks
              .service(name)
              .changedIn(one.fromMillis() - BEFORE_MILLIS, one.untilMillis() + AFTER_MILLIS)) {
        if (task.endedMillis() <= one.fromMillis() - FORGOTTEN_MILLIS) {
          continue;
        }
        Cause cause = fault.of(one, task.listeningBy(task.runningMillis() + BOOT_MILLIS));
        if (cause != Cause.UNKNOWN && cause != Cause.TOO_SLOW) {
          suspects.put(cause, task);
          many++;
        }
      }
    }
    if (suspects.isEmpty() && one.end() == Try.End.UNANSWERED) {
      return new Found(Cause.TOO_SLOW, null);
    }
    if (suspects.size() != 1 || one.end() == Try.End.UNANSWERED) {
      return new Found(Cause.UNKNOWN, null);
    }
    Map.Entry<Cause, TaskTimes> only = suspects.entrySet().iterator().next();
    return new Found(only.getKey(), many == 1 ? only.getValue() : null);
  }
}
