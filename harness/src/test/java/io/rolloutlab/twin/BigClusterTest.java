package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.Event;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than one machine could carry: everything is there, once, and evenly spread. */
class BigClusterTest {
  private static final int NODES = 200;
  private static final int REPLICAS = 2000;

  @TempDir Path folder;

  @Test
  void everySlotOfABigClusterIsUpdatedOnceAndRolledBackOnce() {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: rolling",
            "cluster: {workers: %s}".formatted(NODES),
            "app: {replicas: %s}".formatted(REPLICAS),
            "edge: {constraints: [node.role == manager]}",
            "load: {ratePerSecond: 50, warmUp: 1s, coolDown: 1s}",
            "rolling:",
            "  hold: 0s",
            "  update: {parallelism: 1000, delay: 0s}",
            "  rollback: {parallelism: 1000, delay: 0s}");

    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(Event.End.COMPLETED);
    assertThat(run.findings().damage()).isEmpty();
    assertThat(run.updates())
        .containsExactly("updating", "completed", "rollback_started", "rollback_completed");
    assertThat(run.started("v1")).hasSize(2 * REPLICAS);
    assertThat(run.started("v2"))
        .hasSize(REPLICAS)
        .extracting(Event.TaskChange::slot)
        .doesNotHaveDuplicates();
    // Every state of a task once: a big cluster takes no more steps than a small one.
    assertThat(run.tasks())
        .filteredOn(change -> change.state().equals("starting"))
        .hasSize(3 * REPLICAS);
  }

  @Test
  void tasksAreSpreadEvenly() {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: baseline",
            "baseline: {hold: 1s}",
            "cluster: {workers: %s}".formatted(NODES),
            "app: {replicas: %s}".formatted(REPLICAS),
            "edge: {constraints: [node.role == manager]}",
            "load: {ratePerSecond: 10, warmUp: 1s, coolDown: 1s}");

    Map<String, Long> onNode =
        run.started("v1").stream()
            .collect(Collectors.groupingBy(Event.TaskChange::node, Collectors.counting()));
    // 199 workers, since workerN3 is the edge's by default, and the manager, which bears nginx.
    assertThat(onNode).hasSize(NODES).doesNotContainKey("workerN3");
    assertThat(onNode.values()).allMatch(count -> count == REPLICAS / NODES);
  }
}
