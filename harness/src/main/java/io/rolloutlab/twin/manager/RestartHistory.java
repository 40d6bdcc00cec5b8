package io.rolloutlab.twin.manager;

import io.rolloutlab.scenario.app.RestartPlan;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.model.Service;
import io.rolloutlab.twin.model.Task;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How many tasks each slot has got in place of ended ones, where that is limited (swarmkit {@code
 * orchestrator/restart/restart.go}: instanceRestartInfo, shouldRestart, RecordRestartHistory).
 */
final class RestartHistory {
  private final Map<Service, Map<Integer, OfSlot>> bySlot = new HashMap<>();

  /** Those of one slot, of one spec: a change of the service, its size included, clears them. */
  private static final class OfSlot {
    private final ServiceSpec make;
    private int made;

    /** When they were made, by age; kept only where a window says how long they count. */
    private final Deque<Long> madeMicros = new ArrayDeque<>();

    OfSlot(ServiceSpec make) {
      this.make = make;
    }
  }

  /** A task is made in place of an ended one. */
  void record(Task fresh, long nowMicros) {
    RestartPlan plan = fresh.spec().restart();
    if (plan.maxAttempts() == null) {
      return;
    }
    OfSlot slot =
        bySlot
            .computeIfAbsent(fresh.service(), first -> new HashMap<>())
            .compute(
                fresh.slot(),
                (number, before) ->
                    before == null || before.make != fresh.spec()
                        ? new OfSlot(fresh.spec())
                        : before);
    slot.made++;
    if (plan.window() != null) {
      slot.madeMicros.add(nowMicros);
    }
  }

  /**
   * Whether a task may have another one in its place. A window is laid back from when the manager
   * heard of its end, not from now.
   */
  boolean allowsAnother(Task ended) {
    RestartPlan plan = ended.spec().restart();
    OfSlot slot = bySlot.getOrDefault(ended.service(), Map.of()).get(ended.slot());
    if (plan.maxAttempts() == null || slot == null || slot.make != ended.spec()) {
      return true;
    }
    if (plan.window() == null) {
      return slot.made < plan.maxAttempts();
    }
    long end = ended.heardOfMicros();
    long windowBegins = end - EventQueue.micros(plan.window());
    while (!slot.madeMicros.isEmpty() && slot.madeMicros.peek() <= windowBegins) {
      slot.madeMicros.poll();
    }
    return slot.madeMicros.stream().filter(at -> at < end).count() < plan.maxAttempts();
  }

  /** A service is removed (ClearServiceHistory). */
  void forget(Service service) {
    bySlot.remove(service);
  }
}
