package io.rolloutlab.twin.model;

/** What the processes of a task's app are doing. */
public enum Doing {
  /** They have not listened yet. */
  STARTING,
  LISTENING,
  /** They were told to stop, and take no new connections. */
  STOPPING,
  /** They have ended since they were told to. */
  STOPPED,
  /** They are stopping, or have ended, since the health check has failed. */
  GIVEN_UP,
  /** They have ended by themselves. */
  CRASHED,
  /** They were lost with their node. */
  LOST
}
