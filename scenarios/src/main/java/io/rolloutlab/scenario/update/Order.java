package io.rolloutlab.scenario.update;

import io.rolloutlab.scenario.check.FileWord;

/** Which comes first when Swarm replaces a task. */
public enum Order {
  STOP_FIRST,
  START_FIRST;

  /** The word Swarm's API and command line use, for example {@code stop-first}. */
  public String swarmName() {
    return FileWord.of(this);
  }
}
