package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.twin.model.TwinSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of Swarm's updater, as docs and sources have them, seen from outside. */
class UpdaterTest {
  private static final String SLOW_LOAD = "load: {ratePerSecond: 10, warmUp: 2s, coolDown: 2s}";

  @TempDir Path folder;

  private TwinRun rolling(String update) {
    return rolling(update, "app: {}");
  }

  private TwinRun rolling(String update, String app) {
    return TwinRun.of(
        folder,
        "strategy: rolling",
        SLOW_LOAD,
        "rolling:",
        "  hold: 2s",
        "  update: " + update,
        app);
  }

  /** Old and new task of each slot in the update. */
  private static Map<Event.TaskChange, Event.TaskChange> replaced(TwinRun run) {
    Map<Integer, Event.TaskChange> old =
        run.started("v1").stream()
            .collect(Collectors.toMap(Event.TaskChange::slot, task -> task, (first, l) -> first));
    Map<Event.TaskChange, Event.TaskChange> pairs = new HashMap<>();
    run.started("v2").forEach(fresh -> pairs.put(old.get(fresh.slot()), fresh));
    return pairs;
  }

  @Test
  void stopFirstStartsANewTaskOnlyWhenTheOldOneHasEnded() {
    TwinRun run = rolling("{delay: 1s, order: stop-first}");

    assertThat(run.end().end()).isEqualTo(Event.End.COMPLETED);
    assertThat(replaced(run)).hasSize(4);
    replaced(run)
        .forEach(
            (old, fresh) ->
                assertThat(run.reached(fresh.task(), "starting"))
                    .isGreaterThan(run.reached(old.task(), "shutdown")));
  }

  @Test
  void startFirstStopsTheOldTaskTheInstantTheNewOneRuns() {
    TwinRun run = rolling("{delay: 1s, order: start-first}");

    assertThat(replaced(run)).hasSize(4);
    replaced(run)
        .forEach(
            (old, fresh) ->
                assertThat(run.toldToStop(old.task()) - fresh.seenAtMillis()).isBetween(0L, 1L));
  }

  @Test
  void theHoleOfASlotIsRetryPlusConvergencePlusExitPlusStart() {
    TwinRun run = rolling("{delay: 1s, order: stop-first}");

    TwinSettings s = Calibrated.DELIVERED.settings();
    double expected =
        1000
            + 2000
            + s.exit().meanMillis()
            + s.removal().meanMillis()
            + 2 * (s.dispatch().meanMillis() + s.report().meanMillis())
            + s.startWait().meanMillis()
            + s.startWork().meanMillis();
    double mean =
        replaced(run).entrySet().stream()
            .mapToDouble(p -> p.getValue().seenAtMillis() - run.toldToStop(p.getKey().task()))
            .average()
            .orElseThrow();
    assertThat(mean).isCloseTo(expected, within(0.08 * expected));
  }

  @Test
  void theDelayIsSleptAfterTheLastSlotTooAndAMonitorFollows() {
    TwinRun longDelay = rolling("{delay: 6s, monitor: 5s}");

    long last = longDelay.started("v2").get(3).seenAtMillis();
    long end = longDelay.update("completed").atMillis();
    // Delay, then a monitor that is made a second longer than the delay.
    assertThat(end - last).isBetween(13_000L, 13_010L);
  }

  @Test
  void aWorkerPoolTakesTheNextSlotWhenOneWorkerIsFree() {
    TwinRun run = rolling("{parallelism: 2, delay: 3s}");

    List<Long> told =
        run.started("v1").stream()
            .filter(task -> task.atMillis() < run.update("completed").atMillis())
            .map(task -> run.toldToStop(task.task()))
            .sorted()
            .toList();
    assertThat(told.get(1) - told.get(0)).isLessThan(10);
    List<Event.TaskChange> fresh = run.started("v2");
    // Each worker goes on by itself, the delay after its own slot.
    assertThat(told.get(2) - fresh.get(0).seenAtMillis()).isBetween(3000L, 3005L);
    assertThat(told.get(3) - fresh.get(1).seenAtMillis()).isBetween(3000L, 3005L);
  }

  @Test
  void parallelismZeroTakesAllSlotsAtOnce() {
    TwinRun run = rolling("{parallelism: 0, delay: 0s}");

    assertThat(replaced(run).keySet().stream().map(old -> run.toldToStop(old.task())).distinct())
        .hasSize(1);
    assertThat(run.failed()).isPositive();
  }

  @Test
  void aFailureWithinTheMonitorPausesTheUpdate() {
    TwinRun run =
        rolling("{delay: 0s, monitor: 5s}", "app: {v2: {env: {APP_CRASH_AFTER_SECONDS: \"1\"}}}");

    assertThat(run.updates()).startsWith("updating", "paused");
    assertThat(run.update("paused").message())
        .contains("due to failure or early termination of task");
  }

  /** While the last slot's worker sleeps its delay, nobody reads of failures. */
  @Test
  void aFailureOfTheLastSlotIsReadWhenItsDelayIsOver() {
    TwinRun run =
        rolling(
            "{delay: 10s, monitor: 5s}",
            "app: {replicas: 1, v2: {env: {APP_CRASH_AFTER_SECONDS: \"1\"}}}");

    long runs = run.started("v2").get(0).seenAtMillis();
    assertThat(run.updates()).startsWith("updating", "paused");
    assertThat(run.update("paused").atMillis() - runs).isBetween(10_000L, 10_010L);
  }

  @Test
  void aFailureMayRollTheUpdateBack() {
    TwinRun run =
        rolling(
            "{delay: 0s, failureAction: rollback}",
            "app: {v2: {env: {APP_CRASH_AFTER_SECONDS: \"1\"}}}");

    assertThat(run.updates()).startsWith("updating", "rollback_started", "rollback_completed");
  }

  @Test
  void aRatioToleratesFailures() {
    TwinRun run =
        rolling(
            "{delay: 0s, maxFailureRatio: 1}",
            "app: {v2: {env: {APP_CRASH_AFTER_SECONDS: \"1\"}}}");

    assertThat(run.updates()).startsWith("updating", "completed");
  }

  @Test
  void continueDoesNotWatch() {
    TwinRun run =
        rolling(
            "{delay: 0s, failureAction: continue}",
            "app: {v2: {env: {APP_CRASH_AFTER_SECONDS: \"1\"}}}");

    assertThat(run.updates()).contains("completed");
  }

  @Test
  void aTaskThatCrashesInTheUpdateComesBackWithTheNewVersion() {
    TwinRun run = rolling("{delay: 20s}", "app: {v1: {env: {APP_CRASH_AFTER_SECONDS: \"20\"}}}");

    long update = run.update("updating").atMillis();
    assertThat(run.started("v1"))
        .filteredOn(
            task ->
                run.history()
                    .events(Event.PhaseStarted.class)
                    .noneMatch(
                        p -> p.phase() == PhaseKind.ROLLBACK && p.atMillis() <= task.atMillis()))
        .allMatch(task -> task.atMillis() < update + 1000);
  }

  @Test
  void aNewTaskWaitsForTheOldOneNoLongerThanAMinute() {
    TwinRun run =
        rolling(
            "{delay: 0s}",
            "app: {replicas: 1, stopGrace: 90s, v1: {env: {APP_IGNORE_SIGTERM: \"true\"}}}");

    Map.Entry<Event.TaskChange, Event.TaskChange> slot = replaced(run).entrySet().iterator().next();
    long told = run.toldToStop(slot.getKey().task());
    assertThat(run.reached(slot.getValue().task(), "starting") - told).isBetween(60_000L, 60_200L);
  }

  @Test
  void whoIgnoresTheStopSignalIsKilledAfterItsGraceAndCounted() {
    TwinRun run =
        rolling(
            "{delay: 0s}",
            "app: {replicas: 2, stopGrace: 2s, v1: {env: {APP_IGNORE_SIGTERM: \"true\"}}}");

    // The v1 tasks that the rollback makes are never stopped.
    assertThat(run.findings().tasks().known().orElseThrow().killed().byExitCode()).isEqualTo(2);
  }

  @Test
  void aHealthCheckDelaysRunningToTheFirstProbeThatSucceeds() {
    TwinRun run = rolling("{delay: 0s}", "app: {healthCheck: {interval: 3s}}");

    for (Event.TaskChange fresh : run.started("v2")) {
      assertThat(fresh.atMillis() - run.reached(fresh.task(), "starting")).isBetween(3300L, 3900L);
    }
    assertThat(run.failed()).isZero();
  }

  @Test
  void withoutAHealthCheckATaskRunsBeforeItListens() {
    TwinRun run =
        rolling("{delay: 0s}", "app: {replicas: 1, v2: {env: {APP_START_DELAY_SECONDS: \"5\"}}}");

    long runs = run.started("v2").get(0).atMillis();
    assertThat(run.findings().versions().known().orElseThrow().firstV2Millis().orElseThrow())
        .isGreaterThan(runs - run.findings().timeline().zeroAtEpochMillis() + 5000);
  }

  @Test
  void aServiceThatIsNeverHealthyIsGivenUpInTime() {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: blue-green",
            SLOW_LOAD,
            "app: {startLimit: 20s, healthCheck: {interval: 1s}, v2: {env: {APP_NEVER_HEALTHY:"
                + " \"true\"}}}");

    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(Event.End.COMPLETED);
    assertThat(run.history().events(Event.GivenUp.class))
        .singleElement()
        .satisfies(
            given -> {
              assertThat(given.waitedMillis()).isBetween(20_000L, 20_200L);
              assertThat(given.missing()).contains("unhealthy");
            });
  }

  @Test
  void aTaskThatFitsOnNoNodeWaits() {
    TwinRun run = TwinRun.of(folder, "strategy: baseline", "app: {reserve: {cpus: 100}}");

    assertThat(run.end().cause()).contains("no node is pending");
  }
}
