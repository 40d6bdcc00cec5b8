package io.rolloutlab.twin.model;

import io.rolloutlab.scenario.app.AppKnob;
import java.util.List;
import java.util.Map;

/**
 * How the app misbehaves, from its environment; see {@link AppKnob}. The growth of memory is seen
 * in the resource samples only: services of the lab have no memory limit to break.
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
public record Knobs(
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
  private static final double SECOND = 1e6;
  private static final double MILLISECOND = 1e3;
  private static final double MEBIBYTE = 1024 * 1024;

  public static Knobs of(Map<String, String> env) {
    try {
      List<String> unknown = AppKnob.unknown(env);
      if (!unknown.isEmpty()) {
        throw new IllegalArgumentException("unknown: " + unknown.get(0));
      }
      return new Knobs(
          micros(AppKnob.START_DELAY_SECONDS, env, SECOND),
          AppKnob.ERROR_SHARE.number(env).orElseThrow(),
          micros(AppKnob.LATENCY_MILLIS, env, MILLISECOND),
          micros(AppKnob.CRASH_AFTER_SECONDS, env, SECOND),
          AppKnob.NEVER_HEALTHY.isSet(env),
          AppKnob.MEMORY_GROWTH_MIB_PER_SECOND.number(env).orElseThrow() * MEBIBYTE,
          AppKnob.IGNORE_SIGTERM.isSet(env),
          micros(AppKnob.STOP_DELAY_SECONDS, env, SECOND),
          micros(AppKnob.DRAIN_SECONDS, env, SECOND),
          "");
    } catch (IllegalArgumentException bad) {
      return new Knobs(0, 0, 0, -1, false, 0, false, 0, 0, "bad knob: " + bad.getMessage());
    }
  }

  private static long micros(AppKnob knob, Map<String, String> env, double unit) {
    return Math.round(knob.number(env).orElse(-1) * unit);
  }
}
