package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.scenario.app.AppFaultKind;
import io.rolloutlab.scenario.app.HealthCheck;
import io.rolloutlab.twin.clock.Spread;
import io.rolloutlab.twin.model.Laws;
import io.rolloutlab.twin.model.TwinSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenarios nobody thought of: whatever is asked, the run ends, its witnesses agree, and no law is
 * broken ({@link Laws} are looked at after every change of a task). {@code -Dlab.seeds=5000} tries
 * more of them, {@code -Dlab.firstSeed} others.
 */
class RandomScenariosTest {
  /** What people compare with the strategies of the exercise. */
  static final List<Strategy> BEYOND = Stream.of("recreate", "shadow").map(Strategy::of).toList();

  @TempDir Path folder;

  @Test
  void noScenarioBreaksALaw() {
    noneBreaksALaw(Integer.getInteger("lab.seeds", 150), Strategy.OF_THE_EXERCISE);
  }

  @Test
  void noneOfAStrategyBeyondTheExerciseDoes() {
    noneBreaksALaw(Integer.getInteger("lab.seeds", 150) / 3, BEYOND);
  }

  private void noneBreaksALaw(int seeds, List<Strategy> strategies) {
    int first = Integer.getInteger("lab.firstSeed", 1);
    for (int seed = first; seed < first + seeds; seed++) {
      Dice dice = new Dice(seed, strategies);
      List<String> lines = dice.scenario();
      TwinSettings settings = TwinSettingsWith.pull(dice.pull());
      try {
        check(TwinRun.of(folder.resolve("seed"), settings, lines.toArray(String[]::new)));
      } catch (AssertionError | RuntimeException failed) {
        throw new AssertionError(
            "seed %s: %s%n%s%npull: %s"
                .formatted(seed, failed.getMessage(), String.join("\n", lines), settings.pull()),
            failed);
      }
    }
  }

  private static void check(TwinRun run) {
    assertThat(run.findings().damage()).isEmpty();
    assertThat(run.end().end()).isIn(Event.End.COMPLETED, Event.End.FAILED);
    if (run.end().end() == Event.End.FAILED) {
      assertThat(run.end().cause()).containsAnyOf("not within", "Swarm gave up", "load.limit");
    }
    assertThat(run.findings().violations().known().orElseThrow()).isEmpty();
    if (!run.history().requests().isEmpty()) {
      assertThat(run.findings().reconciled()).isTrue();
      assertThat(run.history().requests())
          .noneMatch(request -> request.outcome() == Outcome.UNKNOWN)
          .allMatch(request -> request.latencyMillis() >= 0);
    }
    long before = 0;
    for (Event event : run.history().events()) {
      long at = event instanceof Event.TaskChange task ? task.seenAtMillis() : event.atMillis();
      long recorded = event instanceof Event.EdgeChange edge ? edge.doneAtMillis() : at;
      recorded = event instanceof Event.TaskAddress task ? task.seenAtMillis() : recorded;
      recorded = event instanceof Event.ShareHeld held ? held.untilMillis() : recorded;
      assertThat(recorded).as("%s", event).isGreaterThanOrEqualTo(before);
      before = recorded;
    }
  }

  /** Draws a scenario from a seed. */
  static final class Dice {
    /** That the default constraints let tasks go to, at least. */
    private static final int NODES = 3;

    /** Some health check. */
    private static final HealthCheck CHECK = new HealthCheck(null, null, null, null, null, null);

    private final Random random;
    private final List<Strategy> strategies;
    private final List<String> lines = new ArrayList<>();

    Dice(int seed, List<Strategy> strategies) {
      random = new Random(seed);
      this.strategies = strategies;
      lines.add("seed: " + seed);
    }

    private String one(String... of) {
      return of[random.nextInt(of.length)];
    }

    List<String> scenario() {
      Strategy strategy = strategies.get(random.nextInt(strategies.size()));
      lines.add("strategy: " + strategy.fileName());
      lines.add("balancing: " + one("dnsrr", "vip"));
      lines.add("cluster: {workers: %s}".formatted(one("3", "4", "7")));
      lines.add(
          "load: {ratePerSecond: %s, newConnectionShare: %s, warmUp: 2s, coolDown: 2s,"
                  .formatted(one("2", "10", "30"), one("0", "0.5", "1"))
              + " requestTimeout: %s}".formatted(one("1s", "10s")));
      lines.add(
          "edge: {dnsValid: %s, retries: %s, maxFails: %s}"
              .formatted(one("1s", "5s", "30s"), one("true", "false"), one("0", "1", "2")));
      app();
      if (strategy.equals(Strategy.ROLLING)) {
        lines.add("rolling:");
        lines.add("  hold: " + one("0s", "2s"));
        lines.add("  limit: 2m");
        lines.add("  update: " + update("pause", "continue", "rollback"));
        lines.add("  rollback: " + update("pause", "continue"));
      } else if (strategy.equals(Strategy.CANARY)) {
        lines.add("canary: {steps: [{canary: 20, replicas: 2, hold: 2s},");
        lines.add("  {canary: 100, replicas: %s, hold: 2s}]}".formatted(one("1", "4")));
      }
      if (random.nextInt(3) == 0) {
        String loss =
            ", loses: {node: %s, after: %s}}"
                .formatted(one("workerN1", "workerN2"), one("0s", "1s", "4s", "13s"));
        lines.replaceAll(
            line -> line.startsWith("cluster:") ? line.replaceFirst("}$", loss) : line);
      } else if (random.nextInt(2) == 0) {
        lines.add(
            "during: [{at: %s, %s}, {atPhase: %s, at: %s, %s}]"
                .formatted(
                    one("0s", "1s", "4s", "13s"),
                    happening(),
                    one("rollout", "hold", "rollback", "cool-down"),
                    one("0s", "1s"),
                    happening()));
        lines.replaceAll(line -> line.startsWith("during:") ? possible(strategy, line) : line);
      }
      boolean scales = Set.of("canary", "canary-ip", "recreate").contains(strategy.fileName());
      if (random.nextInt(4) == 0 && !scales) {
        lines.replaceAll(line -> line.startsWith("  replicas:") ? "  mode: global" : line);
        lines.removeIf(line -> line.startsWith("during:") && line.contains("scale:"));
        lines.removeIf(line -> line.startsWith("  maxPerNode:"));
      }
      if (random.nextInt(3) == 0) {
        fault(AppFaultKind.values()[random.nextInt(AppFaultKind.values().length)]);
      }
      if (random.nextInt(4) == 0) {
        lines.replaceAll(
            line -> line.startsWith("edge:") ? line.replaceFirst("}$", ", update: {}}") : line);
      }
      return lines;
    }

    private void app(String line) {
      lines.add(lines.indexOf("app:") + 1, "  " + line);
    }

    /** In the place of v2's variables, with what it needs to show, and an alarm or none. */
    private void fault(AppFaultKind kind) {
      boolean after =
          Stream.of(kind.settings().getRecordComponents())
              .anyMatch(component -> component.getName().equals("after"));
      String fault = after ? "{%s: {after: %s}}" : "%s";
      String drawn = fault.formatted(kind.word(), one("1s", "4s", "10s"));
      lines.replaceAll(
          line -> line.startsWith("  v2:") ? "  v2: {fault: %s}".formatted(drawn) : line);
      boolean checked = lines.stream().anyMatch(line -> line.startsWith("  healthCheck:"));
      AppFault its = kind.byDefault();
      if (its.unseen(CHECK, null).isPresent()) {
        app("limits: {memory: 64MiB}");
      } else if (its.unseen(null, null).isPresent() && !checked) {
        app("healthCheck: {interval: 1s, retries: %s}".formatted(one("1", "3")));
      }
      if (random.nextBoolean()) {
        lines.add("alarm: none");
      }
    }

    Spread pull() {
      return random.nextInt(3) > 0
          ? Spread.exactly(0)
          : random.nextBoolean() ? Spread.exactly(300) : new Spread(2000, 5000, 40_000);
    }

    /** With a service and a phase that the strategy has. */
    private static String possible(Strategy strategy, String during) {
      if (strategy.equals(Strategy.BLUE_GREEN)) {
        return during;
      }
      boolean canary = strategy.equals(Strategy.CANARY) || strategy.equals(Strategy.CANARY_IP);
      String its = during.replace("green-pyapp", canary ? "canary-pyapp" : "pyapp");
      return canary
          ? its.replace("atPhase: hold", "atPhase: rollout")
          : strategy.equals(Strategy.BASELINE)
              ? its.replaceFirst("atPhase: rol\\w+", "atPhase: hold")
              : its;
    }

    private String happening() {
      return one(
          "kill: workerN1",
          "drain: workerN2",
          "drain: workerN1",
          "activate: workerN2",
          "activate: workerN1",
          "scale: {service: pyapp, replicas: 1}",
          "scale: {service: pyapp, replicas: 7}",
          "scale: {service: green-pyapp, replicas: 2}");
    }

    private String update(String... actions) {
      return "{parallelism: %s, delay: %s, order: %s, monitor: %s, maxFailureRatio: %s,"
              .formatted(
                  one("0", "1", "2", "5"),
                  one("0s", "1s", "7s"),
                  one("stop-first", "start-first"),
                  one("1s", "5s", "20s"),
                  one("0", "0.3", "1"))
          + " failureAction: %s}".formatted(one(actions));
    }

    private void app() {
      lines.add("app:");
      String replicas = one("1", "2", "3", "6", "9");
      lines.add("  replicas: " + replicas);
      if (Integer.parseInt(replicas) <= NODES && random.nextInt(4) == 0) {
        lines.add("  hostPort: 5050");
      }
      lines.add("  stopGrace: " + one("0s", "2s", "10s", "70s"));
      lines.add(
          "  restart: {condition: %s, delay: %s%s}"
              .formatted(
                  one("any", "any", "on-failure", "none"),
                  one("0s", "1s", "5s"),
                  one("", "", ", maxAttempts: 1", ", maxAttempts: 2, window: 20s")));
      lines.add("  startLimit: 30s");
      if (random.nextInt(4) == 0) {
        // A node has two cores: there may be room for all, for some, or for one more at a time.
        lines.add("  reserve: {cpus: %s, memory: 1GiB}".formatted(one("0.5", "0.7", "1", "2")));
      }
      if (random.nextInt(3) == 0) {
        lines.add(
            "  healthCheck: {interval: %s, retries: %s, startPeriod: %s}"
                .formatted(one("1s", "4s"), one("1", "3"), one("0s", "10s")));
      }
      places();
      lines.add("  v1: {env: {%s}}".formatted(random.nextInt(4) == 0 ? knob() : ""));
      lines.add("  v2: {env: {%s}}".formatted(random.nextInt(2) == 0 ? knob() : ""));
    }

    /** Nine tasks always find a place. */
    private void places() {
      if (random.nextInt(4) == 0) {
        lines.add("  maxPerNode: " + one("3", "4"));
      }
      if (random.nextInt(4) == 0) {
        lines.add("  spread: [%s]".formatted(one("node.labels.a", "node.labels.a, node.labels.b")));
        String labels = "labels: {workerN1: {a: x}, workerN2: {a: %s, b: y}, managerN: {b: %s}}";
        String drawn = ", " + labels.formatted(one("x", "y"), one("y", "z")) + "}";
        lines.replaceAll(
            line ->
                line.startsWith("cluster:") ? line.substring(0, line.length() - 1) + drawn : line);
      }
    }

    private String knob() {
      return one(
          "APP_START_DELAY_SECONDS: \"6\"",
          "APP_ERROR_SHARE: \"0.5\"",
          "APP_LATENCY_MILLIS: \"1500\"",
          "APP_CRASH_AFTER_SECONDS: \"%s\"".formatted(one("0", "2", "9", "30")),
          "APP_NEVER_HEALTHY: \"true\"",
          "APP_IGNORE_SIGTERM: \"true\"",
          "APP_STOP_DELAY_SECONDS: \"3\"",
          "APP_DRAIN_SECONDS: \"0\"");
    }
  }
}
