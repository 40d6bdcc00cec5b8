package io.rolloutlab.swarm;

import io.rolloutlab.scenario.LoadPlan;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a load may go on: its plan's limit, and what its run waits meanwhile for those that are
 * made beside it.
 *
 * @param plan whose limit it is
 * @param others how many are made beside it, 0 or more
 * @param waitedMillis how long the run has waited for them since the load flows
 */
record LoadLimit(LoadPlan plan, int others, LongSupplier waitedMillis) {
  /** Of a run that is made alone. */
  static LoadLimit alone(LoadPlan plan) {
    return new LoadLimit(plan, 0, () -> 0);
  }

  /**
   * What the load's process is given, which cannot be told later how long it may go on.
   *
   * @param start the longest that is waited for the load of each of the others
   */
  LoadPlan most(Duration start) {
    return plan.prolonged(start.multipliedBy(others));
  }

  /** Whether a load has to end that has flowed for so long. */
  boolean hasPassed(long flowedMillis) {
    return flowedMillis > plan.limit().toMillis() + waitedMillis.getAsLong();
  }
}
