package io.rolloutlab.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.Event.TaskChange;
import io.rolloutlab.scenario.app.Reservation;
import io.rolloutlab.scenario.app.RestartPlan;
import io.rolloutlab.scenario.update.Order;
import io.rolloutlab.testbed.Swarm.TaskView;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a {@link Swarm} promises of global services, whatever stands behind it. */
public abstract class GlobalContract extends SwarmWatch {
  private static final List<String> NODES = List.of("managerN", "workerN1");

  /** When a task of a version on a node was first in a state, by Swarm's own clock. */
  private long reached(String service, String version, String node, String state) {
    return of(service, version, node)
        .filter(change -> change.state().equals(state))
        .mapToLong(TaskChange::atMillis)
        .min()
        .orElseThrow();
  }

  private java.util.stream.Stream<TaskChange> of(String service, String version, String node) {
    return changes(service).stream()
        .filter(change -> change.version().equals(version) && change.node().equals(node));
  }

  private List<String> inTurn(String service, String version) {
    return NODES.stream()
        .sorted(Comparator.comparing(node -> reached(service, version, node, "running")))
        .toList();
  }

  @Test
  void thereIsOneTaskOnEachNodeThatTheConstraintsAllow() {
    stage().create(Asked.service("everywhere").global(2).spec());
    stage().create(Asked.service("workers").global(1).constraint("node.role == worker").spec());

    assertThat(swarm().view("everywhere").tasks())
        .extracting(TaskView::node)
        .containsExactlyInAnyOrderElementsOf(NODES);
    assertThat(swarm().view("workers").tasks())
        .extracting(TaskView::node)
        .containsExactly("workerN1");
    assertThat(swarm().view("everywhere").tasks()).allMatch(task -> task.slot() == 0);
    assertThat(swarm().view("everywhere").running("v1")).isEqualTo(2);
    assertThat(changes("workers"))
        .isNotEmpty()
        .allMatch(change -> change.node().equals("workerN1"));
    swarm().remove("everywhere");
    swarm().remove("workers");
  }

  @Test
  void itCannotBeScaled() {
    stage().create(Asked.service("unscaled").global(2).spec());

    isRefused("unscaled", () -> swarm().scale("unscaled", 3));

    assertThat(swarm().view("unscaled").running("v1")).isEqualTo(2);
    swarm().remove("unscaled");
  }

  @Test
  void anUpdateGoesNodeByNode() {
    Duration delay = Duration.ofSeconds(2);
    stage().create(Asked.service("by-node").global(2).spec());

    swarm().update(Asked.service("by-node").version("v2").global(2).spec());
    awaitUpdate("by-node", "completed");
    assertThat(swarm().view("by-node").running("v2")).isEqualTo(2);
    swarm().remove("by-node");

    stage().create(Asked.service("in-turn").global(2).oneByOne(delay).spec());
    swarm().update(Asked.service("in-turn").version("v2").global(2).oneByOne(delay).spec());
    awaitUpdate("in-turn", "completed");

    List<String> turns = inTurn("in-turn", "v2");
    long first = reached("in-turn", "v2", turns.get(0), "running");
    long second = of("in-turn", "v2", turns.get(1)).mapToLong(TaskChange::atMillis).min().orElse(0);
    assertThat(second - first).isGreaterThanOrEqualTo(delay.toMillis());
    for (String node : NODES) {
      assertThat(reached("in-turn", "v1", node, "shutdown"))
          .isLessThanOrEqualTo(reached("in-turn", "v2", node, "running"));
    }
    assertThat(updateStates("in-turn")).containsExactly("updating", "completed");
    swarm().remove("in-turn");
  }

  @Test
  void startFirstHasBothTasksOnTheNode() {
    stage().create(Asked.service("both").global(2).order(Order.START_FIRST).spec());

    swarm().update(Asked.service("both").version("v2").global(2).order(Order.START_FIRST).spec());
    awaitUpdate("both", "completed");
    await(
        "both",
        "the old tasks have ended",
        view ->
            view.tasks().stream().filter(task -> task.state().equals("shutdown")).count() == 2
                ? Optional.empty()
                : Optional.of("" + view.tasks()));

    for (String node : NODES) {
      assertThat(reached("both", "v2", node, "running"))
          .isLessThan(reached("both", "v1", node, "shutdown"));
    }
    swarm().remove("both");
  }

  @Test
  void aTaskThatFailsIsReplacedOnItsNode() {
    swarm()
        .create(
            Asked.service("failing")
                .global(2)
                .env("APP_SPEED", "11")
                .restart(new RestartPlan(null, Duration.ofSeconds(1), null, null))
                .spec());

    await(
        "failing",
        "a task has failed twice on each node",
        view ->
            NODES.stream()
                    .allMatch(
                        node ->
                            view.tasks().stream()
                                    .filter(task -> task.node().equals(node))
                                    .filter(task -> task.state().equals("failed"))
                                    .count()
                                >= 2)
                ? Optional.empty()
                : Optional.of("" + view.tasks()));

    assertThat(swarm().view("failing").tasks())
        .filteredOn(task -> List.of("ready", "running").contains(task.desired()))
        .hasSizeLessThanOrEqualTo(2);
    assertThat(bench().recorded().events(Event.Fault.class).map(Event.Fault::detail))
        .filteredOn(detail -> detail.startsWith("failing."))
        .anyMatch(detail -> detail.startsWith("failing.managerN (v1): "))
        .anyMatch(detail -> detail.startsWith("failing.workerN1 (v1): "));
    swarm().remove("failing");
  }

  private void worker(Availability its) {
    bench().testbed().nodes().availability("workerN1", its);
  }

  private List<String> wantedOn(String service) {
    return swarm().view(service).tasks().stream()
        .filter(task -> List.of("ready", "running").contains(task.desired()))
        .map(TaskView::node)
        .sorted()
        .toList();
  }

  /** swarmkit global_test.go: TestNodeAvailability, its first half. */
  @Test
  void aDrainedNodeLosesItsTaskUntilItIsActiveAgain() {
    stage().create(Asked.service("drained").global(2).spec());
    try {
      worker(Availability.DRAIN);
      awaitTask("drained", "shutdown");
      assertThat(wantedOn("drained")).containsExactly("managerN");

      swarm().update(Asked.service("drained").version("v2").global(2).spec());
      awaitUpdate("drained", "completed");
      assertThat(wantedOn("drained")).containsExactly("managerN");
    } finally {
      worker(Availability.ACTIVE);
    }
    await(
        "drained",
        "both nodes run v2",
        view -> view.running("v2") == 2 ? Optional.empty() : Optional.of("" + view.tasks()));

    assertThat(wantedOn("drained")).isEqualTo(NODES);
    swarm().remove("drained");
  }

  /** And the manager knows it: it is not wanted any more. */
  private static boolean failedOnTheWorker(TaskView task) {
    return task.node().equals("workerN1")
        && task.state().equals("failed")
        && task.desired().equals("shutdown");
  }

  /** Its second half: what ends on a paused node does not come back. */
  @Test
  void aPausedNodeKeepsItsTaskButGetsNoOther() {
    Duration delay = Duration.ofSeconds(1);
    stage()
        .create(
            Asked.service("paused")
                .global(2)
                .env("APP_CRASH_AFTER_SECONDS", "4")
                .restart(new RestartPlan(null, delay, null, null))
                .spec());
    try {
      worker(Availability.PAUSE);
      assertThat(wantedOn("paused")).isEqualTo(NODES);
      await(
          "paused",
          "the task on the other node has been replaced, and both have failed",
          view ->
              of("paused", "v1", "managerN").map(TaskChange::task).distinct().count() > 1
                      && view.tasks().stream().anyMatch(GlobalContract::failedOnTheWorker)
                  ? Optional.empty()
                  : Optional.of("" + view.tasks()));
      assertThat(wantedOn("paused")).doesNotContain("workerN1");
    } finally {
      worker(Availability.ACTIVE);
    }
    await(
        "paused",
        "the worker has a task again",
        view ->
            wantedOn("paused").contains("workerN1") ? Optional.empty() : Optional.of("it has not"));
    swarm().remove("paused");
  }

  /** swarmkit scheduler.go, taskFitNode: there is one node to be looked at, and it is named. */
  @Test
  void aTaskWithoutRoomWaitsForItsNodeAndSaysSo() {
    swarm()
        .create(Asked.service("roomless").global(2).reserve(new Reservation(1000.0, null)).spec());

    await(
        "roomless",
        "both say why they wait",
        view ->
            swarm().diagnosis("roomless").lines().count() == 2
                    && swarm()
                        .diagnosis("roomless")
                        .lines()
                        .allMatch(line -> line.contains(": insufficient resources on 1 node"))
                ? Optional.empty()
                : Optional.of(swarm().diagnosis("roomless")));

    assertThat(swarm().diagnosis("roomless"))
        .contains("roomless.managerN (v1) is pending", "roomless.workerN1 (v1) is pending");
    swarm().remove("roomless");
  }
}
