package io.rolloutlab.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.Event.TaskChange;
import io.rolloutlab.scenario.app.RestartPlan;
import io.rolloutlab.testbed.Swarm.TaskView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a {@link Swarm} promises of tasks that fail, whatever stands behind it. */
public abstract class TroubleContract extends SwarmWatch {
  /** Longer than it takes to see another task that comes at once. */
  private static final Duration QUIET = Duration.ofSeconds(3);

  @Test
  void aTaskThatFailsIsReplacedInItsSlotAfterTheDelay() {
    Duration delay = Duration.ofSeconds(1);
    swarm()
        .create(
            Asked.service("crashing")
                .env("APP_SPEED", "11")
                .restart(after(RestartPlan.Condition.ANY, delay, null))
                .spec());
    await(
        "crashing",
        "two tasks have failed",
        view ->
            view.tasks().stream().filter(task -> task.state().equals("failed")).count() >= 2
                ? Optional.empty()
                : Optional.of("" + view.tasks()));

    Map<String, List<TaskChange>> byTask =
        changes("crashing").stream()
            .collect(
                Collectors.groupingBy(
                    TaskChange::task, java.util.LinkedHashMap::new, Collectors.toList()));
    List<List<TaskChange>> tasks = List.copyOf(byTask.values());
    assertThat(changes("crashing")).allMatch(change -> change.slot() == 1);
    assertThat(at(tasks.get(1), "running") - at(tasks.get(0), "failed"))
        .isGreaterThanOrEqualTo(delay.toMillis());
    assertThat(bench().recorded().events(Event.Fault.class))
        .filteredOn(fault -> fault.detail().startsWith("crashing.1"))
        .isNotEmpty()
        .allMatch(fault -> fault.what().equals("task failed") && !fault.spoils());
    swarm().remove("crashing");
  }

  private static RestartPlan after(
      RestartPlan.Condition condition, Duration delay, Integer maxAttempts) {
    return new RestartPlan(condition, delay, maxAttempts, null);
  }

  /** A rollback fills the slot that an update has left empty (swarmkit restart.go). */
  @Test
  void underNoneATaskThatFailsLeavesItsSlotEmptyUntilTheRollback() {
    RestartPlan none = after(RestartPlan.Condition.NONE, Duration.ZERO, null);
    stage().create(Asked.service("once").restart(none).spec());

    swarm().update(Asked.service("once").version("v2").env("APP_SPEED", "11").restart(none).spec());
    awaitTask("once", "failed");
    await(
        "once",
        "the update has ended",
        view ->
            view.updateState().equals("updating") || view.updateState().isEmpty()
                ? Optional.of("it is \"%s\"".formatted(view.updateState()))
                : Optional.empty());
    stage().hold(QUIET);

    assertThat(swarm().view("once").tasks())
        .extracting(TaskView::version, TaskView::state, TaskView::desired)
        .containsExactlyInAnyOrder(
            tuple("v1", "shutdown", "shutdown"), tuple("v2", "failed", "shutdown"));
    swarm().rollBack("once");
    await(
        "once",
        "v1 runs",
        view -> view.running("v1") == 1 ? Optional.empty() : Optional.of("" + view.tasks()));
    swarm().remove("once");
  }

  @Test
  void aSlotGetsItsFirstTaskAndSoManyAttempts() {
    RestartPlan twice = after(RestartPlan.Condition.ANY, Duration.ZERO, 1);
    swarm().create(Asked.service("twice").env("APP_SPEED", "11").restart(twice).spec());
    await(
        "twice",
        "two tasks have failed",
        view ->
            view.tasks().stream().filter(task -> task.state().equals("failed")).count() == 2
                ? Optional.empty()
                : Optional.of("" + view.tasks()));

    stage().hold(QUIET);

    assertThat(changes("twice").stream().map(TaskChange::task).distinct()).hasSize(2);
    assertThat(wanted(swarm().view("twice"))).isEmpty();
    swarm().remove("twice");
  }

  /** Its health check gives it up, but it ends with exit code 0: that is no failure to Swarm. */
  @Test
  void underOnFailureATaskThatEndsInOrderIsNotReplaced() {
    RestartPlan onFailure = after(RestartPlan.Condition.ON_FAILURE, Duration.ZERO, null);
    swarm().create(neverHealthy("orderly").restart(onFailure).spec());
    awaitTask("orderly", "complete");

    stage().hold(QUIET);

    assertThat(changes("orderly").stream().map(TaskChange::task).distinct()).hasSize(1);
    assertThat(wanted(swarm().view("orderly"))).isEmpty();
    swarm().remove("orderly");
  }

  /** swarmkit task_reaper.go: the one that lives is among them. */
  @Test
  void aSlotKeepsFiveTasks() {
    RestartPlan atOnce = after(RestartPlan.Condition.ANY, Duration.ZERO, null);
    swarm().create(Asked.service("history").env("APP_SPEED", "11").restart(atOnce).spec());
    await(
        "history",
        "seven tasks were made",
        view -> {
          long made = changes("history").stream().map(TaskChange::task).distinct().count();
          return made >= 7 ? Optional.empty() : Optional.of(made + " were");
        });

    await(
        "history",
        "five are left",
        view ->
            view.tasks().size() == 5
                ? Optional.empty()
                : Optional.of(view.tasks().size() + " are"));
    swarm().remove("history");
  }

  private static long at(List<TaskChange> changes, String state) {
    return changes.stream()
        .filter(change -> change.state().equals(state))
        .findFirst()
        .orElseThrow()
        .atMillis();
  }

  /** docker/app ends with exit code 2 and a sentence when it does not know a variable. */
  @Test
  void theDiagnosisNamesTheTroubleOfTheTasksInTheirOwnWords() {
    swarm().create(Asked.service("refusing").env("APP_SPEED", "11").spec());
    awaitTask("refusing", "failed");

    assertThat(swarm().diagnosis("refusing"))
        .contains("refusing.1 (v1)")
        .contains("non-zero exit (2)")
        .contains("bad knob: unknown: APP_SPEED");
    swarm().remove("refusing");
  }

  @Test
  void theDiagnosisOfAServiceWithoutTroubleIsEmpty() {
    stage().create(Asked.service("well").spec());

    assertThat(swarm().diagnosis("well")).isEmpty();
    swarm().remove("well");
  }

  @Test
  void withAHealthCheckATaskRunsWhenItIsHealthy() {
    stage()
        .create(
            Asked.service("checked")
                .env("APP_START_DELAY_SECONDS", "2")
                .healthCheckEvery(Duration.ofSeconds(1))
                .spec());

    assertThat(reached("checked", "v1", 1, "running") - reached("checked", "v1", 1, "starting"))
        .isGreaterThanOrEqualTo(2000);
    swarm().remove("checked");
  }

  /** Swarm goes by the exit code: who stops in order has "finished". */
  @Test
  void aTaskThatIsNeverHealthyIsStoppedAndSaysWhy() {
    swarm().create(neverHealthy("ill").spec());
    awaitTask("ill", "complete");

    assertThat(swarm().diagnosis("ill")).contains("is complete").contains("unhealthy");
    assertThat(changes("ill")).noneMatch(change -> change.state().equals("running"));
    swarm().remove("ill");
  }

  @Test
  void aTaskThatIsNeverHealthyAndMustBeKilledHasFailed() {
    swarm()
        .create(
            neverHealthy("stubborn")
                .env("APP_IGNORE_SIGTERM", "true")
                .stopGrace(Duration.ofSeconds(1))
                .spec());
    awaitTask("stubborn", "failed");

    assertThat(swarm().diagnosis("stubborn"))
        .contains("task: non-zero exit (137): dockerexec: unhealthy container");
    swarm().remove("stubborn");
  }

  /**
   * What is told to stop while it starts has nothing to finish, nor time to wait for: it is gone
   * well before its grace, and Swarm waits 2 s before the stop signal, and takes up a second later
   * what it interrupts.
   */
  @Test
  void aTaskThatIsToldToStopBeforeItListensEndsAtOnce() {
    Duration grace = Duration.ofSeconds(25);
    stage()
        .create(
            Asked.service("early")
                .env("APP_START_DELAY_SECONDS", "60")
                .env("APP_STOP_DELAY_SECONDS", "20")
                .stopGrace(grace)
                .spec());

    swarm().update(Asked.service("early").version("v2").stopGrace(grace).spec());
    awaitUpdate("early", "completed");

    List<TaskChange> old =
        changes("early").stream().filter(change -> change.version().equals("v1")).toList();
    long told =
        old.stream()
            .filter(change -> change.desired().equals("shutdown"))
            .mapToLong(TaskChange::seenAtMillis)
            .min()
            .orElseThrow();
    assertThat(reached("early", "v1", 1, "shutdown") - told).isLessThan(12_000);
    assertThat(old).noneMatch(change -> change.message().contains("137"));
    swarm().remove("early");
  }

  private static Asked neverHealthy(String name) {
    return Asked.service(name)
        .env("APP_NEVER_HEALTHY", "true")
        .healthCheckEvery(Duration.ofMillis(500));
  }
}
