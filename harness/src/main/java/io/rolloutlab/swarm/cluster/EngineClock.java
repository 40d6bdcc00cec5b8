package io.rolloutlab.swarm.cluster;

import com.github.dockerjava.api.DockerClient;
import io.rolloutlab.testbed.StepFailedException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * What the clock of the engine's machine told when it was asked. A run's record has times of both
 * machines, the users' and the tasks', and joins them.
 *
 * @param askedAtMillis by this machine's clock, milliseconds since 1970
 * @param toldMillis by the engine's
 * @param answeredAtMillis by this machine's
 */
record EngineClock(long askedAtMillis, long toldMillis, long answeredAtMillis) {
  /** Tasks and requests that are joined by time are some hundred milliseconds apart. */
  static final long MOST_APART_MILLIS = 200;

  /**
   * Lets an engine pass whose clock agrees with this machine's.
   *
   * @throws StepFailedException when it does not, or cannot be read
   */
  static void check(DockerClient docker) {
    long asked = SystemTimeline.now();
    String told = docker.infoCmd().exec().getSystemTime();
    new EngineClock(asked, millis(told), SystemTimeline.now()).check();
  }

  private static long millis(String told) {
    try {
      return OffsetDateTime.parse(told == null ? "" : told).toInstant().toEpochMilli();
    } catch (DateTimeParseException unreadable) {
      throw new StepFailedException(
          "the engine says no time that can be read, but \"%s\"".formatted(told), unreadable);
    }
  }

  /**
   * By how much they differ at least: what lies within question and answer may be no difference.
   */
  long apartMillis() {
    return Math.max(0, Math.max(askedAtMillis - toldMillis, toldMillis - answeredAtMillis));
  }

  private void check() {
    if (apartMillis() > MOST_APART_MILLIS) {
      throw new StepFailedException(
          ("the clock of the engine's machine is at least %s ms %s this one's, and a run's record has"
                  + " times of both: set them alike (at most %s ms apart), by NTP for example")
              .formatted(
                  apartMillis(),
                  toldMillis < askedAtMillis ? "behind" : "ahead of",
                  MOST_APART_MILLIS));
    }
  }
}
