package io.rolloutlab.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.Event.TaskChange;
import io.rolloutlab.scenario.app.RestartPlan;
import io.rolloutlab.testbed.Swarm.TaskView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What {@link Nodes} promise of availability, whatever stands behind them (swarmkit's TestDrain and
 * TestScheduler; {@code filter.go}: ReadyFilter).
 */
public abstract class NodesContract extends SwarmWatch {
  private Nodes nodes() {
    return bench().testbed().nodes();
  }

  private static Asked onWorker(String name) {
    return Asked.service(name).constraint("node.role == worker");
  }

  @AfterEach
  void activate() {
    nodes().availability("workerN1", Availability.ACTIVE);
  }

  @Test
  void aPausedNodeKeepsWhatItHasAndGetsNothing() {
    stage().create(onWorker("kept").spec());
    String before = swarm().view("kept").tasks().get(0).id();

    nodes().availability("workerN1", Availability.PAUSE);
    assertThat(nodes().closed()).containsExactly("workerN1");
    swarm().create(onWorker("refused").spec());
    await(
        "refused",
        "it says why it waits",
        view ->
            swarm()
                    .diagnosis("refused")
                    .contains(
                        "no suitable node (1 node not available for new tasks;"
                            + " scheduling constraints not satisfied on 1 node)")
                ? Optional.empty()
                : Optional.of(swarm().diagnosis("refused")));

    assertThat(swarm().view("kept").tasks())
        .extracting(TaskView::id, TaskView::desired)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(before, "running"));

    nodes().availability("workerN1", Availability.ACTIVE);
    assertThat(nodes().closed()).isEmpty();
    stage().awaitRunning("refused", "v1", 1);
    swarm().remove("kept");
    swarm().remove("refused");
  }

  /** Without the restart delay, but not before the old task has ended (restart.go). */
  @Test
  void whatIsOnADrainedNodeIsReplacedElsewhereAndStaysThere() {
    RestartPlan late = new RestartPlan(null, PATIENCE.plusMinutes(1), null, null);
    stage().create(Asked.service("moved").replicas(2).restart(late).spec());

    nodes().availability("workerN1", Availability.DRAIN);
    await(
        "moved",
        "both run on the manager",
        view ->
            view.tasks().stream()
                        .filter(task -> task.state().equals("running"))
                        .filter(task -> task.node().equals("managerN"))
                        .count()
                    == 2
                ? Optional.empty()
                : Optional.of("" + view.tasks()));

    List<TaskChange> changes = changes("moved");
    TaskChange ended =
        changes.stream()
            .filter(change -> change.node().equals("workerN1"))
            .filter(change -> change.state().equals("shutdown"))
            .findFirst()
            .orElseThrow();
    assertThat(changes)
        .filteredOn(change -> change.slot() == ended.slot() && !change.task().equals(ended.task()))
        .filteredOn(change -> change.state().equals("running"))
        .isNotEmpty()
        .allMatch(change -> change.atMillis() >= ended.atMillis());

    nodes().availability("workerN1", Availability.ACTIVE);
    bench().testbed().timeline().pause(Duration.ofSeconds(2));
    assertThat(wanted(swarm().view("moved")))
        .extracting(TaskView::node)
        .containsExactly("managerN", "managerN");
    swarm().remove("moved");
  }

  /** As something does that happens during a rollout: whoever waits does not do it. */
  @Test
  void aNodeIsDrainedWhileSomebodyElseWaits() {
    stage().create(onWorker("emptied").spec());

    bench()
        .testbed()
        .timeline()
        .later(Duration.ofMillis(100), () -> nodes().availability("workerN1", Availability.DRAIN));
    await(
        "emptied",
        "its task has ended, and the next one has no node",
        view ->
            view.tasks().stream().anyMatch(task -> task.state().equals("shutdown"))
                    && view.tasks().stream().anyMatch(task -> task.state().equals("pending"))
                ? Optional.empty()
                : Optional.of("" + view.tasks()));
    swarm().remove("emptied");
  }

  @Test
  void aNodeThatIsNotThereCannotBeLost() {
    isRefused("workerN9", () -> nodes().lose("workerN9"));
  }

  @Test
  void aNodeThatIsNotThereIsRefused() {
    isRefused("workerN9", () -> nodes().availability("workerN9", Availability.DRAIN));
  }
}
