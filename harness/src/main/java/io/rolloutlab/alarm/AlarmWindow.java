package io.rolloutlab.alarm;

import io.rolloutlab.history.Hit;
import io.rolloutlab.scenario.AlarmPlan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The requests of the last seconds, and whether too many of them are bad. */
final class AlarmWindow {
  private final AlarmPlan plan;
  private final Deque<Seen> window = new ArrayDeque<>();
  private int failed;
  private int slow;
  private long lastMillis = Long.MIN_VALUE;

  AlarmWindow(AlarmPlan plan) {
    this.plan = plan;
  }

  private record Seen(long atMillis, boolean failed, boolean slow) {}

  /**
   * Too many are bad.
   *
   * @param signal what they are: {@code failed} or {@code slow}
   * @param bad how many of the window are
   * @param requests how many are in it
   * @param abovePercent the share that they are more than
   */
  record Alarming(String signal, int bad, int requests, double abovePercent) {}

  /**
   * Takes another request in, and lets go those that are out of the window: it reaches from the
   * latest one back for the plan's time, its beginning not included.
   *
   * @return whether it rings by what is in it then; empty where it does not
   */
  Optional<Alarming> add(Hit hit) {
    boolean bad = hit.hasFailed();
    boolean late =
        !bad && plan.slowerThan() != null && hit.latencyMillis() > plan.slowerThan().toMillis();
    // Lines of several containers of the edge come in no strict order.
    lastMillis = Math.max(lastMillis, hit.atMillis());
    window.addLast(new Seen(lastMillis, bad, late));
    failed += bad ? 1 : 0;
    slow += late ? 1 : 0;
    while (window.getFirst().atMillis() <= lastMillis - plan.within().toMillis()) {
      Seen gone = window.removeFirst();
      failed -= gone.failed() ? 1 : 0;
      slow -= gone.slow() ? 1 : 0;
    }
    return alarming();
  }

  private Optional<Alarming> alarming() {
    int all = window.size();
    if (all < plan.atLeast()) {
      return Optional.empty();
    }
    if (plan.failedAbove().isLessThan(failed, all)) {
      return Optional.of(new Alarming("failed", failed, all, plan.failedAbove().inPercent()));
    }
    return plan.slowAbove() != null && plan.slowAbove().isLessThan(slow, all)
        ? Optional.of(new Alarming("slow", slow, all, plan.slowAbove().inPercent()))
        : Optional.empty();
  }
}
