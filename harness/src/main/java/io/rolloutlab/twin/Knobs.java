package io.rolloutlab.twin;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the app misbehaves, from its environment; see docker/app/README.md. The growth of memory is
 * seen in the resource samples only: services of the lab have no memory limit to break.
 *
 * @param startDelayMicros before it listens
 * @param errorShare of requests answered 500
 * @param latencyMicros added to every request
 * @param crashAfterMicros after it listens; negative for never
 * @param neverHealthy whether its health check always fails
 * @param growthBytesPerSecond of memory
 * @param ignoreSigterm whether only the kill ends it
 * @param stopDelayMicros it goes on accepting after the stop signal
 * @param drainMicros requests in flight get after that
 * @param complaint why it refuses to start; empty when all is understood
 */
record Knobs(
    long startDelayMicros,
    double errorShare,
    long latencyMicros,
    long crashAfterMicros,
    boolean neverHealthy,
    double growthBytesPerSecond,
    boolean ignoreSigterm,
    long stopDelayMicros,
    long drainMicros,
    String complaint) {
  private static final Set<String> KNOWN =
      Set.of(
          "APP_VERSION",
          "APP_START_DELAY_SECONDS",
          "APP_ERROR_SHARE",
          "APP_LATENCY_MILLIS",
          "APP_CRASH_AFTER_SECONDS",
          "APP_NEVER_HEALTHY",
          "APP_MEMORY_GROWTH_MIB_PER_SECOND",
          "APP_IGNORE_SIGTERM",
          "APP_STOP_DELAY_SECONDS",
          "APP_DRAIN_SECONDS");
  private static final double SECOND = 1e6;

  static Knobs of(Map<String, String> env) {
    try {
      for (String name : new TreeSet<>(env.keySet())) {
        if (name.startsWith("APP_") && !KNOWN.contains(name)) {
          throw new IllegalArgumentException("unknown: " + name);
        }
      }
      return new Knobs(
          micros(env, "APP_START_DELAY_SECONDS", 0, 3600, SECOND),
          number(env, "APP_ERROR_SHARE", 0, 1),
          micros(env, "APP_LATENCY_MILLIS", 0, 60_000, 1000),
          micros(env, "APP_CRASH_AFTER_SECONDS", -1, 86_400, SECOND),
          flag(env, "APP_NEVER_HEALTHY"),
          number(env, "APP_MEMORY_GROWTH_MIB_PER_SECOND", 0, 1024) * 1024 * 1024,
          flag(env, "APP_IGNORE_SIGTERM"),
          micros(env, "APP_STOP_DELAY_SECONDS", 0, 3600, SECOND),
          micros(env, "APP_DRAIN_SECONDS", 30, 3600, SECOND),
          "");
    } catch (IllegalArgumentException bad) {
      return new Knobs(0, 0, 0, -1, false, 0, false, 0, 0, "bad knob: " + bad.getMessage());
    }
  }

  private static double number(Map<String, String> env, String name, double absent, double most) {
    String text = env.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return absent;
    }
    double value = Double.parseDouble(text);
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(
          "%s must be a number from 0 to %s, not '%s'".formatted(name, most, text));
    }
    return value;
  }

  private static long micros(
      Map<String, String> env, String name, double absent, double most, double unit) {
    return Math.round(number(env, name, absent, most) * unit);
  }

  private static boolean flag(Map<String, String> env, String name) {
    String text = env.getOrDefault(name, "").strip().toLowerCase(java.util.Locale.ROOT);
    return switch (text) {
      case "", "0", "false", "no" -> false;
      case "1", "true", "yes" -> true;
      default ->
          throw new IllegalArgumentException(
              "%s must be true or false, not '%s'".formatted(name, text));
    };
  }
}
