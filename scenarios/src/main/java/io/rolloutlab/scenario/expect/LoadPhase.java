package io.rolloutlab.scenario.expect;

/** A part of a run in which there is load, as {@code history.PhaseKind} has it. */
public enum LoadPhase {
  /** Load on v1 alone, before anything changes. */
  WARM_UP,
  /** v2 takes over. */
  ROLLOUT,
  /** Nothing is changed: v2 is watched. */
  HOLD,
  /** v1 takes over again. */
  ROLLBACK,
  /** Between two passes. */
  RESET,
  /** Load goes on after the last change. */
  COOL_DOWN
}
