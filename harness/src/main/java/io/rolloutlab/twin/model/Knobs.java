package io.rolloutlab.twin.model;

import io.rolloutlab.scenario.app.AppKnob;
import java.util.List;
import java.util.Map;

/**
 * How the app misbehaves, from its environment; see {@link AppKnob}.
 *
 * @param startDelayMicros before it listens
 * @param failing of its requests
 * @param slowing of its requests
 * @param crashAfterMicros after it listens; negative for never
 * @param illness that its health check finds
 * @param growthBytesPerSecond of memory, from when it listens
 * @param ending what it does when it is to stop
 * @param complaint why it refuses to start; empty when all is understood
 */
public record Knobs(
    long startDelayMicros,
    Failing failing,
    Slowing slowing,
    long crashAfterMicros,
    Illness illness,
    double growthBytesPerSecond,
    Ending ending,
    String complaint) {
  private static final double SECOND = 1e6;
  private static final double MILLISECOND = 1e3;
  private static final double MEBIBYTE = 1024 * 1024;

  /**
   * How many of its requests it answers with 500.
   *
   * @param share of all
   * @param afterMicros none is before it has listened for so long
   */
  public record Failing(double share, long afterMicros) {}

  /**
   * How much longer requests take.
   *
   * @param micros added to a request
   * @param share of the requests that it is added to
   */
  public record Slowing(long micros, double share) {}

  /**
   * When its health check fails.
   *
   * @param always whether it never passes
   * @param afterMicros after it listens; negative for never
   */
  public record Illness(boolean always, long afterMicros) {}

  /**
   * What it does when it is to stop.
   *
   * @param ignoreSigterm whether only the kill ends it
   * @param delayMicros it goes on accepting after the stop signal
   * @param drainMicros requests in flight get after that
   */
  public record Ending(boolean ignoreSigterm, long delayMicros, long drainMicros) {}

  public static Knobs of(Map<String, String> env) {
    try {
      List<String> unknown = AppKnob.unknown(env);
      if (!unknown.isEmpty()) {
        throw new IllegalArgumentException("unknown: " + unknown.get(0));
      }
      return new Knobs(
          micros(AppKnob.START_DELAY_SECONDS, env, SECOND),
          new Failing(
              AppKnob.ERROR_SHARE.number(env).orElseThrow(),
              micros(AppKnob.ERROR_AFTER_SECONDS, env, SECOND)),
          new Slowing(
              micros(AppKnob.LATENCY_MILLIS, env, MILLISECOND),
              AppKnob.LATENCY_SHARE.number(env).orElseThrow()),
          micros(AppKnob.CRASH_AFTER_SECONDS, env, SECOND),
          new Illness(
              AppKnob.NEVER_HEALTHY.isSet(env),
              micros(AppKnob.UNHEALTHY_AFTER_SECONDS, env, SECOND)),
          AppKnob.MEMORY_GROWTH_MIB_PER_SECOND.number(env).orElseThrow() * MEBIBYTE,
          new Ending(
              AppKnob.IGNORE_SIGTERM.isSet(env),
              micros(AppKnob.STOP_DELAY_SECONDS, env, SECOND),
              micros(AppKnob.DRAIN_SECONDS, env, SECOND)),
          "");
    } catch (IllegalArgumentException bad) {
      return new Knobs(
          0,
          new Failing(0, 0),
          new Slowing(0, 1),
          -1,
          new Illness(false, -1),
          0,
          new Ending(false, 0, 0),
          "bad knob: " + bad.getMessage());
    }
  }

  private static long micros(AppKnob knob, Map<String, String> env, double unit) {
    return Math.round(knob.number(env).orElse(-1) * unit);
  }
}
