package io.rolloutlab.scenario;

/** Which comes first when Swarm replaces a task. */
public enum Order {
  STOP_FIRST,
  START_FIRST;

  /** The word Swarm's API and command line use, for example {@code stop-first}. */
  public String swarmName() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
