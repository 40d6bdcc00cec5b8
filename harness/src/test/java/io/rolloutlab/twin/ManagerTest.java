package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where Swarm's manager does what its settings do not let expect: each seen in swarmkit's code at
 * work, the first two live as well, and here from outside.
 */
class ManagerTest {
  private static final String SLOW_LOAD =
      "load: {ratePerSecond: 10, warmUp: 2s, coolDown: 2s, requestTimeout: 2s}";

  @TempDir Path folder;

  private TwinRun run(int seed, String... lines) {
    String[] all = new String[lines.length + 1];
    all[0] = "seed: " + seed;
    System.arraycopy(lines, 0, all, 1, lines.length);
    return TwinRun.of(folder.resolve("seed-" + seed), all);
  }

  /** How many tasks of a service are wanted at the end. */
  private static long wanted(TwinRun run, String service) {
    return last(run).values().stream()
        .filter(task -> task.service().equals(service))
        .filter(task -> List.of("ready", "running").contains(task.desired()))
        .count();
  }

  private static Map<String, Event.TaskChange> last(TwinRun run) {
    Map<String, Event.TaskChange> last = new TreeMap<>();
    run.tasks().forEach(task -> last.put(task.task(), task));
    return last;
  }

  private static long toldToStop(TwinRun run, String version) {
    return run.tasks().stream()
        .filter(task -> task.version().equals(version) && task.desired().equals("shutdown"))
        .map(Event.TaskChange::task)
        .distinct()
        .count();
  }

  /** The lab's own defaults: tasks that die after the monitor and before the next slot's turn. */
  @Test
  void aDelayAboveTheMonitorLetsEverySlotBreakBeforeTheUpdatePauses() {
    TwinRun run =
        run(
            1,
            "strategy: rolling",
            SLOW_LOAD,
            "app: {replicas: 3, v2: {env: {APP_CRASH_AFTER_SECONDS: \"7\"}}}",
            "rolling: {update: {delay: 10s, monitor: 5s}}");

    long paused = run.update("paused").atMillis();
    assertThat(
            run.started("v2").stream()
                .filter(task -> task.seenAtMillis() < paused)
                .map(Event.TaskChange::slot)
                .distinct())
        .hasSize(3);
  }

  /** The same v2 under a monitor that is longer than the delay. */
  @Test
  void aDelayBelowTheMonitorStopsAtTheFirst() {
    TwinRun run =
        run(
            1,
            "strategy: rolling",
            SLOW_LOAD,
            "app: {replicas: 3, v2: {env: {APP_CRASH_AFTER_SECONDS: \"7\"}}}",
            "rolling: {update: {delay: 10s, monitor: 11s}}");

    assertThat(toldToStop(run, "v1")).isEqualTo(1);
    assertThat(run.updates()).startsWith("updating", "paused");
  }

  /** start-first does not protect where failures are tolerated: its outage comes afterwards. */
  @Test
  void completedIsWhenTheOldTasksOfFailedSlotsAreStopped() {
    TwinRun run =
        run(
            1,
            "strategy: rolling",
            SLOW_LOAD,
            "app: {replicas: 3, healthCheck: {interval: 1s, retries: 2},",
            "  v2: {env: {APP_NEVER_HEALTHY: \"true\"}}}",
            "rolling: {hold: 30s, backAgain: false,",
            "  update: {delay: 0s, order: start-first, failureAction: continue}}");

    long completed = run.update("completed").atMillis();
    assertThat(run.updates()).containsExactly("updating", "completed", "completed");
    assertThat(toldToStop(run, "v1")).isEqualTo(3);
    run.started("v1")
        .forEach(task -> assertThat(run.toldToStop(task.task()) - completed).isBetween(0L, 10L));
    assertThat(run.failed()).isGreaterThan(100);
  }

  @Test
  void completedTakesAwayTheSurplusOfACrashInTheUpdate() {
    TwinRun run =
        run(
            1,
            "strategy: rolling",
            SLOW_LOAD,
            "app: {replicas: 3, healthCheck: {interval: 6s},",
            "  v1: {env: {APP_CRASH_AFTER_SECONDS: \"20\"}}}",
            "rolling: {hold: 30s, backAgain: false, update: {delay: 2s, order: start-first}}");

    assertThat(run.findings().tasks().known().orElseThrow().peak()).isGreaterThan(4);
    assertThat(wanted(run, "pyapp")).isEqualTo(3);
  }

  /**
   * What is kept though it may not start yet waits for the one that goes, not for its restart delay
   * alone.
   */
  @Test
  void aKeptTaskThatMayNotStartYetWaitsForTheEndOfTheOther() {
    TwinRun run =
        run(
            1,
            "strategy: rolling",
            SLOW_LOAD,
            "app: {replicas: 2, restart: {delay: 1m}, healthCheck: {interval: 1s, retries: 2},",
            "  v2: {env: {APP_NEVER_HEALTHY: \"true\"}}}",
            "rolling: {hold: 30s, backAgain: false,",
            "  update: {delay: 0s, order: start-first, failureAction: continue}}");

    long completed = run.update("completed").atMillis();
    List<Event.TaskChange> old = run.started("v1");
    assertThat(old).hasSize(2);
    for (Event.TaskChange v1 : old) {
      String kept = heldBackAt(completed, run, v1.slot());
      assertThat(run.toldToRun(kept) - run.reached(v1.task(), "shutdown")).isBetween(0L, 100L);
    }
  }

  /** The v2 task of a slot that was there but might not start yet. */
  private static String heldBackAt(long millis, TwinRun run, int slot) {
    Map<String, Event.TaskChange> then = new TreeMap<>();
    run.tasks().stream()
        .filter(task -> task.slot() == slot && task.version().equals("v2"))
        .filter(task -> task.seenAtMillis() < millis)
        .forEach(task -> then.put(task.task(), task));
    return then.values().stream()
        .filter(task -> task.desired().equals("ready"))
        .findFirst()
        .orElseThrow()
        .task();
  }

  @Test
  void aTaskIsReplacedWhateverTheNumberOfItsSlot() {
    for (int seed = 1; seed <= 12; seed++) {
      TwinRun run =
          run(
              seed,
              "strategy: canary",
              "load: {ratePerSecond: 2, warmUp: 2s, coolDown: 2s}",
              "app: {replicas: 1, restart: {delay: 1s}, v2: {env: {APP_CRASH_AFTER_SECONDS: \"40\"}}}",
              "canary: {steps: [{canary: 10, replicas: 4, hold: 1m},",
              "  {canary: 20, replicas: 3, hold: 3m}], abortAfter: 1}");

      assertThat(wantedInStepTwo(run)).as("seed %s", seed).isEqualTo(3);
    }
  }

  /** How many tasks of the canary are wanted at the end of the first pass's second step. */
  private static long wantedInStepTwo(TwinRun run) {
    long end =
        run.history().events(Event.ShareHeld.class).skip(1).findFirst().orElseThrow().untilMillis();
    Map<String, Event.TaskChange> last = new TreeMap<>();
    run.tasks().stream()
        .filter(task -> task.service().contains("canary") && task.seenAtMillis() < end)
        .forEach(task -> last.put(task.task(), task));
    return last.values().stream()
        .filter(task -> List.of("ready", "running").contains(task.desired()))
        .count();
  }

  /** A delay of 0 hands out the next slot at once, but not after a failure. */
  @Test
  void aFailureIsReadBeforeTheNextSlotIsHandedOut() {
    TwinRun run =
        run(
            1,
            "strategy: rolling",
            SLOW_LOAD,
            "app: {replicas: 4, healthCheck: {interval: 1s, retries: 1},",
            "  v2: {env: {APP_NEVER_HEALTHY: \"true\"}}}",
            "rolling: {update: {delay: 0s}}");

    assertThat(toldToStop(run, "v1")).isEqualTo(1);
  }

  @Test
  void aNodeIsShunnedAfterFiveFailuresNotThree() {
    TwinRun run =
        run(
            1,
            "strategy: baseline",
            "baseline: {hold: 2m}",
            "load: {ratePerSecond: 2, warmUp: 2s, coolDown: 2s}",
            "app: {replicas: 1, restart: {delay: 0s}, v1: {env: {APP_CRASH_AFTER_SECONDS: \"4\"}},",
            "  constraints: [node.role == worker, node.hostname != workerN1]}");

    List<String> nodes = run.started("v1").stream().map(Event.TaskChange::node).toList();
    // nginx is on workerN3, so the other one is the lighter.
    assertThat(nodes.subList(0, 5)).containsOnly("workerN2");
    assertThat(nodes.get(5)).isEqualTo("workerN3");
  }

  /** v1 lies 2, 2 and 1 on three nodes; five more tasks that come together lie 1, 1 and 3. */
  @Test
  void tasksThatComeTogetherFillTheLightestNodeUntilTheNextIsLighter() {
    for (int seed = 1; seed <= 6; seed++) {
      TwinRun run =
          run(
              seed,
              "strategy: rolling",
              SLOW_LOAD,
              "app: {replicas: 5}",
              "rolling: {hold: 1s, backAgain: false,",
              "  update: {parallelism: 0, delay: 0s, order: start-first}}");

      Map<String, Long> old = byNode(run, "v1");
      assertThat(old.values()).as("seed %s", seed).containsExactlyInAnyOrder(2L, 2L, 1L);
      byNode(run, "v2")
          .forEach((node, tasks) -> assertThat(tasks).isEqualTo(old.get(node) == 1 ? 3 : 1));
    }
  }

  private static Map<String, Long> byNode(TwinRun run, String version) {
    return run.started(version).stream()
        .collect(Collectors.groupingBy(Event.TaskChange::node, Collectors.counting()));
  }
}
