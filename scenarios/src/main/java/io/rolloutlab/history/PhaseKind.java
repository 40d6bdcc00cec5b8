package io.rolloutlab.history;

/** The parts of a run, in the order in which they can come; each ends where the next starts. */
public enum PhaseKind {
  /** Cluster, services and edge are made; no load. */
  SETUP,
  /** Load on v1 alone, before anything changes. */
  WARM_UP,
  /** v2 takes over: x = 0 of every time chart is the start of the first one. */
  ROLLOUT,
  /** Nothing is changed: v2 is watched. */
  HOLD,
  /** v1 takes over again. */
  ROLLBACK,
  /** Between two passes: what the next one needs is put in place under load. */
  RESET,
  /** Load goes on after the last change. */
  COOL_DOWN,
  /** The load has ended; everything is taken down. */
  TEARDOWN
}
