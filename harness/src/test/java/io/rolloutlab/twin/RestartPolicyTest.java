package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.Event.TaskChange;
import io.rolloutlab.rollout.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When another task follows one that has ended: the cases of swarmkit's {@code
 * replicated/restart_test.go} and of the rules beside it, as far as an app can be told to fail or
 * to end in order, and seen through the ports.
 */
class RestartPolicyTest {
  private static final String FAILS = "v1: {env: {APP_CRASH_AFTER_SECONDS: \"3\"}}";

  /** Its health check gives it up, it is stopped, and ends with exit code 0. */
  private static final String COMPLETES =
      "healthCheck: {interval: 2s, retries: 1}, v1: {env: {APP_NEVER_HEALTHY: \"true\"}}";

  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

  @TempDir Path folder;

  /**
   * @param app settings of two replicas of v1, which are created first
   */
  private TwinCourse play(String app, Consumer<TwinCourse> course) {
    return TwinCourse.play(
        folder,
        "app: {replicas: 2, %s}\n".formatted(app)
            + "rolling: {update: {delay: 0s, monitor: 1s, failureAction: continue}}\n",
        course);
  }

  private static Consumer<TwinCourse> waiting() {
    return played -> played.stage().hold(HALF_A_MINUTE);
  }

  /** A change of the service that touches none of its tasks. */
  private static void touch(TwinCourse played) {
    played.swarm().scale(Stage.APP, 2);
    played.stage().hold(HALF_A_MINUTE);
  }

  private static void update(TwinCourse played) {
    played.swarm().update(played.stage().updated());
    played.stage().hold(HALF_A_MINUTE);
  }

  /** TestOrchestratorRestartOnAny. */
  @Test
  void anyFollowsUponFailureAndUponCompletion() {
    TwinCourse failing = play("restart: {condition: any, delay: 0s}, " + FAILS, waiting());
    assertThat(failing.states()).contains("failed");
    assertThat(failing.made("v1").values()).hasSize(2).allMatch(made -> made > 2);

    TwinCourse completing = play("restart: {condition: any, delay: 0s}, " + COMPLETES, waiting());
    assertThat(completing.states()).contains("complete").doesNotContain("failed");
    assertThat(completing.made("v1").values()).hasSize(2).allMatch(made -> made > 2);
  }

  /** TestOrchestratorRestartOnFailure. */
  @Test
  void onFailureFollowsUponFailure() {
    TwinCourse failing = play("restart: {condition: on-failure, delay: 0s}, " + FAILS, waiting());

    assertThat(failing.made("v1").values()).hasSize(2).allMatch(made -> made > 2);
  }

  @Test
  void onFailureDoesNotFollowUponCompletionBeforeTheSpecChanges() {
    TwinCourse played =
        play(
            "restart: {condition: on-failure, delay: 0s}, v2: {env: {MODE: new}}, " + COMPLETES,
            course -> {
              course.stage().hold(HALF_A_MINUTE);
              touch(course);
              assertThat(course.made("v1")).isEqualTo(Map.of(1, 1L, 2, 1L));
              assertThat(course.states()).containsOnly("complete");
              update(course);
            });

    assertThat(played.made("v1")).isEqualTo(Map.of(1, 1L, 2, 1L));
    assertThat(played.made("v2")).isEqualTo(Map.of(1, 1L, 2, 1L));
    assertThat(played.view().running("v2")).isEqualTo(2);
  }

  /** Who crashes while it is stopped has not ended in order (docker/app: os._exit(1)). */
  @Test
  void onFailureGoesByTheExitCode() {
    String crashes = COMPLETES.replace("{APP", "{APP_CRASH_AFTER_SECONDS: \"2\", APP");

    TwinCourse played = play("restart: {condition: on-failure, delay: 0s}, " + crashes, waiting());

    assertThat(played.states()).contains("failed").doesNotContain("complete");
    assertThat(played.made("v1").values()).hasSize(2).allMatch(made -> made > 2);
  }

  /** TestOrchestratorRestartOnNone. */
  @Test
  void noneFollowsUponNothingBeforeTheSpecChanges() {
    for (String ending : List.of(FAILS, COMPLETES)) {
      TwinCourse played =
          play(
              "restart: {condition: none}, " + ending,
              course -> {
                course.stage().hold(HALF_A_MINUTE);
                touch(course);
                assertThat(course.made("v1")).isEqualTo(Map.of(1, 1L, 2, 1L));
                update(course);
              });

      assertThat(played.made("v2")).isEqualTo(Map.of(1, 1L, 2, 1L));
      assertThat(played.view().running("v2")).isEqualTo(2);
      assertThat(played.view().updateState()).isEqualTo("completed");
    }
  }

  /** A slot that stays empty is no missing one: more replicas are so many more slots. */
  @Test
  void scalingUpDoesNotFillASlotThatStaysEmpty() {
    TwinCourse played =
        play(
            "restart: {condition: none}, " + FAILS,
            course -> {
              course.stage().hold(HALF_A_MINUTE);
              course.swarm().scale(Stage.APP, 3);
              course.stage().hold(HALF_A_MINUTE);
            });

    assertThat(played.made("v1")).isEqualTo(Map.of(1, 1L, 2, 1L, 3, 1L));
  }

  /** UpdatableTasksInSlot: a rollback fills empty slots at once, though its tasks are v1's. */
  @Test
  void aRollbackFillsSlotsThatAreEmpty() {
    TwinCourse played =
        play(
            "restart: {condition: none}, v2: {env: {APP_CRASH_AFTER_SECONDS: \"3\"}}",
            course -> {
              course.stage().hold(HALF_A_MINUTE);
              update(course);
              assertThat(course.view().running("v2")).isZero();
              course.swarm().rollBack(Stage.APP);
              course.stage().hold(HALF_A_MINUTE);
            });

    assertThat(played.made("v2")).isEqualTo(Map.of(1, 1L, 2, 1L));
    assertThat(played.made("v1")).isEqualTo(Map.of(1, 2L, 2, 2L));
    assertThat(played.view().running("v1")).isEqualTo(2);
    assertThat(played.view().updateState()).isEqualTo("rollback_completed");
  }

  /** TestOrchestratorRestartDelay. */
  @Test
  void theTaskThatFollowsIsMadeAtOnceAndRunsAfterTheDelay() {
    TwinCourse played = play("restart: {delay: 7s}, " + FAILS, waiting());

    List<List<TaskChange>> slot =
        played.tasks().values().stream().filter(task -> task.get(0).slot() == 1).toList();
    TaskChange failed = last(slot.get(0), "failed");
    TaskChange made = slot.get(1).get(0);
    assertThat(made.desired()).isEqualTo("ready");
    assertThat(made.seenAtMillis() - failed.seenAtMillis()).isBetween(0L, 10L);
    TaskChange started =
        slot.get(1).stream().filter(to -> to.desired().equals("running")).findFirst().orElseThrow();
    assertThat(started.seenAtMillis() - made.seenAtMillis()).isBetween(7000L, 7010L);
  }

  private static TaskChange last(List<TaskChange> changes, String state) {
    return changes.stream()
        .filter(change -> change.state().equals(state))
        .findFirst()
        .orElseThrow();
  }

  /** TestOrchestratorRestartMaxAttempts: another spec has attempts of its own. */
  @Test
  void aSlotGetsItsFirstTaskAndTheAttemptsAndASecondSpecAsMany() {
    TwinCourse played =
        play(
            "restart: {delay: 0s, maxAttempts: 1}, %s, ".formatted(FAILS)
                + "v2: {env: {APP_CRASH_AFTER_SECONDS: \"2\"}}",
            course -> {
              course.stage().hold(HALF_A_MINUTE);
              assertThat(course.made("v1")).isEqualTo(Map.of(1, 2L, 2, 2L));
              update(course);
            });

    assertThat(played.made("v1")).isEqualTo(Map.of(1, 2L, 2, 2L));
    assertThat(played.made("v2")).isEqualTo(Map.of(1, 2L, 2, 2L));
    assertThat(played.states()).containsOnly("failed");
    assertThat(played.view().tasks()).hasSize(4);
  }

  /** TestOrchestratorRestartWindow: only what lies in the window counts. */
  @Test
  void attemptsBeforeTheWindowDoNotCount() {
    String failing = "restart: {delay: 1s, maxAttempts: 1, window: %s}, " + FAILS;

    assertThat(play(failing.formatted("1h"), waiting()).made("v1")).isEqualTo(Map.of(1, 2L, 2, 2L));
    assertThat(play(failing.formatted("2s"), waiting()).made("v1").values())
        .allMatch(made -> made > 3);
  }

  /** What the reader warns of: attempts are a delay apart, and so never fill such a window. */
  @Test
  void aWindowOfSoManyDelaysIsNeverFilled() {
    String failing = "restart: {delay: 1s, maxAttempts: 3, window: %s}, v1: {env: {%s}}";
    String atOnce = "APP_CRASH_AFTER_SECONDS: \"0\"";

    assertThat(play(failing.formatted("3s", atOnce), waiting()).made("v1").values())
        .allMatch(made -> made > 6);
    assertThat(play(failing.formatted("12s", atOnce), waiting()).made("v1").values())
        .allMatch(made -> made == 4);
  }

  /** Of a global service each node is a slot (global.go: reconcileServices). */
  @Test
  void ofAGlobalServiceANodeStaysEmptyUntilTheSpecChanges() {
    String global = "app: {mode: global, restart: {%s}, " + FAILS + "}\n";

    TwinCourse never =
        TwinCourse.play(
            folder,
            global.formatted("condition: none"),
            course -> {
              course.stage().hold(HALF_A_MINUTE);
              assertThat(course.tasks()).hasSize(3);
              update(course);
            });
    assertThat(never.tasks()).hasSize(6);
    assertThat(never.view().running("v2")).isPositive();

    TwinCourse once =
        TwinCourse.play(folder, global.formatted("delay: 0s, maxAttempts: 1"), waiting());
    assertThat(once.tasks()).hasSize(6);
  }

  /** TestTaskHistory: the living one is among the five. */
  @Test
  void aSlotKeepsFiveTasks() {
    List<Integer> kept = new ArrayList<>();

    play(
        "restart: {delay: 0s}, " + FAILS,
        course -> {
          for (int look = 0; look < 100; look++) {
            course.stage().hold(Duration.ofSeconds(1));
            if (inFirstSlot(course) > 5) {
              // A new one has just come: the reaper looks every quarter of a second.
              course.stage().hold(Duration.ofMillis(300));
            }
            kept.add(inFirstSlot(course));
          }
        });

    assertThat(kept).contains(4, 5).allMatch(tasks -> tasks <= 5);
  }

  private static int inFirstSlot(TwinCourse played) {
    return (int) played.view().tasks().stream().filter(task -> task.slot() == 1).count();
  }
}
