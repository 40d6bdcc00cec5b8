package io.rolloutlab.analysis.causes;

import io.rolloutlab.analysis.cost.MachineLooks;
import io.rolloutlab.analysis.cost.TaskCpu;
import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.app.TaskLimits;
import java.util.List;
import java.util.Optional;

/**
 * Tells who had no CPU left from who was too slow otherwise: only of tasks that were up, that were
 * told nothing and that the scenario does not make slow, and only where what was sampled covers the
 * request. First comes the limit of the task itself, then the machine that all of them share.
 */
final class Overload {
  /** So much of the CPU has to be gone; the samples do not begin and end with a request. */
  private static final double NEARLY_ALL = 0.9;

  /** Who has been running for so long is up, though the log names no answer of its address. */
  private static final long BOOT_MILLIS = 10_000;

  private final History history;
  private final long zero;
  private final boolean simulated;
  private final double cores;
  private final TaskLog tasks;
  private final EdgeTimes edge;
  private final Deciding deciding;

  /** Made when it is asked for: most runs have nobody who was too slow. */
  private MachineLooks machine;

  private TaskCpu containers;

  /**
   * @param zero milliseconds since 1970 of x = 0
   */
  Overload(History history, Surroundings around, long zero) {
    this.history = history;
    this.zero = zero;
    // A simulated task uses what a model says, and no limit of CPU holds it.
    simulated = history.manifest().origin() == Manifest.Origin.TWIN;
    cores =
        Optional.ofNullable(history.manifest().scenario().app().limits())
            .map(TaskLimits::cpus)
            .orElse(0.0);
    tasks = around.tasks();
    edge = around.edge();
    deciding = around.deciding();
  }

  /**
   * What shows it.
   *
   * @param note a clause
   * @param byLimit whether it is the limit of the tasks, and not the machine
   */
  private record Evidence(String note, boolean byLimit) {}

  /** The same request; what was too slow is overloaded where the record shows that. */
  Caused of(Caused one) {
    if (one.cause() != Cause.TOO_SLOW || simulated || one.latencyMillis() <= 0) {
      return one;
    }
    Span its = new Span(one.atMillis(), one.atMillis() + one.latencyMillis());
    List<TaskTimes> asked = asked(one.scene(), its.startMillis());
    if (asked.isEmpty() || !asked.stream().allMatch(task -> couldAnswer(task, its))) {
      return one;
    }
    return limit(asked, its)
        .or(() -> machine(its))
        .map(evidence -> overloaded(one, evidence))
        .orElse(one);
  }

  private Caused overloaded(Caused one, Evidence shown) {
    return new Caused(
        one.request(),
        one.atMillis(),
        one.latencyMillis(),
        one.error(),
        Cause.OVERLOADED,
        shown.byLimit()
            ? deciding.setting(Cause.OVERLOADED, one.scene(), one.atMillis(), one.error())
            : "",
        one.scene().noting(shown.note()));
  }

  /** The task that was asked; all that can have been where that is not known. */
  private List<TaskTimes> asked(Scene scene, long at) {
    if (scene.task() != null) {
      return List.of(scene.task());
    }
    return tasks.askedAt(edge, at).stream()
        .flatMap(name -> tasks.service(name).notEndedAt(at).stream())
        .toList();
  }

  /** Whether nothing but its CPU is known to have kept a task from answering. */
  private boolean couldAnswer(TaskTimes task, Span its) {
    boolean up =
        task.firstAnswerMillis() <= its.startMillis()
            || task.runningMillis() <= its.startMillis() - BOOT_MILLIS;
    return up
        && task.leftMillis() > its.endMillis()
        && deciding.latencyMillis(task.task().version()) == 0;
  }

  private Optional<Evidence> limit(List<TaskTimes> asked, Span its) {
    if (cores == 0) {
      return Optional.empty();
    }
    containers = containers == null ? new TaskCpu(history, zero) : containers;
    double least = 1;
    for (TaskTimes task : asked) {
      least = Math.min(least, containers.shareAtLeast(task.task().id(), its, cores));
    }
    if (least < NEARLY_ALL) {
      return Optional.empty();
    }
    String who =
        asked.size() == 1
            ? "its container"
            : "each of the %s tasks that can have had it".formatted(asked.size());
    String note =
        "meanwhile %s used at least %s of the CPU that its limit of %s allows"
            .formatted(who, wholePercent(least), Numbers.plain(cores));
    return Optional.of(new Evidence(note, true));
  }

  /** Not more than it is; a sum of samples may miss a whole number by a hair. */
  private static String wholePercent(double share) {
    return (int) Math.floor(share * 100 + 1e-6) + " %";
  }

  private Optional<Evidence> machine(Span its) {
    machine = machine == null ? new MachineLooks(history, zero) : machine;
    long full = machine.withoutIdleMillis(its.startMillis(), its.endMillis());
    return full < NEARLY_ALL * its.millis()
        ? Optional.empty()
        : Optional.of(
            new Evidence(
                "no processor of the machine was idle for at least %s of these %s ms"
                    .formatted(full, its.millis()),
                false));
  }
}
