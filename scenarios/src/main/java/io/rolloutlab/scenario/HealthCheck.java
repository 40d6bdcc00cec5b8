package io.rolloutlab.scenario;

import java.time.Duration;

/**
 * The health check Swarm waits for before a task counts as running. The probe is the app image's
 * {@code healthy} command, unless {@code command} says another.
 *
 * @param command run by the shell of the task; default {@code healthy}
 * @param interval between probes, the first one comes an interval after the start; 1 ms to 1 h,
 *     default 30 s as in Docker
 * @param timeout of one probe; default 30 s
 * @param retries failures in a row that make a task unhealthy; 1 to 100, default 3
 * @param startPeriod in which failures do not count; default 0
 */
public record HealthCheck(
    String command, Duration interval, Duration timeout, Integer retries, Duration startPeriod) {
  public HealthCheck {
    command = Check.orElse(command, "healthy");
    interval = Check.orElse(interval, Duration.ofSeconds(30));
    timeout = Check.orElse(timeout, Duration.ofSeconds(30));
    retries = Check.orElse(retries, 3);
    startPeriod = Check.orElse(startPeriod, Duration.ZERO);
    Check.present("command", command);
    Check.between("interval", interval, Duration.ofMillis(1), Duration.ofHours(1));
    Check.between("timeout", timeout, Duration.ofMillis(1), Duration.ofHours(1));
    Check.between("retries", retries, 1, 100);
    Check.between("startPeriod", startPeriod, Duration.ZERO, Duration.ofHours(1));
  }
}
