package io.rolloutlab.twin.model;

import io.rolloutlab.scenario.app.Reservation;

/** Cores and memory, of a node or for a task; in the units that Swarm counts in. */
public record CoresAndMemory(long nanoCpus, long memoryBytes) {
  public static final CoresAndMemory NONE = new CoresAndMemory(0, 0);

  /**
   * What a service's tasks reserve.
   *
   * @param reservation null for none
   */
  static CoresAndMemory of(Reservation reservation) {
    return reservation == null
        ? NONE
        : new CoresAndMemory(reservation.nanoCpus(), reservation.memory().bytes());
  }

  CoresAndMemory plus(CoresAndMemory more) {
    return new CoresAndMemory(nanoCpus + more.nanoCpus, memoryBytes + more.memoryBytes);
  }

  CoresAndMemory minus(CoresAndMemory less) {
    return new CoresAndMemory(nanoCpus - less.nanoCpus, memoryBytes - less.memoryBytes);
  }

  public boolean cover(CoresAndMemory wanted) {
    return wanted.nanoCpus <= nanoCpus && wanted.memoryBytes <= memoryBytes;
  }
}
