package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.Event;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.clock.Spread;
import io.rolloutlab.twin.model.CoresAndMemory;
import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.model.Task;
import io.rolloutlab.twin.node.Pulls;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that nodes do not have, seen from outside. */
class PullTest {
  private static final long PULL_MILLIS = 20_000;

  /** A stop: retry, convergence, exit and removal. */
  private static final long SHORTEST_STOP_MILLIS = 3_000;

  @TempDir Path folder;

  private TwinRun rolling(double pullMillis, String update) {
    return TwinRun.of(
        folder,
        TwinSettingsWith.pull(Spread.exactly(pullMillis)),
        "strategy: rolling",
        "load: {ratePerSecond: 5, warmUp: 2s, coolDown: 1s}",
        "rolling: {hold: 1s, update: %s}".formatted(update));
  }

  /** From the order to stop the old task of a slot to the new one's start, in order. */
  private static List<Long> holes(TwinRun run) {
    Map<Integer, String> old = new HashMap<>();
    run.started("v1").forEach(task -> old.putIfAbsent(task.slot(), task.task()));
    return run.started("v2").stream()
        .map(fresh -> fresh.seenAtMillis() - run.toldToStop(old.get(fresh.slot())))
        .toList();
  }

  /** swarmkit#1069: the new task is prepared while the old one stops, and the longer one counts. */
  @Test
  void theHoleOfStopFirstIsThePullWhereThatIsLongerThanTheStop() {
    List<Long> none = holes(rolling(0, "{delay: 0s}"));
    List<Long> shorter = holes(rolling(2000, "{delay: 0s}"));
    List<Long> longer = holes(rolling(PULL_MILLIS, "{delay: 0s}"));

    assertThat(none).allMatch(hole -> hole > SHORTEST_STOP_MILLIS && hole < 6000);
    assertThat(shorter).allMatch(hole -> hole > SHORTEST_STOP_MILLIS && hole < 6000);
    // Four replicas on three nodes: one comes to a node that has the image by then.
    assertThat(longer).filteredOn(hole -> hole < 6000).hasSize(1);
    assertThat(longer)
        .filteredOn(hole -> hole >= 6000)
        .hasSize(3)
        .allMatch(hole -> hole > PULL_MILLIS && hole < PULL_MILLIS + 2500);
  }

  @Test
  void startFirstPullsBesideTheOldTask() {
    assertThat(holes(rolling(PULL_MILLIS, "{delay: 0s, order: start-first}")))
        .allMatch(hole -> hole <= 1);
  }

  @Test
  void tasksThatComeMeanwhileShareThePull() {
    TwinRun run = rolling(PULL_MILLIS, "{delay: 0s, parallelism: 0}");

    Map<String, List<Long>> ready = new HashMap<>();
    for (Event.TaskChange fresh : run.started("v2")) {
      ready
          .computeIfAbsent(fresh.node(), node -> new java.util.ArrayList<>())
          .add(run.reached(fresh.task(), "ready"));
      assertThat(run.reached(fresh.task(), "ready") - run.reached(fresh.task(), "preparing"))
          .isBetween(PULL_MILLIS, PULL_MILLIS + 400);
    }
    assertThat(ready.values()).filteredOn(times -> times.size() == 2).hasSize(1);
    ready.values().forEach(times -> assertThat(times.stream().distinct()).hasSize(1));
  }

  /** The second order comes while v2 is on its way; nobody is left who wants it. */
  @Test
  void aPullThatNobodyWaitsForAnyMoreEnds() {
    EventQueue queue = new EventQueue();
    Pulls pulls = new Pulls(queue, Spread.exactly(1000), new Chance(1, "test"));
    Task first = TestTasks.on(new Node(0, "workerN1", false, CoresAndMemory.NONE, Map.of()));
    Task second = TestTasks.on(first.node());
    List<String> done = new java.util.ArrayList<>();

    pulls.await(first, () -> done.add("first"));
    queue.run(900_000);
    pulls.leave(first);
    pulls.await(second, () -> done.add("second"));
    queue.run(900_000);
    assertThat(done).isEmpty();
    queue.run(100_000);
    assertThat(done).containsExactly("second");
    pulls.await(first, () -> done.add("again"));
    assertThat(done).containsExactly("second", "again");
  }
}
