package io.rolloutlab.stack;

/** What Swarm does when more tasks of an update fail than are tolerated. */
public enum StackFailureAction {
  /** It goes no further, until somebody updates the service again. */
  PAUSE,
  /** It does not watch. */
  CONTINUE,
  /** It goes back to the spec before; of a rollback that fails it is a pause. */
  ROLLBACK
}
