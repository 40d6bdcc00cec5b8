package io.rolloutlab.analysis.causes;

import io.rolloutlab.scenario.app.AppKnob;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.VersionPlan;
import java.util.List;

/** What a task did to a try of the edge, as far as the record tells. */
final class TaskFault {
  /** How much later than its container's end Swarm's word of it may be. */
  private static final long WORD_LATE_MILLIS = 3_000;

  /** By how much a try may have begun earlier, since the log cuts its times to milliseconds. */
  private static final long CUT_MILLIS = 1;

  /**
   * From Swarm's order to the stop signal: a second until the agent takes the task up again, and
   * two in which others are to notice (swarmkit {@code container/controller.go}).
   */
  private static final long BEFORE_THE_SIGNAL_MILLIS = 3_000;

  /** How much later than it was given the lab may see an order. */
  private static final long SEEN_LATE_MILLIS = 1_500;

  /** After an order, who answers up to here has not ended before the signal. */
  private static final long NEAR_THE_SIGNAL_MILLIS = 2_500;

  /** How long after it was running an app may not listen yet, unless it is told to wait longer. */
  private static final long BOOT_MILLIS = 10_000;

  private final AppPlan app;

  TaskFault(AppPlan app) {
    this.app = app;
  }

  /** Why a try that was in vain came to nothing at a task. */
  Cause of(Try one, TaskTimes task) {
    if (one.end() == Try.End.ANSWERED) {
      return Cause.OWN_ERROR;
    }
    if (task.lostMillis() <= one.untilMillis()) {
      return lost(one, task);
    }
    if (one.end() != Try.End.UNANSWERED && givenUpBy(one.untilMillis(), task)) {
      return Cause.UNHEALTHY;
    }
    return switch (one.end()) {
      case ANSWERED -> Cause.OWN_ERROR;
      case REFUSED -> refused(one.fromMillis(), task);
      case UNCONNECTED -> gone(one.fromMillis(), task);
      case RESET -> reset(one, task);
      case UNANSWERED -> unanswered(one, task);
    };
  }

  /**
   * Who has the request when its node goes may have been too slow before that, and a node that is
   * gone takes none.
   */
  private static Cause lost(Try one, TaskTimes task) {
    boolean hung =
        one.fromMillis() < task.lostMillis()
            && task.lostMillis() + WORD_LATE_MILLIS <= one.untilMillis();
    return one.end() == Try.End.UNANSWERED && !hung ? Cause.UNKNOWN : Cause.NODE_LOST;
  }

  private Cause refused(long at, TaskTimes task) {
    if (task.endedMillis() < at - CUT_MILLIS) {
      return gone(at, task);
    }
    boolean listened = task.firstAnswerMillis() <= at || isChecked() && task.runningMillis() <= at;
    if (listened) {
      return byOrder(at, task) ? ordered(task, Cause.TOLD_TO_STOP) : byItself(at, task);
    }
    if (byOrder(at, task)) {
      return Cause.UNKNOWN;
    }
    boolean mayHaveEnded =
        task.firstAnswerMillis() == TaskTimes.NEVER && byItself(at, task) == Cause.CRASHED;
    return mayHaveEnded ? neverListened(task) : Cause.NOT_LISTENING_YET;
  }

  /**
   * Who never answered and soon ends by itself has crashed. What ends with the stop signal may have
   * ended by it, and may not have listened until then.
   */
  private static Cause neverListened(TaskTimes task) {
    boolean byTheSignal = !task.endedByItself() && byOrder(task.endedMillis(), task);
    return byTheSignal ? Cause.UNKNOWN : Cause.CRASHED;
  }

  private Cause gone(long at, TaskTimes task) {
    if (!byOrder(at, task)) {
      return byItself(at, task);
    }
    boolean ended = task.endedMillis() <= at + WORD_LATE_MILLIS;
    return ended ? ordered(task, Cause.GONE) : Cause.UNKNOWN;
  }

  private Cause reset(Try one, TaskTimes task) {
    return byOrder(one.untilMillis(), task)
        ? ordered(task, Cause.CUT_OFF)
        : byItself(one.untilMillis(), task);
  }

  /** Only what ended while it had the request can have kept the answer. */
  private Cause unanswered(Try one, TaskTimes task) {
    if (task.endedMillis() < one.fromMillis() || one.untilMillis() < task.endedMillis()) {
      return Cause.TOO_SLOW;
    }
    if (givenUpBy(one.untilMillis(), task)) {
      return Cause.UNHEALTHY;
    }
    return task.endedByItself() ? Cause.CRASHED : ordered(task, Cause.CUT_OFF);
  }

  /**
   * Whether the stop signal can have reached a task at a time: it goes on serving until then, and
   * what it does before that, nobody has told it.
   */
  static boolean byOrder(long at, TaskTimes task) {
    boolean unseen = task.toldMillis() == TaskTimes.NEVER && task.end().equals("shutdown");
    long told = unseen ? task.endedMillis() - BEFORE_THE_SIGNAL_MILLIS : task.toldMillis();
    return told <= at - BEFORE_THE_SIGNAL_MILLIS + SEEN_LATE_MILLIS;
  }

  /** The cause where it was told to, unless it ended by itself before the signal, or may have. */
  private Cause ordered(TaskTimes task, Cause cause) {
    if (!failedWhenTold(task) || servedOn(task)) {
      return cause;
    }
    boolean early =
        task.firstVainMillis() != TaskTimes.NEVER && !byOrder(task.firstVainMillis(), task);
    return early ? Cause.CRASHED : Cause.UNKNOWN;
  }

  /**
   * Whether it ended by itself though it was told to, as far as its exit code says so. One that
   * leaks may run out of memory before the signal: it is gone then as soon as that is due, and its
   * exit code is that of a kill.
   */
  private boolean failedWhenTold(TaskTimes task) {
    boolean atTheSignal =
        task.endedMillis() - SEEN_LATE_MILLIS <= task.toldMillis() + BEFORE_THE_SIGNAL_MILLIS;
    return task.failedWhenTold() || leaks(task) && task.killedWhenTold() && atTheSignal;
  }

  /** Whether a task may come to a memory limit by itself. */
  private boolean leaks(TaskTimes task) {
    VersionPlan its = version(task);
    return app.limits() != null
        && app.limits().memory().bytes() > 0
        && (!its.isLabApp()
            || its.variables().containsKey(AppKnob.MEMORY_GROWTH_MIB_PER_SECOND.variable()));
  }

  /** Whether it still answered when the signal was near. */
  private static boolean servedOn(TaskTimes task) {
    return task.lastAnswerMillis() != TaskTimes.NEVER
        && task.lastAnswerMillis() >= task.toldMillis() + NEAR_THE_SIGNAL_MILLIS;
  }

  /**
   * Whether a task that nobody had told to may have ended at a time, as far as Swarm's word goes.
   */
  boolean mayHaveEndedByItself(long at, TaskTimes task) {
    return byItself(at, task) == Cause.CRASHED;
  }

  /** Why a task ended, nearly at a time, that nobody had told to; unknown where it did not. */
  private Cause byItself(long at, TaskTimes task) {
    boolean beforeTheSignal = failedWhenTold(task) && task.toldMillis() <= at + WORD_LATE_MILLIS;
    boolean untold = task.endedByItself() && task.endedMillis() <= at + WORD_LATE_MILLIS;
    return beforeTheSignal || untold ? Cause.CRASHED : Cause.UNKNOWN;
  }

  /**
   * Whether its health check had ended a task at a time. Swarm then stops it as any other, so that
   * an app that ends in order is said to be complete; the lab's own app does so only where it is
   * told to.
   */
  private boolean givenUpBy(long at, TaskTimes task) {
    boolean givenUp =
        task.saidToBeUnhealthy()
            || isChecked() && task.end().equals("complete") && version(task).isLabApp();
    return givenUp && task.endedMillis() - stopMillis() - WORD_LATE_MILLIS <= at;
  }

  /** Whether nobody may have been behind a service's name at a time, by the record. */
  boolean mayBeEmpty(ServiceTimes service, long at) {
    return service.emptyAround(at).isPresent() || allAreGivenUp(service, at);
  }

  /**
   * Whether all that were ready at a time were given up for their health: such a task is taken out
   * of the service's name and address before the stop begins (moby {@code
   * daemon/cluster/executor/container/controller.go}, {@code Shutdown}).
   */
  boolean allAreGivenUp(ServiceTimes service, long at) {
    List<TaskTimes> ready = service.readyOnesAt(at);
    return !ready.isEmpty() && ready.stream().allMatch(task -> givenUpBy(at, task));
  }

  /**
   * Whether the kernels may have had no task behind a service's address at a time: they learn of
   * one early or late, and one that was given up for its health is taken out first.
   */
  boolean mayHaveNobody(ServiceTimes service, long at) {
    return service.surelyKnownAt(at).stream().allMatch(task -> givenUpBy(at, task));
  }

  /** How long after a task was running its app may not listen yet. */
  long bootMillis(TaskTimes task) {
    VersionPlan its = version(task);
    double told =
        its.isLabApp() ? AppKnob.START_DELAY_SECONDS.number(its.variables()).orElse(0) : 0;
    return BOOT_MILLIS + Math.round(told * 1_000);
  }

  private VersionPlan version(TaskTimes task) {
    return task.task().version().equals(VersionPlan.V1) ? app.v1() : app.v2();
  }

  private boolean isChecked() {
    return app.healthCheck() != null;
  }

  /** How long an orderly stop takes at most, once Swarm has decided it. */
  private long stopMillis() {
    return BEFORE_THE_SIGNAL_MILLIS + app.stopGrace().toMillis();
  }
}
