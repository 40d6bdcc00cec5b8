package io.rolloutlab.testbed;

/** A step of a run could not be taken. The message is for people: what, where, what to do. */
public class StepFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StepFailedException(String message) {
    super(message);
  }

  public StepFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
