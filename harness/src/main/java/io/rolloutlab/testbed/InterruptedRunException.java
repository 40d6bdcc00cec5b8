package io.rolloutlab.testbed;

/** Somebody stopped the run (Ctrl-C, SIGTERM): take everything down, keep what was recorded. */
public final class InterruptedRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InterruptedRunException() {
    super("stopped by a signal");
  }
}
