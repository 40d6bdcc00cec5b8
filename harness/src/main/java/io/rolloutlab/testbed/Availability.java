package io.rolloutlab.testbed;

import java.util.Locale;

/** What Swarm may do with a node (swarmkit {@code api.NodeSpec_Availability}). */
public enum Availability {
  /** It gets tasks. */
  ACTIVE,
  /** It keeps what it has, and gets no more. */
  PAUSE,
  /** What it has is shut down, and replaced elsewhere; it gets no more. */
  DRAIN;

  /** As docker has it, {@code drain}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
