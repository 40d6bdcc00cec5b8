package io.rolloutlab.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.history.Event.TaskChange;
import io.rolloutlab.scenario.Order;
import io.rolloutlab.scenario.Reservation;
import io.rolloutlab.testbed.Swarm.ServiceView;
import io.rolloutlab.testbed.Swarm.TaskView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a {@link Swarm} promises, whatever stands behind it. */
public abstract class SwarmContract extends SwarmWatch {
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

  /** swarmkit filter.go: it is what is reserved that counts, not what is used. */
  @Test
  void aTaskThatReservesMoreThanAnyNodeHasWaitsAndSaysSo() {
    swarm().create(Asked.service("greedy").reserve(new Reservation(1000.0, null)).spec());

    await(
        "greedy",
        "it says why it waits",
        view ->
            swarm()
                    .diagnosis("greedy")
                    .contains("no suitable node (insufficient resources on 2 nodes)")
                ? Optional.empty()
                : Optional.of(swarm().diagnosis("greedy")));

    assertThat(swarm().view("greedy").tasks().get(0).state()).isEqualTo("pending");
    swarm().remove("greedy");
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
}
