package io.rolloutlab.analysis.causes.slow;

import io.rolloutlab.analysis.causes.Why;

/** Why a request that was answered well took long. */
public enum SlowCause implements Why {
  MADE_SLOW("made slow", "The scenario makes the version that answered take longer."),
  ANOTHER_FIRST(
      "another task was asked first",
      "The edge waited for a task that gave no good answer before it asked the one that did."),
  STARTING(
      "the task had just started",
      "The task that answered had been running for less than 5 seconds."),
  STOPPING(
      "told to stop",
      "The task that answered had been told to stop, and its stop signal can have reached it."),
  BEHIND_COPIES(
      "behind a copy",
      "Requests were copied to a mirror, and what comes behind a copy on a connection waits for"
          + " it."),
  EDGE_GONE("the edge was gone", "A task of the edge itself was not there."),
  EDGE_CHANGED("the edge changed", "The edge took up new routes at that moment."),
  NODE_WENT("a node went", "A node was lost or emptied at that moment or up to 5 seconds before."),
  NO_IDLE_TIME(
      "no idle time",
      "For at least half of the time the machine that plays the run had no idle processor, which is"
          + " the lab's own limit."),
  BESIDE_STARTS(
      "beside starting tasks",
      "Tasks were being started then on the machine that all nodes share, and how busy it was is"
          + " not recorded."),
  FEW_TASKS("too few tasks", "At most half of the tasks were running that the service had had."),
  LOAD("the load's own limits", "The load process was behind: it sent the request late already."),
  UNKNOWN("unknown", "The record does not tell why.");

  private final String words;
  private final String sentence;

  SlowCause(String words, String sentence) {
    this.words = words;
    this.sentence = sentence;
  }

  @Override
  public String words() {
    return words;
  }

  @Override
  public String sentence() {
    return sentence;
  }

  @Override
  public boolean isUnknown() {
    return this == UNKNOWN;
  }
}
