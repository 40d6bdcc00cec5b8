package io.rolloutlab.scenario.seen;

/** A file that holds no requests that could be asked for again. The message says why. */
public final class UnreadableTrafficException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableTrafficException(String message) {
    super(message);
  }
}
