package io.rolloutlab.testbed;

/** The users. */
public interface Traffic {
  /**
   * Starts the load; returns when the first request was sent.
   *
   * @throws StepFailedException when it cannot be started, or has been before: there is one load a
   *     testbed
   */
  void start();

  /**
   * Ends the load, and records every request; returns when both witnesses are complete. Does
   * nothing before {@link #start}, and nothing the second time.
   */
  void stop();

  /** What has come of it so far; zeros before {@link #start}. */
  Counts counts();

  /**
   * Live numbers for the console.
   *
   * @param sent so far
   * @param failed so far
   * @param recentV1 answers by v1 in the last second or so
   * @param recentV2 answers by v2 in the last second or so
   */
  record Counts(long sent, long failed, long recentV1, long recentV2) {
    public static final Counts NONE = new Counts(0, 0, 0, 0);
  }
}
