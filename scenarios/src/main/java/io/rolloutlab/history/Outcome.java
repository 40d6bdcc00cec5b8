package io.rolloutlab.history;

/** What became of a request, as its user saw it. */
public enum Outcome {
  /** A whole answer with a status below 500, and good by what the scenario says of it. */
  OK,
  /** An answer with a status of 500 or above or that is not good, or no whole answer. */
  FAILED,
  /** Sent, and nothing is known of its end: the load was ended before it. */
  UNKNOWN
}
