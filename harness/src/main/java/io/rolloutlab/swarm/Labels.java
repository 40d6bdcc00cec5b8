package io.rolloutlab.swarm;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The labels on everything the lab makes in the outer engine: whose it is, so that the next run can
 * sweep what a killed one left, and nothing that another live run owns.
 */
final class Labels {
  /** On everything; its value says what it is. */
  static final String PROJECT = "io.rolloutlab";

  static final String RUN = "io.rolloutlab.run";

  /** {@code host/pid/start of the process in milliseconds since 1970}. */
  static final String OWNER = "io.rolloutlab.owner";

  private static final long CLOCK_STEP_MILLIS = 60_000;

  private Labels() {}

  static Map<String, String> of(String what, String run) {
    return Map.of(PROJECT, what, RUN, run, OWNER, owner());
  }

  static String owner() {
    ProcessHandle self = ProcessHandle.current();
    return "%s/%s/%s".formatted(host(), self.pid(), start(self));
  }

  /**
   * Whether the owner that a label names is known to be gone. A process of another host cannot be
   * looked at, so its things are never swept.
   */
  static boolean isDead(String owner) {
    String[] parts = owner == null ? new String[0] : owner.split("/");
    if (parts.length != 3 || !parts[0].equals(host())) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(parts[1]));
    // A process id may have been given to somebody else since; but a step of the machine's clock
    // moves the start of every process a little.
    return process.isEmpty()
        || Math.abs(start(process.get()) - Long.parseLong(parts[2])) > CLOCK_STEP_MILLIS;
  }

  private static long start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().replace('/', '_');
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }
}
