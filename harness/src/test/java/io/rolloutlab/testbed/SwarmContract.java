package io.rolloutlab.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.Event.TaskChange;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.Order;
import io.rolloutlab.testbed.Swarm.ServiceView;
import io.rolloutlab.testbed.Swarm.TaskView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a {@link Swarm} promises, whatever stands behind it. */
public abstract class SwarmContract {
  private static final Duration PATIENCE = Bench.SCENARIO.app().startLimit();

  protected abstract Bench bench();

  private Swarm swarm() {
    return bench().testbed().swarm();
  }

  private Stage stage() {
    return bench().stage();
  }

  private static List<TaskView> wanted(ServiceView view) {
    return view.tasks().stream().filter(task -> task.desired().equals("running")).toList();
  }

  private List<TaskChange> changes(String service) {
    return bench()
        .recorded()
        .events(TaskChange.class)
        .filter(change -> change.service().equals(service))
        .toList();
  }

  /** When a task of a version was first in a state, by Swarm's own clock. */
  private long reached(String service, String version, int slot, String state) {
    return changes(service).stream()
        .filter(change -> change.version().equals(version) && change.slot() == slot)
        .filter(change -> change.state().equals(state))
        .mapToLong(TaskChange::atMillis)
        .min()
        .orElseThrow();
  }

  private List<String> updateStates(String service) {
    return bench()
        .recorded()
        .events(Event.UpdateChange.class)
        .filter(change -> change.service().equals(service))
        .map(Event.UpdateChange::state)
        .toList();
  }

  private void awaitUpdate(String service, String state) {
    await(
        service,
        "the update is " + state,
        view ->
            view.updateState().equals(state)
                ? Optional.empty()
                : Optional.of("it is \"%s\"".formatted(view.updateState())));
  }

  private void await(String service, String what, Function<ServiceView, Optional<String>> missing) {
    stage().awaitService(service, what, PATIENCE, progress -> missing.apply(swarm().view(service)));
  }

  private static void isRefused(String service, ThrowingCallable order) {
    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(order)
        .withMessageContaining(service);
  }

  @Test
  void aServiceIsMadeOfOneWantedTaskASlot() {
    stage().create(Asked.service("slots").replicas(3).spec());

    ServiceView view = swarm().view("slots");

    assertThat(view.running("v1")).isEqualTo(3);
    assertThat(view.running("v2")).isZero();
    assertThat(view.updateState()).isEmpty();
    assertThat(swarm().progress("slots")).isEqualTo(new Swarm.Progress(Map.of("v1", 3L), "", ""));
    assertThat(view.tasks())
        .extracting(TaskView::slot, TaskView::service, TaskView::state, TaskView::desired)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(1, "slots", "running", "running"),
            org.assertj.core.groups.Tuple.tuple(2, "slots", "running", "running"),
            org.assertj.core.groups.Tuple.tuple(3, "slots", "running", "running"));
    assertThat(view.tasks()).extracting(TaskView::container).doesNotHaveDuplicates();
    assertThat(view.tasks()).extracting(TaskView::id).doesNotHaveDuplicates();
    swarm().remove("slots");
  }

  @Test
  void tasksGoWhereTheConstraintsLetThem() {
    stage()
        .create(Asked.service("placed").replicas(2).constraint("node.hostname != managerN").spec());

    assertThat(swarm().view("placed").tasks())
        .extracting(TaskView::node)
        .containsExactly("workerN1", "workerN1");
    swarm().remove("placed");
  }

  @Test
  void withoutConstraintsTheyAreSpread() {
    stage().create(Asked.service("spread").replicas(2).spec());

    assertThat(swarm().view("spread").tasks())
        .extracting(TaskView::node)
        .containsExactlyInAnyOrder("managerN", "workerN1");
    swarm().remove("spread");
  }

  /** swarmkit scheduler.go: it waits without limit, and says why. */
  @Test
  void aTaskThatFitsNowhereWaitsAndSaysSo() {
    swarm().create(Asked.service("homeless").constraint("node.hostname == workerN9").spec());

    await(
        "homeless",
        "it says why it waits",
        view ->
            swarm().diagnosis("homeless").contains("no suitable node")
                ? Optional.empty()
                : Optional.of(swarm().diagnosis("homeless")));

    TaskView task = swarm().view("homeless").tasks().get(0);
    assertThat(task.state()).isEqualTo("pending");
    assertThat(task.node()).isEmpty();
    swarm().remove("homeless");
  }

  @Test
  void aNameThatIsTakenIsRefusedAndItsOwnerStays() {
    stage().create(Asked.service("taken").spec());
    ServiceView before = swarm().view("taken");

    isRefused("taken", () -> swarm().create(Asked.service("taken").version("v2").spec()));

    assertThat(swarm().view("taken")).isEqualTo(before);
    swarm().remove("taken");
  }

  @Test
  void ordersToNobodyAreRefused() {
    ServiceSpec nobody = Asked.service("nobody").spec();

    isRefused("nobody", () -> swarm().update(nobody));
    isRefused("nobody", () -> swarm().rollBack("nobody"));
    isRefused("nobody", () -> swarm().scale("nobody", 2));
    isRefused("nobody", () -> swarm().remove("nobody"));
    assertThat(swarm().view("nobody")).isEqualTo(new ServiceView(List.of(), "", ""));
    assertThat(swarm().diagnosis("nobody")).isEmpty();
  }

  @Test
  void stopFirstNeverHasTwoTasksOfASlotRunning() {
    stage().create(Asked.service("stop-first").replicas(2).spec());

    swarm().update(Asked.service("stop-first").version("v2").replicas(2).spec());
    awaitUpdate("stop-first", "completed");

    assertThat(swarm().view("stop-first").running("v2")).isEqualTo(2);
    assertThat(wanted(swarm().view("stop-first")))
        .extracting(TaskView::version)
        .containsExactly("v2", "v2");
    for (int slot = 1; slot <= 2; slot++) {
      assertThat(reached("stop-first", "v1", slot, "shutdown"))
          .isLessThanOrEqualTo(reached("stop-first", "v2", slot, "running"));
    }
    assertThat(updateStates("stop-first")).containsExactly("updating", "completed");
    swarm().remove("stop-first");
  }

  @Test
  void startFirstStopsTheOldTaskOnceTheNewOneRuns() {
    stage().create(Asked.service("start-first").order(Order.START_FIRST).spec());

    swarm().update(Asked.service("start-first").version("v2").spec());
    awaitUpdate("start-first", "completed");
    await(
        "start-first",
        "the old task has ended",
        view ->
            view.tasks().stream().anyMatch(task -> task.state().equals("shutdown"))
                ? Optional.empty()
                : Optional.of("it runs on"));

    assertThat(reached("start-first", "v2", 1, "running"))
        .isLessThan(reached("start-first", "v1", 1, "shutdown"));
    assertThat(changes("start-first"))
        .as("the new task ran before the old one was told to stop")
        .filteredOn(change -> change.version().equals("v1") && change.desired().equals("shutdown"))
        .isNotEmpty()
        .allMatch(change -> change.seenAtMillis() >= reached("start-first", "v2", 1, "running"));
    swarm().remove("start-first");
  }

  @Test
  void aRollbackBringsThePreviousVersionBackAndASecondOneTakesItBack() {
    stage().create(Asked.service("back").order(Order.START_FIRST).spec());
    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(() -> swarm().rollBack("back"))
        .withMessageContaining("back")
        .withMessageContaining("previous spec");
    swarm().update(Asked.service("back").version("v2").spec());
    awaitUpdate("back", "completed");

    swarm().rollBack("back");
    awaitUpdate("back", "rollback_completed");

    assertThat(swarm().view("back").running("v1")).isEqualTo(1);
    assertThat(wanted(swarm().view("back"))).extracting(TaskView::version).containsExactly("v1");
    assertThat(updateStates("back"))
        .containsExactly("updating", "completed", "rollback_started", "rollback_completed");

    swarm().rollBack("back");
    await(
        "back",
        "the rollback is taken back",
        view -> view.running("v2") == 1 ? Optional.empty() : Optional.of("v2 does not run yet"));
    swarm().remove("back");
  }

  @Test
  void scalingUpAddsTasksAndDownTakesSomeAway() {
    stage().create(Asked.service("scaled").spec());
    String first = swarm().view("scaled").tasks().get(0).id();

    stage().scale(Asked.service("scaled").spec(), 3);

    assertThat(wanted(swarm().view("scaled")))
        .extracting(TaskView::slot)
        .containsExactlyInAnyOrder(1, 2, 3);
    assertThat(wanted(swarm().view("scaled"))).extracting(TaskView::id).contains(first);

    swarm().scale("scaled", 1);
    await(
        "scaled",
        "one task is left",
        view -> view.tasks().size() == 1 ? Optional.empty() : Optional.of("" + view.tasks()));

    assertThat(swarm().view("scaled").running("v1")).isEqualTo(1);
    assertThat(swarm().view("scaled").updateState()).as("scaling is no update").isEmpty();
    swarm().remove("scaled");
  }

  @Test
  void aServiceThatIsRemovedIsGoneAtOnceAndItsTasksAreTakenAway() {
    stage().create(Asked.service("gone").replicas(2).spec());
    Set<String> ids =
        swarm().view("gone").tasks().stream().map(TaskView::id).collect(Collectors.toSet());

    swarm().remove("gone");

    assertThat(swarm().view("gone")).isEqualTo(new ServiceView(List.of(), "", ""));
    bench()
        .testbed()
        .timeline()
        .await(
            "both tasks are to be removed",
            () -> ids.equals(toBeRemoved("gone")) ? Optional.empty() : Optional.of("not yet"),
            PATIENCE);
    stage().create(Asked.service("gone").version("v2").spec());
    assertThat(swarm().view("gone").running("v2")).isEqualTo(1);
    swarm().remove("gone");
  }

  private Set<String> toBeRemoved(String service) {
    return changes(service).stream()
        .filter(change -> change.desired().equals("remove"))
        .map(TaskChange::task)
        .collect(Collectors.toSet());
  }

  @Test
  void aTaskThatFailsIsReplacedInItsSlotAfterTheDelay() {
    Duration delay = Duration.ofSeconds(1);
    swarm().create(Asked.service("crashing").env("APP_SPEED", "11").restartDelay(delay).spec());
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

  private static Asked neverHealthy(String name) {
    return Asked.service(name)
        .env("APP_NEVER_HEALTHY", "true")
        .healthCheckEvery(Duration.ofMillis(500));
  }

  private void awaitTask(String service, String state) {
    await(
        service,
        "a task is " + state,
        view ->
            view.tasks().stream().anyMatch(task -> task.state().equals(state))
                ? Optional.empty()
                : Optional.of("none is"));
  }
}
