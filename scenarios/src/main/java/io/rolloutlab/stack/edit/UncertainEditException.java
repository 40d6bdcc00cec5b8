package io.rolloutlab.stack.edit;

/** A text that cannot be changed so that nothing else changes with it. The message says why. */
public final class UncertainEditException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;

  UncertainEditException(int line, String message) {
    super(message);
    this.line = line;
  }

  /** Where it stands, counted from 1. */
  public int line() {
    return line;
  }
}
