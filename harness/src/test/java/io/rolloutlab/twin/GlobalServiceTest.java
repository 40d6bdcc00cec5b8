package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.run.UpdateOutcome;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Event.TaskChange;
import io.rolloutlab.scenario.update.UpdateEnd;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The facts of swarmkit's global_test.go (the tests' names stand beside them) and of what its
 * updater and scheduler do to a global service, seen from outside. Nodes that join, and managers
 * that start, are nothing that a scenario can ask for.
 */
class GlobalServiceTest {
  private static final String LOAD =
      "load: {ratePerSecond: 10, warmUp: 2s, coolDown: 1s, requestTimeout: 2s}";

  private static final List<String> NODES = List.of("managerN", "workerN1", "workerN2");

  @TempDir Path folder;

  private TwinRun run(int seed, String... lines) {
    String[] all = new String[lines.length + 2];
    all[0] = "seed: " + seed;
    all[1] = LOAD;
    System.arraycopy(lines, 0, all, 2, lines.length);
    return TwinRun.of(folder.resolve("seed-" + seed), all);
  }

  private TwinRun rolling(int seed, String update) {
    return run(
        seed,
        "strategy: rolling",
        "app: {mode: global}",
        "rolling: {hold: 2s, update: {%s}, rollback: {%s}}".formatted(update, update));
  }

  private static TaskChange on(TwinRun run, String version, String node) {
    return run.started(version).stream()
        .filter(task -> task.node().equals(node))
        .findFirst()
        .orElseThrow();
  }

  private static UpdateOutcome outcome(TwinRun run) {
    return run.findings().outcomes().known().orElseThrow().get(0);
  }

  /** TestSetup: a task knows its node from the beginning. */
  @Test
  void eachNodeThatTheConstraintsAllowHasOneTask() {
    TwinRun run = run(1, "strategy: baseline", "baseline: {hold: 2s}", "app: {mode: global}");

    assertThat(run.started("v1"))
        .extracting(TaskChange::node)
        .containsExactlyInAnyOrderElementsOf(NODES);
    assertThat(run.tasks()).allMatch(task -> task.slot() == 0 && NODES.contains(task.node()));
    assertThat(run.tasks())
        .filteredOn(task -> task.state().equals("assigned"))
        .extracting(TaskChange::message)
        .contains("scheduler confirmed task can run on preassigned node");
    assertThat(run.findings().tasks().known().orElseThrow().replicas()).isEqualTo(3);
    assertThat(run.history().manifest().scenario().app().replicas()).isNull();
  }

  /** TestAddService, TestDeleteService. */
  @Test
  void aSecondServiceHasItsOwnTaskOnEachNodeAndTheFirstOnesGo() {
    TwinRun run =
        run(1, "strategy: blue-green", "blueGreen: {keepBlue: 2s}", "app: {mode: global}");

    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(Event.End.COMPLETED);
    assertThat(run.started("v2"))
        .allMatch(task -> task.service().equals("green-pyapp"))
        .extracting(TaskChange::node)
        .containsExactlyInAnyOrderElementsOf(NODES);
    for (TaskChange blue : run.started("v1")) {
      assertThat(run.changes(blue.task())).anyMatch(change -> change.desired().equals("remove"));
    }
    assertThat(run.findings().tasks().known().orElseThrow().peak()).isEqualTo(6);
    assertThat(run.failed()).isZero();
  }

  /** TestNodeState: what was wanted on a node that is down is wanted nowhere else. */
  @Test
  void aNodeThatIsDownTakesItsTaskWithIt() {
    TwinRun run =
        run(
            1,
            "strategy: baseline",
            "baseline: {hold: 40s}",
            "cluster: {loses: {node: workerN1, after: 2s}}",
            "app: {mode: global}");

    String old = on(run, "v1", "workerN1").task();
    long lost = run.history().events(Event.Happened.class).findFirst().orElseThrow().atMillis();
    assertThat(run.toldToStop(old) - lost).isBetween(9_000L, 16_600L);
    assertThat(run.tasks())
        .extracting(TaskChange::task)
        .containsOnly(run.started("v1").stream().map(TaskChange::task).toArray(String[]::new));
    assertThat(run.started("v1")).hasSize(3);
  }

  /** TestTaskFailure: it comes back on its own node, after the delay. */
  @Test
  void aTaskThatFailsComesBackOnItsNode() {
    TwinRun run =
        run(
            1,
            "strategy: baseline",
            "baseline: {hold: 60s}",
            "app: {mode: global, restart: {delay: 2s}, v1: {env: {APP_CRASH_AFTER_SECONDS: \"4\"}}}");

    for (String node : NODES) {
      List<String> there =
          run.started("v1").stream()
              .filter(task -> task.node().equals(node))
              .map(TaskChange::task)
              .toList();
      // Seven seconds each: more than the five failures from which on a node would be shunned.
      assertThat(there).as(node).hasSizeGreaterThan(6);
      for (int i = 1; i < there.size(); i++) {
        assertThat(run.toldToRun(there.get(i)) - run.toldToStop(there.get(i - 1))).isEqualTo(2000);
      }
    }
    assertThat(run.findings().journal().faults())
        .anyMatch(fault -> fault.detail().startsWith("pyapp.workerN2 (v1): task: non-zero exit"));
  }

  @Test
  void anUpdateGoesNodeByNodeAndSoDoesTheWayBack() {
    TwinRun run = rolling(1, "parallelism: 1, delay: 3s");

    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(Event.End.COMPLETED);
    assertThat(run.updates())
        .containsExactly("updating", "completed", "rollback_started", "rollback_completed");
    List<TaskChange> fresh = run.started("v2");
    assertThat(fresh).extracting(TaskChange::node).containsExactlyInAnyOrderElementsOf(NODES);
    for (int i = 1; i < fresh.size(); i++) {
      long before = fresh.get(i - 1).seenAtMillis();
      assertThat(run.reached(fresh.get(i).task(), "new") - before).isBetween(3000L, 3010L);
    }
    for (TaskChange task : fresh) {
      assertThat(run.reached(on(run, "v1", task.node()).task(), "shutdown"))
          .isLessThanOrEqualTo(run.reached(task.task(), "running"));
    }
    assertThat(run.started("v1")).hasSize(6);
    assertThat(run.findings().violations().known().orElseThrow()).isEmpty();
  }

  @Test
  void startFirstHasBothTasksOnTheNode() {
    TwinRun run = rolling(1, "parallelism: 0, delay: 0s, order: start-first");

    for (String node : NODES) {
      assertThat(run.reached(on(run, "v2", node).task(), "running"))
          .isLessThanOrEqualTo(run.toldToStop(on(run, "v1", node).task()));
    }
    assertThat(run.findings().tasks().known().orElseThrow().peak()).isEqualTo(6);
    assertThat(run.findings().violations().known().orElseThrow()).isEmpty();
  }

  /** TestPreassignedTasks' other side: its one node has no room, and no other will do. */
  @Test
  void startFirstHangsWhereANodeHasNoRoomForTwo() {
    TwinRun run =
        run(
            1,
            "strategy: rolling",
            "app: {mode: global, reserve: {cpus: 1.2}}",
            "rolling: {limit: 30s, hold: 0s, update: {delay: 0s, order: start-first}}");

    assertThat(outcome(run).end()).isEqualTo(UpdateEnd.NEVER_ENDED);
    assertThat(outcome(run).message())
        .contains("(v2) is pending", ": insufficient resources on 1 node")
        .doesNotContain("no suitable node");
    assertThat(run.failed()).isZero();
    // Told to stop, it goes on waiting for its node: nobody else gives it up.
    assertThat(run.tasks())
        .filteredOn(task -> task.version().equals("v2"))
        .last()
        .matches(task -> task.state().equals("pending") && task.desired().equals("shutdown"));
  }

  @Test
  void stopFirstGoesOnWhenTheOldTaskHasMadeRoom() {
    TwinRun run =
        run(
            1,
            "strategy: rolling",
            "app: {mode: global, reserve: {cpus: 1.2}}",
            "rolling: {hold: 0s, update: {delay: 0s}}");

    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(Event.End.COMPLETED);
    for (String node : NODES) {
      assertThat(run.reached(on(run, "v2", node).task(), "assigned"))
          .isGreaterThanOrEqualTo(run.reached(on(run, "v1", node).task(), "shutdown"));
    }
  }

  /**
   * TestNodeState, its second half: an update brings nothing to a node that is down, if stop-first
   * comes to it late enough; a task that was given to the node before hangs the update.
   */
  @Test
  void stopFirstPassesByANodeThatIsDown() {
    Set<UpdateEnd> ends = new HashSet<>();
    for (int seed = 1; seed <= 12; seed++) {
      TwinRun run = losing(seed, "stop-first");
      boolean given =
          run.tasks().stream()
              .anyMatch(task -> task.version().equals("v2") && task.node().equals("workerN1"));

      assertThat(outcome(run).end())
          .as("seed %s", seed)
          .isEqualTo(given ? UpdateEnd.NEVER_ENDED : UpdateEnd.COMPLETED);
      ends.add(outcome(run).end());
    }
    assertThat(ends).containsExactlyInAnyOrder(UpdateEnd.NEVER_ENDED, UpdateEnd.COMPLETED);
  }

  /** The updater makes the new task for the slot's node without a look at whether it is up. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void startFirstHangsAtANodeThatIsDown(int seed) {
    TwinRun run = losing(seed, "start-first");

    assertThat(outcome(run).end()).isEqualTo(UpdateEnd.NEVER_ENDED);
    assertThat(run.started("v2")).noneMatch(task -> task.node().equals("workerN1"));
    boolean toldWhy = outcome(run).message().contains("1 node not available for new tasks");
    boolean assigned =
        run.tasks().stream()
            .filter(task -> task.version().equals("v2") && task.node().equals("workerN1"))
            .anyMatch(task -> task.state().equals("assigned"));
    assertThat(toldWhy).isNotEqualTo(assigned);
  }

  private TwinRun losing(int seed, String order) {
    return run(
        seed,
        "strategy: rolling",
        "cluster: {loses: {node: workerN1, after: 0s}}",
        "app: {mode: global}",
        "rolling: {hold: 0s, limit: 90s, backAgain: false,",
        "  update: {parallelism: 1, delay: 16s, order: %s}}".formatted(order));
  }

  /** The green service can have no task on a node that is gone, and waits for none there. */
  @Test
  void aSecondServiceDoesNotWaitForALostNode() {
    TwinRun run =
        run(
            1,
            "strategy: blue-green",
            "cluster: {loses: {node: workerN1, after: 0s}}",
            "blueGreen: {keepBlue: 2s}",
            "app: {mode: global}");

    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(Event.End.COMPLETED);
    assertThat(run.started("v2"))
        .extracting(TaskChange::node)
        .containsExactlyInAnyOrder("managerN", "workerN2");
  }
}
