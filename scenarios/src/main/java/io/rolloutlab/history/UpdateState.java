package io.rolloutlab.history;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Swarm's states of a service's update (swarmkit, api/types.proto, UpdateStatus.UpdateState). */
public enum UpdateState {
  /** It replaces tasks. */
  UPDATING,
  /** All slots were changed; of a rollback's, see {@link #ROLLBACK_COMPLETED}. */
  COMPLETED,
  /** It stopped halfway after failures, and waits for a person. */
  PAUSED,
  /** It goes back to the spec before. */
  ROLLBACK_STARTED,
  /** It stopped on the way back after failures. */
  ROLLBACK_PAUSED,
  /** All slots are back. */
  ROLLBACK_COMPLETED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word of Docker's API, for example {@code rollback_started}. */
  public String word() {
    return word;
  }

  /** The state of a word; empty for what Docker says before the first update: nothing. */
  public static Optional<UpdateState> of(String word) {
    return Arrays.stream(values()).filter(state -> state.word().equals(word)).findFirst();
  }
}
