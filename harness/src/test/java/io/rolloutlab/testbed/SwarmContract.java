package io.rolloutlab.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.Event.TaskChange;
import io.rolloutlab.scenario.app.Reservation;
import io.rolloutlab.scenario.update.Order;
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
  void everyTaskHasAnAddressOfItsOwnWhichIsRecorded() {
    stage().create(Asked.service("addressed").replicas(2).spec());

    List<TaskView> tasks = swarm().view("addressed").tasks();

    assertThat(tasks)
        .extracting(TaskView::address)
        .doesNotHaveDuplicates()
        .allMatch(address -> address.matches("10\\.\\d+\\.\\d+\\.\\d+"));
    assertThat(
            bench()
                .recorded()
                .events(Event.TaskAddress.class)
                .filter(given -> given.service().equals("addressed"))
                .map(given -> given.task() + given.node() + given.version() + given.address()))
        .containsExactlyInAnyOrderElementsOf(
            tasks.stream()
                .map(task -> task.id() + task.node() + task.version() + task.address())
                .toList());
    assertThat(
            bench()
                .recorded()
                .events(Event.TaskContainer.class)
                .filter(given -> given.service().equals("addressed"))
                .map(given -> given.task() + given.node() + given.version() + given.container()))
        .as("by the name that it has for itself")
        .containsExactlyInAnyOrderElementsOf(
            tasks.stream()
                .map(
                    task ->
                        task.id()
                            + task.node()
                            + task.version()
                            + task.container().substring(0, 12))
                .toList());
    swarm().remove("addressed");
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

  /** swarmkit constraint.go: a node without the label has an empty one. */
  @Test
  void constraintsOnLabelsAreMetAsOthers() {
    stage().create(Asked.service("labelled").constraint("node.labels.zone == A").spec());
    stage().create(Asked.service("other-zone").constraint("node.labels.zone != a").spec());

    assertThat(swarm().view("labelled").tasks())
        .extracting(TaskView::node)
        .containsExactly("workerN1");
    assertThat(swarm().view("other-zone").tasks())
        .extracting(TaskView::node)
        .containsExactly("managerN");
    swarm().remove("labelled");
    swarm().remove("other-zone");
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

  /** swarmkit TestSchedulerMaxReplicas. */
  @Test
  void aNodeHasNoMoreTasksThanItMay() {
    swarm().create(Asked.service("limited").replicas(3).maxPerNode(1).spec());

    awaitOneWithoutPlace("limited", "no suitable node (max replicas per node limit exceed)");

    swarm().remove("limited");
  }

  /** swarmkit TestSchedulerHostPort. */
  @Test
  void aPortOfANodeIsTakenOnce() {
    swarm().create(Asked.service("ported").replicas(3).hostPort(5050).spec());

    awaitOneWithoutPlace("ported", "no suitable node (host-mode port already in use on 2 nodes)");

    swarm().remove("ported");
  }

  /** One task runs on each of the two nodes, a third one waits. */
  private void awaitOneWithoutPlace(String service, String sentence) {
    await(
        service,
        "two run, and the third says why it waits",
        view ->
            view.running("v1") == 2 && swarm().diagnosis(service).contains(sentence)
                ? Optional.empty()
                : Optional.of(swarm().diagnosis(service)));

    assertThat(swarm().view(service).tasks())
        .extracting(TaskView::node)
        .containsExactlyInAnyOrder("managerN", "workerN1", "");
  }

  /** What is told to stop counts no more, so the new task may be on a node beside the old one. */
  @Test
  void stopFirstGoesOnWhereNodesHaveAllTheTasksTheyMay() {
    Asked full = Asked.service("full").replicas(2).maxPerNode(1);
    stage().create(full.spec());

    swarm().update(full.version("v2").spec());
    awaitUpdate("full", "completed");

    assertThat(swarm().view("full").running("v2")).isEqualTo(2);
    swarm().remove("full");
  }

  /** The new task needs a place beside the old one, and Swarm tells nobody that there is none. */
  @Test
  void startFirstWaitsWhereNodesHaveAllTheTasksTheyMay() {
    Asked full = Asked.service("no-place").replicas(2).maxPerNode(1).order(Order.START_FIRST);
    stage().create(full.spec());

    swarm().update(full.version("v2").spec());
    await(
        "no-place",
        "a new task says why it waits",
        view ->
            swarm()
                    .diagnosis("no-place")
                    .contains("no suitable node (max replicas per node limit exceed)")
                ? Optional.empty()
                : Optional.of(swarm().diagnosis("no-place")));

    assertThat(swarm().view("no-place").updateState()).isEqualTo("updating");
    assertThat(swarm().view("no-place").running("v1")).isEqualTo(2);
    swarm().remove("no-place");
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

  /** swarmkit updater.go: without dirty slots there is no update, so nothing is ever "updating". */
  @Test
  void aServiceOfNoTasksTakesAnotherVersionAndComesBackWithIt() {
    Asked emptied = Asked.service("emptied").replicas(2);
    stage().create(emptied.spec());

    stage().scale(emptied.spec(), 0);

    assertThat(swarm().view("emptied").tasks()).allMatch(TaskView::ended);
    assertThat(swarm().progress("emptied")).isEqualTo(new Swarm.Progress(Map.of(), "", ""));
    ServiceSpec v2 = emptied.version("v2").spec();
    swarm().update(v2);
    stage().scale(v2, 2);

    assertThat(swarm().view("emptied").running("v2")).isEqualTo(2);
    assertThat(wanted(swarm().view("emptied")))
        .extracting(TaskView::version)
        .containsExactly("v2", "v2");
    assertThat(updateStates("emptied")).isEmpty();
    long firstOfV2 =
        Math.min(reached("emptied", "v2", 1, "running"), reached("emptied", "v2", 2, "running"));
    assertThat(changes("emptied"))
        .filteredOn(change -> change.version().equals("v1"))
        .as("all of v1 is over before v2 begins")
        .allMatch(change -> change.seenAtMillis() <= firstOfV2);
    swarm().remove("emptied");
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
