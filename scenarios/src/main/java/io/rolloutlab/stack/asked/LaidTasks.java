package io.rolloutlab.stack.asked;

import io.rolloutlab.scenario.app.HealthCheck;
import io.rolloutlab.scenario.app.RestartPlan;
import io.rolloutlab.scenario.check.Memory;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.stack.FileValue;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.StackHealth;
import io.rolloutlab.stack.StackResources;
import io.rolloutlab.stack.StackRestart;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.StackUses;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** How a task starts, is asked, ends and is followed by another one; and what it may take. */
final class LaidTasks {
  /** The lab waits half an hour at most for a task that starts. */
  private static final Duration LONGEST_PROBE = Duration.ofMinutes(20);

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration LONGEST_RESTART_DELAY = Duration.ofMinutes(10);
  private static final int MOST_RETRIES = 100;
  private static final int MOST_ATTEMPTS = 10_000;

  private static final Memory MOST_MEMORY = Memory.parse("1024GiB");
  private static final BigDecimal LEAST_CPUS = new BigDecimal("0.01");

  private final StackService service;
  private final Laying laying;

  LaidTasks(StackService service, Laying laying) {
    this.service = service;
    this.laying = laying;
  }

  void lay(Patience patience) {
    laying.note(
        service.image().place(),
        "the lab's own app stands for the image: how long that is pulled, starts and drains is not"
            + " known");
    health();
    laying.duration(
        "app.stopGrace", "stop_grace_period", service.stop().grace(), Duration.ZERO, DAY);
    laying.say("app.startLimit", startLimit(patience));
    restart();
    limits();
    leftOut();
  }

  private void health() {
    StackHealth health = service.health();
    if (!health.isCommand()) {
      if (!health.test().is(StackHealth.Test.NONE)) {
        laying.note(
            health.test().place(),
            health.test().is(StackHealth.Test.IMAGE)
                ? "the file names no health check, so the lab's app has none; the image may have one"
                : "a test of no kind that docker knows is left out: the lab's app has no health"
                    + " check");
      }
      return;
    }
    String block = "app.healthCheck.";
    laying.duration(block + "interval", "interval", health.interval(), SHORTEST, LONGEST_PROBE);
    laying.duration(block + "timeout", "timeout", health.timeout(), SHORTEST, HOUR);
    laying.number(block + "retries", "retries", health.retries(), 1, MOST_RETRIES);
    laying.duration(
        block + "startPeriod", "start_period", health.startPeriod(), Duration.ZERO, HOUR);
    if (health.startPeriod().value().isZero()) {
      // It has no effect then; where nothing is said, patience would stretch it.
      laying.say(block + "startInterval", HealthCheck.DEFAULT.startInterval());
    } else {
      FileValue<Duration> first =
          new FileValue<>(health.firstProbe(), health.startInterval().place(), true);
      laying.duration(block + "startInterval", "the first probe", first, SHORTEST, LONGEST_PROBE);
    }
  }

  /** Twice as long as the first probe takes, and a minute. */
  private Duration startLimit(Patience patience) {
    StackHealth health = service.health();
    Duration first = health.isCommand() ? health.firstProbe() : Duration.ZERO;
    Duration limit = patience.stretched(first.multipliedBy(2).plusMinutes(1));
    Duration most = LONGEST_PROBE.plusMinutes(9);
    return limit.compareTo(most) < 0 ? limit : most;
  }

  private void restart() {
    StackRestart restart = service.restart();
    laying.say(
        "app.restart.condition", RestartPlan.Condition.valueOf(restart.condition().value().name()));
    laying.duration(
        "app.restart.delay",
        "the restart's delay",
        restart.delay(),
        Duration.ZERO,
        LONGEST_RESTART_DELAY);
    if (restart.maxAttempts().value() > 0) {
      laying.number(
          "app.restart.maxAttempts", "max_attempts", restart.maxAttempts(), 1, MOST_ATTEMPTS);
    }
    if (!restart.window().value().isZero()) {
      laying.duration("app.restart.window", "window", restart.window(), SHORTEST, DAY);
    }
  }

  private void limits() {
    StackResources its = service.resources();
    BigDecimal cpus = its.limitCpus().value();
    if (cpus.compareTo(BigDecimal.ONE) > 0) {
      laying.note(
          its.limitCpus().place(),
          "a limit of %s cores is left out: a node that has fewer refuses such a task"
              .formatted(cpus.toPlainString()));
    } else if (cpus.signum() > 0) {
      laying.say("app.limits.cpus", cpus.max(LEAST_CPUS).doubleValue());
    }
    long bytes = its.limitBytes().value();
    if (bytes > 0) {
      long can = Math.max(AskedService.LEAST_MEMORY.bytes(), Math.min(MOST_MEMORY.bytes(), bytes));
      if (can != bytes) {
        laying.note(
            its.limitBytes().place(),
            "a memory limit of %s bytes does not suit the lab's app, which has %s"
                .formatted(bytes, new Memory(can).print()));
      }
      laying.say("app.limits.memory", new Memory(can >> 10 << 10));
    }
    reserved(its.reservedCpus().value().signum() > 0, its.reservedCpus().place());
    reserved(its.reservedBytes().value() > 0, its.reservedBytes().place());
  }

  private void reserved(boolean given, Place place) {
    if (given) {
      laying.note(place, "reservations are left out: the file does not tell how large nodes are");
    }
  }

  private void leftOut() {
    StackUses uses = service.uses();
    leftOut("networks", uses.networks());
    leftOut("volumes", uses.mounts());
    leftOut("configs", uses.configs());
    leftOut("secrets", uses.secrets());
    if (service.stop().signal().given()) {
      laying.note(
          service.stop().signal().place(), "stop_signal is left out: the lab's app takes SIGTERM");
    }
  }

  private void leftOut(String what, List<FileValue<String>> named) {
    named.stream()
        .findFirst()
        .ifPresent(
            first ->
                laying.note(
                    first.place(), "%s are left out: the lab's app needs none".formatted(what)));
  }
}
