package io.rolloutlab.scenario.app;

import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.check.Memory;
import io.rolloutlab.scenario.check.Percent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What is wrong with a version of the lab's own app: one of the kinds of {@link AppFaultKind}, with
 * its settings. It becomes variables of the version's tasks, which the real app and the simulated
 * one understand alike.
 */
public sealed interface AppFault {
  /** What its tasks are told so that they have it. */
  Map<AppKnob, String> knobs();

  /** What such a version does, as a clause whose subject the version is. */
  String words();

  /**
   * Why nothing comes of it in an app of such settings, and what to do; empty where something does.
   *
   * @param check null for none
   * @param limits null for none
   */
  default Optional<String> unseen(HealthCheck check, TaskLimits limits) {
    return Optional.empty();
  }

  /**
   * @param after how long it tries to start before that; 0 to 1 h, default 0
   */
  record CrashesAtStart(Duration after) implements AppFault {
    public CrashesAtStart {
      after = Check.orElse(after, Duration.ZERO);
      Check.between("after", after, Duration.ZERO, Duration.ofHours(1));
    }

    @Override
    public Map<AppKnob, String> knobs() {
      return after.isZero()
          ? Map.of(AppKnob.CRASH_AFTER_SECONDS, "0")
          : Map.of(AppKnob.CRASH_AFTER_SECONDS, "0", AppKnob.START_DELAY_SECONDS, seconds(after));
    }

    @Override
    public String words() {
      return after.isZero()
          ? "ends with exit code 1 as soon as it listens"
          : "tries to start for %s, and ends with exit code 1 as soon as it listens"
              .formatted(Durations.print(after));
    }
  }

  /**
   * @param after how long after it listens; 0 to 24 h, default 10 s
   */
  record Crashes(Duration after) implements AppFault {
    public Crashes {
      after = afterListening(after, Duration.ofSeconds(10));
    }

    @Override
    public Map<AppKnob, String> knobs() {
      return Map.of(AppKnob.CRASH_AFTER_SECONDS, seconds(after));
    }

    @Override
    public String words() {
      return "ends with exit code 1, whatever is in flight, %s after it listens"
          .formatted(Durations.print(after));
    }
  }

  /** It has no settings. */
  record NeverHealthy() implements AppFault {
    @Override
    public Map<AppKnob, String> knobs() {
      return Map.of(AppKnob.NEVER_HEALTHY, "true");
    }

    @Override
    public String words() {
      return "answers its users, but its health check never succeeds";
    }

    @Override
    public Optional<String> unseen(HealthCheck check, TaskLimits limits) {
      return unprobed(check);
    }
  }

  /**
   * @param after how long after it listens; 0 to 24 h, default 10 s
   */
  record Sours(Duration after) implements AppFault {
    public Sours {
      after = afterListening(after, Duration.ofSeconds(10));
    }

    @Override
    public Map<AppKnob, String> knobs() {
      return Map.of(AppKnob.UNHEALTHY_AFTER_SECONDS, seconds(after));
    }

    @Override
    public String words() {
      return "answers its users, but its health check fails from %s after it listens"
          .formatted(Durations.print(after));
    }

    @Override
    public Optional<String> unseen(HealthCheck check, TaskLimits limits) {
      return unprobed(check);
    }
  }

  /**
   * @param delay from the start of its container until it listens; 1 ms to 1 h, default 20 s
   */
  record StartsSlowly(Duration delay) implements AppFault {
    public StartsSlowly {
      delay = Check.orElse(delay, Duration.ofSeconds(20));
      Check.between("delay", delay, Duration.ofMillis(1), Duration.ofHours(1));
    }

    @Override
    public Map<AppKnob, String> knobs() {
      return Map.of(AppKnob.START_DELAY_SECONDS, seconds(delay));
    }

    @Override
    public String words() {
      return "refuses connections for %s after its container has started"
          .formatted(Durations.print(delay));
    }
  }

  /**
   * @param share of the requests, at random; 0.01 % to 100 %, default 20 %
   */
  record FailsSome(Percent share) implements AppFault {
    public FailsSome {
      share = someOf(share, new Percent(0.2));
    }

    @Override
    public Map<AppKnob, String> knobs() {
      return Map.of(AppKnob.ERROR_SHARE, number(share));
    }

    @Override
    public String words() {
      return "answers %s of the requests with an error (500)".formatted(share.print());
    }
  }

  /**
   * @param latency added to every request; 1 ms to 60 s, default 500 ms
   */
  record Slow(Duration latency) implements AppFault {
    public Slow {
      latency = added(latency, Duration.ofMillis(500));
    }

    @Override
    public Map<AppKnob, String> knobs() {
      return Map.of(AppKnob.LATENCY_MILLIS, Long.toString(latency.toMillis()));
    }

    @Override
    public String words() {
      return "takes %s longer for every request".formatted(Durations.print(latency));
    }
  }

  /**
   * @param perSecond memory that is taken and never given back, from when it listens; 64KiB to
   *     1GiB, default 8MiB
   */
  record Leaks(Memory perSecond) implements AppFault {
    private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1024 * 1024);

    public Leaks {
      perSecond = Check.orElse(perSecond, Memory.parse("8MiB"));
      Check.between("perSecond", perSecond, Memory.parse("64KiB"), Memory.parse("1GiB"));
    }

    @Override
    public Map<AppKnob, String> knobs() {
      BigDecimal mebibytes = BigDecimal.valueOf(perSecond.bytes()).divide(MEBIBYTE);
      return Map.of(
          AppKnob.MEMORY_GROWTH_MIB_PER_SECOND, mebibytes.stripTrailingZeros().toPlainString());
    }

    @Override
    public String words() {
      return "takes %s more memory every second, until its limit ends it (137)"
          .formatted(perSecond.print());
    }

    @Override
    public Optional<String> unseen(HealthCheck check, TaskLimits limits) {
      return limits != null && limits.memory().bytes() > 0
          ? Optional.empty()
          : Optional.of(
              "leaks until a memory limit ends it, and there is none, so the machine itself would"
                  + " run out of memory: add app.limits: {memory: 128MiB}");
    }
  }

  /** It has no settings. */
  record Deaf() implements AppFault {
    @Override
    public Map<AppKnob, String> knobs() {
      return Map.of(AppKnob.IGNORE_SIGTERM, "true");
    }

    @Override
    public String words() {
      return "ignores the stop signal, so that it is killed when its stopGrace is over (137)";
    }
  }

  /**
   * Swarm takes a task out of its service 2 s before it tells it to stop, so nothing but requests
   * that take longer than about a second can be in flight then.
   *
   * @param share of the requests that take longer, so that some are in flight; 0.01 % to 100 %,
   *     default 20 %
   * @param latency by how much they do; 1 ms to 60 s, default 3 s
   */
  record Cuts(Percent share, Duration latency) implements AppFault {
    public Cuts {
      share = someOf(share, new Percent(0.2));
      latency = added(latency, Duration.ofSeconds(3));
    }

    @Override
    public Map<AppKnob, String> knobs() {
      return Map.of(
          AppKnob.DRAIN_SECONDS,
          "0",
          AppKnob.LATENCY_MILLIS,
          Long.toString(latency.toMillis()),
          AppKnob.LATENCY_SHARE,
          number(share));
    }

    @Override
    public String words() {
      return "drops the requests in flight when it is told to stop; %s of all take %s longer"
          .formatted(share.print(), Durations.print(latency));
    }
  }

  /**
   * @param after how long after it listens; 0 to 24 h, default 15 s
   * @param share of the requests from then on, at random; 0.01 % to 100 %, default 100 %
   */
  record FailsLater(Duration after, Percent share) implements AppFault {
    public FailsLater {
      after = afterListening(after, Duration.ofSeconds(15));
      share = someOf(share, new Percent(1));
    }

    @Override
    public Map<AppKnob, String> knobs() {
      return Map.of(
          AppKnob.ERROR_AFTER_SECONDS, seconds(after), AppKnob.ERROR_SHARE, number(share));
    }

    @Override
    public String words() {
      return "answers %s of the requests with an error (500) from %s after it listens"
          .formatted(share.print(), Durations.print(after));
    }
  }

  private static Duration afterListening(Duration given, Duration byDefault) {
    Duration after = Check.orElse(given, byDefault);
    Check.between("after", after, Duration.ZERO, Duration.ofHours(24));
    return after;
  }

  private static Duration added(Duration given, Duration byDefault) {
    Duration latency = Check.orElse(given, byDefault);
    Check.between("latency", latency, Duration.ofMillis(1), Duration.ofSeconds(60));
    return latency;
  }

  private static Percent someOf(Percent given, Percent byDefault) {
    Percent share = Check.orElse(given, byDefault);
    Check.between("share", share, new Percent(0.0001), new Percent(1));
    return share;
  }

  private static Optional<String> unprobed(HealthCheck check) {
    return check != null
        ? Optional.empty()
        : Optional.of(
            "shows in the health check alone, and there is none, so nobody would notice: add"
                + " app.healthCheck: {interval: 2s}");
  }

  private static String seconds(Duration length) {
    return BigDecimal.valueOf(length.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  private static String number(Percent share) {
    return BigDecimal.valueOf(share.share()).stripTrailingZeros().toPlainString();
  }
}
