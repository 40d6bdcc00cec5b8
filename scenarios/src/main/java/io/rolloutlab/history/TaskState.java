package io.rolloutlab.history;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

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

  private static final Map<String, TaskState> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(TaskState::word, Function.identity()));

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word of Docker's API, as histories have it. */
  public String word() {
    return word;
  }

  /** The state of a word; empty for one that this lab does not know. */
  public static Optional<TaskState> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  /** Whether a task in this state has ended, or is wanted to: it does not come back from it. */
  public boolean ended() {
    return compareTo(RUNNING) > 0;
  }
}
