package io.rolloutlab.twin.model;

import io.rolloutlab.scenario.app.AppKnob;
import java.util.List;
import java.util.Map;

/**
 * How the app misbehaves, from its environment; see {@link AppKnob}.
 *
 * @param startDelayMicros before it listens
 * @param errorShare of requests answered 500
 * @param errorAfterMicros after it listens none is before this
 * @param latencyMicros added to requests
 * @param latencyShare of the requests that it is added to
 * @param crashAfterMicros after it listens; negative for never
 * @param neverHealthy whether its health check always fails
 * @param unhealthyAfterMicros after it listens its health check fails; negative for never
 * @param growthBytesPerSecond of memory, from when it listens
 * @param ignoreSigterm whether only the kill ends it
 * @param stopDelayMicros it goes on accepting after the stop signal
 * @param drainMicros requests in flight get after that
 * @param complaint why it refuses to start; empty when all is understood
 */
public record Knobs(
    long startDelayMicros,
    double errorShare,
    long errorAfterMicros,
    long latencyMicros,
    double latencyShare,
    long crashAfterMicros,
    boolean neverHealthy,
    long unhealthyAfterMicros,
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
          micros(AppKnob.ERROR_AFTER_SECONDS, env, SECOND),
          micros(AppKnob.LATENCY_MILLIS, env, MILLISECOND),
          AppKnob.LATENCY_SHARE.number(env).orElseThrow(),
          micros(AppKnob.CRASH_AFTER_SECONDS, env, SECOND),
          AppKnob.NEVER_HEALTHY.isSet(env),
          micros(AppKnob.UNHEALTHY_AFTER_SECONDS, env, SECOND),
          AppKnob.MEMORY_GROWTH_MIB_PER_SECOND.number(env).orElseThrow() * MEBIBYTE,
          AppKnob.IGNORE_SIGTERM.isSet(env),
          micros(AppKnob.STOP_DELAY_SECONDS, env, SECOND),
          micros(AppKnob.DRAIN_SECONDS, env, SECOND),
          "");
    } catch (IllegalArgumentException bad) {
      return new Knobs(
          0, 0, 0, 0, 1, -1, false, -1, 0, false, 0, 0, "bad knob: " + bad.getMessage());
    }
  }

  private static long micros(AppKnob knob, Map<String, String> env, double unit) {
    return Math.round(knob.number(env).orElse(-1) * unit);
  }
}
