package io.rolloutlab.testbed;

import io.rolloutlab.scenario.check.Durations;
import java.time.Duration;

/** What was waited for did not come within its limit. */
public final class NotInTimeException extends StepFailedException {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final String missing;
  private final Duration limit;

  /**
   * A wait that was in vain.
   *
   * @param what was waited for, for people
   * @param missing what was missing last, for people
   * @param limit how long was waited
   */
  public NotInTimeException(String what, String missing, Duration limit) {
    super("not within %s: %s (%s)".formatted(Durations.print(limit), what, missing));
    this.what = what;
    this.missing = missing;
    this.limit = limit;
  }

  /** What was waited for, for people. */
  public String what() {
    return what;
  }

  /** What was missing last, for people. */
  public String missing() {
    return missing;
  }

  /** How long was waited. */
  public Duration limit() {
    return limit;
  }
}
