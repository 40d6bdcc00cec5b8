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

/** Three nodes of two cores take tasks, workerN3 is the edge's: six cores, 72 GiB. */
class ReservationTest {
  private static final String LOAD = "load: {ratePerSecond: 10, warmUp: 2s, coolDown: 2s}";

  @TempDir Path folder;

  private TwinRun rolling(int replicas, String order) {
    return TwinRun.of(
        folder,
        "strategy: rolling",
        LOAD,
        "app: {replicas: %s, reserve: {cpus: 1}}".formatted(replicas),
        "rolling:",
        "  limit: 2m",
        "  hold: 0s",
        "  update: {order: %s, delay: 0s}".formatted(order));
  }

  @ParameterizedTest
  @CsvSource({"7, cpus: 1", "4, memory: 24GiB", "4, cpus: 1.2"})
  void aTaskThatFitsNowhereWaitsAndSaysWhy(int replicas, String reserve) {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: baseline",
            LOAD,
            "app: {replicas: %s, startLimit: 10s, reserve: {%s}}".formatted(replicas, reserve));

    assertThat(run.end().end()).isEqualTo(Event.End.FAILED);
    assertThat(run.end().cause())
        .contains("not within 10s")
        .contains("on no node is pending")
        .contains(
            "no suitable node (insufficient resources on 3 nodes;"
                + " scheduling constraints not satisfied on 1 node)");
  }

  @ParameterizedTest
  @CsvSource({"6, cpus: 1", "3, memory: 24GiB", "6, 'cpus: 1, memory: 12GiB'"})
  void whatFitsExactlyStarts(int replicas, String reserve) {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: baseline",
            "baseline: {hold: 1s}",
            LOAD,
            "app: {replicas: %s, reserve: {%s}}".formatted(replicas, reserve));

    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(Event.End.COMPLETED);
    Map<String, Long> onNode =
        run.started("v1").stream()
            .collect(Collectors.groupingBy(Event.TaskChange::node, Collectors.counting()));
    assertThat(onNode).hasSize(3).doesNotContainKey("workerN3");
    assertThat(onNode.values()).allMatch(count -> count == replicas / 3);
  }

  /** The new task needs room beside the old one, which goes only when the new one runs. */
  @Test
  void startFirstOnFullNodesHangsForEver() {
    TwinRun run = rolling(6, "start-first");

    UpdateOutcome outcome = run.findings().outcomes().known().orElseThrow().get(0);
    assertThat(outcome.end()).isEqualTo(UpdateEnd.NEVER_ENDED);
    assertThat(outcome.message())
        .contains("not within 2m", "the update is updating", "insufficient resources on 3 nodes");
    assertThat(run.started("v2")).isEmpty();
    assertThat(run.failed()).isZero();
  }

  @Test
  void startFirstGetsThroughOneFreePlace() {
    TwinRun run = rolling(5, "start-first");

    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(Event.End.COMPLETED);
    assertThat(run.started("v2")).hasSize(5);
  }

  /** A task keeps its place until it has ended: only then is there room for its replacement. */
  @Test
  void stopFirstOnFullNodesGoesOnWhenTheOldTaskHasEnded() {
    TwinRun run = rolling(6, "stop-first");

    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(Event.End.COMPLETED);
    assertThat(run.started("v2")).hasSize(6);
    for (Event.TaskChange fresh : run.started("v2")) {
      Event.TaskChange old =
          run.started("v1").stream()
              .filter(task -> task.slot() == fresh.slot())
              .findFirst()
              .orElseThrow();
      assertThat(run.reached(fresh.task(), "assigned"))
          .isGreaterThan(run.reached(old.task(), "shutdown"));
      assertThat(fresh.node()).isEqualTo(old.node());
    }
  }
}
