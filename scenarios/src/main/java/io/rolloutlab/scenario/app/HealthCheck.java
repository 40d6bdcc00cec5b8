package io.rolloutlab.scenario.app;

import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Durations;
import java.time.Duration;
import java.util.Optional;

/**
 * The health check Swarm waits for before a task counts as running. The probe is the app image's
 * {@code healthy} command, unless {@code command} says another.
 *
 * @param command run by the shell of the task; default {@code healthy}
 * @param interval time between probes; without a startPeriod the first one comes an interval after
 *     the start; 1 ms to 1 h, default 30 s as in Docker
 * @param timeout the longest a probe may take; default 30 s
 * @param retries failures in a row that make a task unhealthy; 1 to 100, default 3
 * @param startPeriod time after the start in which failures do not count; default 0
 * @param startInterval time between probes in the start period, the first one included; 1 ms to 1
 *     h, default 5 s as Docker documents it. The lab always says it where there is a start period:
 *     an engine 26.1.5 that was left to its default waited for the whole interval
 */
public record HealthCheck(
    String command,
    Duration interval,
    Duration timeout,
    Integer retries,
    Duration startPeriod,
    Duration startInterval) {
  /** The longest of its times. */
  public static final Duration LONGEST = Duration.ofHours(1);

  public static final HealthCheck DEFAULT = new HealthCheck(null, null, null, null, null, null);

  public HealthCheck {
    command = Check.orElse(command, "healthy");
    interval = Check.orElse(interval, Duration.ofSeconds(30));
    timeout = Check.orElse(timeout, Duration.ofSeconds(30));
    retries = Check.orElse(retries, 3);
    startPeriod = Check.orElse(startPeriod, Duration.ZERO);
    startInterval = Check.orElse(startInterval, Duration.ofSeconds(5));
    Check.present("command", command);
    Check.between("interval", interval, Duration.ofMillis(1), LONGEST);
    Check.between("timeout", timeout, Duration.ofMillis(1), LONGEST);
    Check.between("retries", retries, 1, 100);
    Check.between("startPeriod", startPeriod, Duration.ZERO, LONGEST);
    Check.between("startInterval", startInterval, Duration.ofMillis(1), LONGEST);
  }

  /**
   * When a task that listens so long after its start is healthy at the earliest, as moby ({@code
   * daemon/health.go}) probes: every {@link #startInterval} in the start period, then every {@link
   * #interval}.
   *
   * @return after the start; empty when too many probes have failed before
   */
  public Optional<Duration> firstSuccess(Duration listens) {
    Duration probe = Duration.ZERO;
    for (int failures = 0; failures < retries; ) {
      boolean spared = probe.compareTo(startPeriod) < 0;
      probe = probe.plus(spared ? startInterval : interval);
      if (probe.compareTo(listens) >= 0) {
        return Optional.of(probe);
      }
      failures += probe.compareTo(startPeriod) < 0 ? 0 : 1;
    }
    return Optional.empty();
  }

  /** When it probes, in words. */
  public String rhythm() {
    String every = "interval " + Durations.print(interval);
    return startPeriod.isZero()
        ? every
        : "every %s for the startPeriod of %s, then %s"
            .formatted(Durations.print(startInterval), Durations.print(startPeriod), every);
  }
}
