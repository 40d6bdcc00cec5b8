package io.rolloutlab.twin.model;

import java.util.Locale;

/**
 * What a task can be, and be wanted to be; it only ever moves down this list (swarmkit task.go).
 */
public enum TaskState {
  NEW,
  PENDING,
  ASSIGNED,
  ACCEPTED,
  PREPARING,
  READY,
  STARTING,
  RUNNING,
  COMPLETE,
  SHUTDOWN,
  FAILED,
  REJECTED,
  REMOVE,
  ORPHANED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** As histories have it. */
  public String word() {
    return word;
  }

  /** Whether a task in this state has ended, or is wanted to. */
  public boolean ended() {
    return compareTo(RUNNING) > 0;
  }
}
