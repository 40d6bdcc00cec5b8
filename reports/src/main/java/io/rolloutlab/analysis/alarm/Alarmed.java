package io.rolloutlab.analysis.alarm;

import java.util.OptionalLong;

/**
 * What came of a run whose rollout somebody watched who could call it back. Times are after x = 0.
 *
 * @param harmAtMillis the sending of the first request since x = 0 that was bad by the alarm's own
 *     rule: it failed, or it was slow for its user where the alarm is also about slow ones; empty
 *     when none was
 * @param alarmAtMillis when the alarm rang; empty when it never did
 * @param orderAtMillis when the order to go back was given; empty when none was
 * @param servedAgainAtMillis from when on, after the order, after Swarm had gone back by itself, or
 *     after the rollout was given up, every request was answered well and by v1; empty where there
 *     is no such moment
 * @param detectedAfterMillis from the harm to the alarm
 * @param backAfterMillis from the order until served again
 * @param hurtForMillis from the harm until served again
 * @param first who turned round first
 * @param rangBy what rang the alarm, a clause; empty when nothing did
 */
public record Alarmed(
    OptionalLong harmAtMillis,
    OptionalLong alarmAtMillis,
    OptionalLong orderAtMillis,
    OptionalLong servedAgainAtMillis,
    OptionalLong detectedAfterMillis,
    OptionalLong backAfterMillis,
    OptionalLong hurtForMillis,
    First first,
    String rangBy) {

  /** Who turned round first. */
  public enum First {
    /** The alarm's order came first, or alone. */
    ALARM,
    /** Swarm had paused its update before there was an order. */
    SWARM_PAUSED,
    /** Swarm had begun to roll its update back before there was an order. */
    SWARM_ROLLED_BACK,
    /** A step of the way forward had waited in vain, and all was taken back without an order. */
    GIVEN_UP,
    /** There was no order, Swarm did neither, and the rollout was not given up. */
    NOBODY
  }
}
