package io.rolloutlab.stack;

import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A service's health check. Where the file leaves a time out or says 0, the image's own holds,
 * which the file does not tell, or docker's default.
 *
 * @param place of its key; of the service where the file has none
 * @param test which command is asked
 * @param interval time between probes, default 30 s
 * @param timeout the longest a probe may take, default 30 s
 * @param retries failures in a row that make a task unhealthy, default 3
 * @param startPeriod time after the start in which failures do not count, default 0
 * @param startInterval time between probes in the start period, default 5 s as docker documents it;
 *     an engine 26.1.5 that was left to its default waited for the whole interval
 */
public record StackHealth(
    Place place,
    FileValue<Test> test,
    FileValue<Duration> interval,
    FileValue<Duration> timeout,
    FileValue<Integer> retries,
    FileValue<Duration> startPeriod,
    FileValue<Duration> startInterval) {
  /** Where the command of a check comes from. */
  public enum Test {
    /** The file names none: the image's, where it has one. */
    IMAGE,
    /** The file names it. */
    COMMAND,
    /** The file says that there is none, whatever the image has. */
    NONE,
    /** The first word of the file's list is none that docker knows: no probe is ever made. */
    OF_NO_KIND
  }

  /** Whether the file itself names the command. */
  public boolean isCommand() {
    return test.is(Test.COMMAND);
  }

  /**
   * When the first probe is made, as moby ({@code daemon/health.go}) does.
   *
   * @return after the container's start
   */
  public Duration firstProbe() {
    return startInterval.given() && startPeriod.value().compareTo(Duration.ZERO) > 0
        ? startInterval.value()
        : interval.value();
  }

  /**
   * When the first probe can be made at the earliest, whichever engine it is: with a start period
   * some wait for no more than docker's default of the start interval, or for the start period.
   *
   * @return after the container's start, at most {@link #firstProbe}
   */
  public Duration earliestProbe() {
    return startPeriod.value().isZero()
        ? interval.value()
        : Stream.of(interval, startInterval, startPeriod)
            .map(FileValue::value)
            .min(Comparator.naturalOrder())
            .orElseThrow();
  }

  /**
   * How long a task that does not answer well has until it is unhealthy, each probe failing at
   * once: from the end of the start period on, or from its last good probe on.
   */
  public Duration patience() {
    return interval.value().multipliedBy(retries.value());
  }
}
