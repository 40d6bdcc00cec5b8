package io.rolloutlab.twin.model;

import io.rolloutlab.scenario.app.Reservation;

/** Cores and memory, of a node or for a task; in the units that Swarm counts in. */
public record Resources(long nanoCpus, long memoryBytes) {
  public static final Resources NONE = new Resources(0, 0);

  /**
   * What a service's tasks reserve.
   *
   * @param reservation null for none
   */
  static Resources of(Reservation reservation) {
    return reservation == null
        ? NONE
        : new Resources(reservation.nanoCpus(), reservation.memory().bytes());
  }

  Resources plus(Resources more) {
    return new Resources(nanoCpus + more.nanoCpus, memoryBytes + more.memoryBytes);
  }

  Resources minus(Resources less) {
    return new Resources(nanoCpus - less.nanoCpus, memoryBytes - less.memoryBytes);
  }

  public boolean cover(Resources wanted) {
    return wanted.nanoCpus <= nanoCpus && wanted.memoryBytes <= memoryBytes;
  }
}
