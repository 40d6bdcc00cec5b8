package io.rolloutlab.stack.read;

/** A stack file that cannot be used. The message names file, line and key, and what to do. */
public final class InvalidStackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidStackException(String message) {
    super(message);
  }
}
