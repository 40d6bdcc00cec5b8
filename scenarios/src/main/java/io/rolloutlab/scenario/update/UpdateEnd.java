package io.rolloutlab.scenario.update;

/**
 * What came of an update, or of a rollback, that Swarm was ordered to make (swarmkit,
 * api/types.proto, {@code UpdateStatus.UpdateState}).
 */
public enum UpdateEnd {
  /** Swarm called the update completed; that does not say that users are served. */
  COMPLETED,
  /** Swarm stopped halfway after failures, and waits for a person. */
  PAUSED,
  /** Swarm went back to the spec before: by itself after failures, or since it was told to. */
  ROLLED_BACK,
  /** Swarm was on the way back, and stopped there after failures. */
  ROLLBACK_PAUSED,
  /** Nothing of this within the limit. */
  NEVER_ENDED
}
