package io.rolloutlab.testbed;

/** What was waited for did not come within its limit. */
public final class NotInTimeException extends StepFailedException {
  private static final long serialVersionUID = 1L;

  public NotInTimeException(String message) {
    super(message);
  }
}
