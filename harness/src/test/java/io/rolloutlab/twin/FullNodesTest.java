package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.run.UpdateOutcome;
import io.rolloutlab.history.Event;
import io.rolloutlab.scenario.update.UpdateEnd;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Updates on three nodes that may have no more tasks; workerN3 is the edge's. */
class FullNodesTest {
  private static final String LOAD = "load: {ratePerSecond: 10, warmUp: 2s, coolDown: 2s}";

  @TempDir Path folder;

  private TwinRun rolling(int replicas, String order, String limit) {
    return TwinRun.of(
        folder,
        "strategy: rolling",
        LOAD,
        "app: {replicas: %s, %s}".formatted(replicas, limit),
        "rolling:",
        "  limit: 2m",
        "  hold: 0s",
        "  backAgain: false",
        "  update: {order: %s, delay: 0s}".formatted(order));
  }

  /** What users meet: v1 serves on, and nothing reports a failure. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          3 | maxPerNode: 1  | max replicas per node limit exceed
          6 | maxPerNode: 2  | max replicas per node limit exceed
          3 | hostPort: 5050 | host-mode port already in use on 3 nodes
          """)
  void startFirstHangsForEver(int replicas, String limit, String sentence) {
    TwinRun run = rolling(replicas, "start-first", limit);

    UpdateOutcome outcome = run.findings().outcomes().known().orElseThrow().get(0);
    assertThat(outcome.end()).isEqualTo(UpdateEnd.NEVER_ENDED);
    assertThat(outcome.message())
        .contains(
            "not within 2m",
            "the update is updating",
            "no suitable node (%s; scheduling constraints not satisfied on 1 node)"
                .formatted(sentence));
    assertThat(run.started("v2")).isEmpty();
    assertThat(run.failed()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"maxPerNode: 1", "hostPort: 5050"})
  void startFirstGetsThroughOneFreeNode(String limit) {
    TwinRun run = rolling(2, "start-first", limit);

    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(Event.End.COMPLETED);
    assertThat(run.updates()).containsExactly("updating", "completed");
    assertThat(run.started("v2")).hasSize(2);
  }

  /** A task that is told to stop does not count, so its replacement is placed beside it. */
  @Test
  void stopFirstDoesNotWaitForPlaces() {
    TwinRun run = rolling(3, "stop-first", "maxPerNode: 1");

    assertThat(run.updates()).containsExactly("updating", "completed");
    for (Event.TaskChange fresh : run.started("v2")) {
      Event.TaskChange old = sameSlot(run, fresh);
      assertThat(fresh.node()).isEqualTo(old.node());
      assertThat(run.reached(fresh.task(), "assigned"))
          .isLessThan(run.reached(old.task(), "shutdown"));
    }
  }

  /** A port is free when the old task has ended, not when it is told to stop. */
  @Test
  void stopFirstWaitsForThePort() {
    TwinRun run = rolling(3, "stop-first", "hostPort: 5050");

    assertThat(run.updates()).containsExactly("updating", "completed");
    for (Event.TaskChange fresh : run.started("v2")) {
      Event.TaskChange old = sameSlot(run, fresh);
      assertThat(fresh.node()).isEqualTo(old.node());
      assertThat(run.reached(fresh.task(), "assigned"))
          .isGreaterThan(run.reached(old.task(), "shutdown"));
    }
  }

  private static Event.TaskChange sameSlot(TwinRun run, Event.TaskChange fresh) {
    return run.started("v1").stream()
        .filter(task -> task.slot() == fresh.slot())
        .findFirst()
        .orElseThrow();
  }

  /** The port is the first service's; a limit is each service's own. */
  @ParameterizedTest
  @ValueSource(strings = {"blue-green", "canary"})
  void aSecondServiceHasPlacesOfItsOwn(String strategy) {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: " + strategy,
            LOAD,
            "app: {replicas: 3, maxPerNode: 1, hostPort: 5050}");

    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(Event.End.COMPLETED);
    assertThat(run.started("v2").stream().filter(task -> !task.service().equals("pyapp")))
        .isNotEmpty();
  }

  @Test
  void labelsAndSpreadOfAScenarioReachTheScheduler() {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: baseline",
            "baseline: {hold: 1s}",
            LOAD,
            "cluster: {labels: {workerN1: {zone: a}, workerN2: {zone: b}, workerN3: {zone: b}}}",
            "app: {replicas: 6, constraints: [node.labels.zone != c, node.role == worker],",
            "  spread: [node.labels.zone]}");

    Map<String, Long> onNode =
        run.started("v1").stream()
            .collect(Collectors.groupingBy(Event.TaskChange::node, Collectors.counting()));
    assertThat(onNode).containsEntry("workerN1", 3L).hasSize(3);
  }
}
