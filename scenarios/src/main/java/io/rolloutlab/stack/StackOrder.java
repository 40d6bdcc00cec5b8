package io.rolloutlab.stack;

/** Which task of a slot goes or comes first. */
public enum StackOrder {
  /** The old one is stopped before the new one runs. */
  STOP_FIRST,
  /** The new one runs before the old one is stopped. */
  START_FIRST
}
