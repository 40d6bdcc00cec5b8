package io.rolloutlab.swarm.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The labels on everything the lab makes in the outer engine: whose it is, so that the next run can
 * sweep what a killed one left, and nothing that another live run owns.
 */
public final class Labels {
  /** On everything; its value says what it is. */
  static final String PROJECT = "io.rolloutlab";

  public static final String RUN = "io.rolloutlab.run";

  /**
   * {@code host/pid/start of the process in milliseconds since 1970/pid namespace}: two labs in
   * containers may share the host's name and the engine, but not their processes. Those of before
   * carry no namespace.
   */
  public static final String OWNER = "io.rolloutlab.owner";

  private static final Pattern FORM =
      Pattern.compile("(?<host>[^/]*)/(?<pid>\\d{1,18})/(?<start>\\d{1,18})(/(?<space>[^/]+))?");

  private static final long CLOCK_STEP_MILLIS = 60_000;

  private static final Path SPACE = Path.of("/proc/self/ns/pid");
  private static final String NO_SPACE = "none";

  private Labels() {}

  public static Map<String, String> of(String what, String run) {
    return Map.of(PROJECT, what, RUN, run, OWNER, owner());
  }

  public static String owner() {
    ProcessHandle self = ProcessHandle.current();
    return "%s/%s/%s/%s".formatted(host(), self.pid(), start(self), space());
  }

  /**
   * Whether the owner that a label names is known to be gone. A process of another host, or of
   * another pid namespace of this one, cannot be looked at, and what is no label of the lab's names
   * nobody: their things are never swept.
   *
   * @param owner the label's value; null when there is none
   */
  public static boolean isDead(String owner) {
    Matcher parts = FORM.matcher(owner == null ? "" : owner);
    if (!parts.matches() || !parts.group("host").equals(host())) {
      return false;
    }
    if (parts.group("space") != null && !parts.group("space").equals(space())) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(parts.group("pid")));
    // A process id may have been given to somebody else since; but a step of the machine's clock
    // moves the start of every process a little.
    return process.isEmpty()
        || Math.abs(start(process.get()) - Long.parseLong(parts.group("start")))
            > CLOCK_STEP_MILLIS;
  }

  /**
   * The inode of the pid namespace, as pid_namespaces(7) tells two of them apart; the same word
   * wherever there are no namespaces.
   */
  private static String space() {
    try {
      return Files.readSymbolicLink(SPACE).toString().replaceAll("\\D", "");
    } catch (IOException notLinux) {
      return NO_SPACE;
    }
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
