package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rolloutlab.analysis.run.Journal;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Event.TaskChange;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.html.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens beside a rollout, seen from outside; each on the twin as on a real Swarm. */
class HappeningsTest {
  private static final String LOAD =
      "load: {ratePerSecond: 20, warmUp: 3s, coolDown: 1s, requestTimeout: 2s}";
  private static final String WORKERS =
      "app: {replicas: 2, constraints: [node.role == worker, node.hostname != workerN3]}";

  @TempDir Path folder;

  private TwinRun calm(String hold, String during) {
    return TwinRun.of(
        folder,
        "strategy: baseline",
        "baseline: {hold: %s}".formatted(hold),
        LOAD,
        WORKERS,
        during);
  }

  private static List<Event.Happened> happened(TwinRun run) {
    return run.history().events(Event.Happened.class).toList();
  }

  private static long after(TwinRun run, long atMillis) {
    return atMillis - run.findings().timeline().zeroAtEpochMillis();
  }

  private static TaskChange first(TwinRun run, String node) {
    return run.started("v1").stream()
        .filter(task -> task.node().equals(node))
        .findFirst()
        .orElseThrow();
  }

  private static Journal.Step step(TwinRun run, String label) {
    return run.findings().journal().steps().stream()
        .filter(step -> step.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  /** At once, without the restart delay, and not before the old task has ended (restart.go). */
  @Test
  void whatIsOnADrainedNodeRunsElsewhereAndDoesNotComeBack() {
    TwinRun run = calm("60s", "during: [{at: 5s, drain: workerN1}, {at: 30s, activate: workerN1}]");

    String old = first(run, "workerN1").task();
    TaskChange fresh = run.started("v1").get(2);
    assertThat(after(run, run.toldToStop(old))).isEqualTo(5000);
    assertThat(fresh.node()).isEqualTo("workerN2");
    assertThat(fresh.atMillis())
        .isBetween(run.reached(old, "shutdown"), run.reached(old, "shutdown") + 3000);
    assertThat(run.started("v1")).hasSize(3);
    assertThat(run.failed()).isZero();
    assertThat(step(run, "drain workerN1"))
        .isEqualTo(
            new Journal.Step(
                5000,
                "drain workerN1",
                List.of("docker node update --availability drain workerN1"),
                ""));
    assertThat(step(run, "activate workerN1").commands())
        .containsExactly("docker node update --availability active workerN1");
    assertThat(run.findings().journal().faults()).isEmpty();
    assertThat(run.findings().violations().known().orElseThrow()).isEmpty();
  }

  /** A global service has no task there, and gets it back (global.go: reconcileOneNode). */
  @Test
  void anActiveNodeGetsItsTasksOfGlobalServicesAgain() {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: baseline",
            "baseline: {hold: 60s}",
            LOAD,
            "app: {mode: global}",
            "during: [{at: 5s, drain: workerN1}, {at: 30s, activate: workerN1}]");

    List<TaskChange> there =
        run.started("v1").stream().filter(task -> task.node().equals("workerN1")).toList();
    assertThat(there).hasSize(2);
    assertThat(after(run, there.get(1).atMillis())).isBetween(30_000L, 35_000L);
    assertThat(run.started("v1")).hasSize(4);
  }

  /** The second service waits for no task where none can be. */
  @Test
  void aGlobalGreenServiceDoesNotWaitForADrainedNode() {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: blue-green",
            "blueGreen: {keepBlue: 2s}",
            LOAD,
            "app: {mode: global}",
            "during: [{at: 0s, drain: workerN1}]");

    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(Event.End.COMPLETED);
    assertThat(run.started("v2"))
        .extracting(TaskChange::node)
        .containsExactlyInAnyOrder("managerN", "workerN2");
  }

  @Test
  void aServiceIsScaledWhileTheStrategyHolds() {
    TwinRun run = calm("20s", "during: [{at: 5s, scale: {service: pyapp, replicas: 6}}]");

    assertThat(run.started("v1")).hasSize(6);
    assertThat(run.started("v1").subList(2, 6))
        .allSatisfy(task -> assertThat(after(run, task.atMillis())).isBetween(5000L, 12_000L));
    assertThat(step(run, "scale pyapp to 6").commands())
        .containsExactly("docker service scale pyapp=6");
    assertThat(happened(run))
        .extracting(Event.Happened::what, Event.Happened::target, Event.Happened::detail)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("scale", "pyapp", "scale pyapp to 6"));
    assertThat(run.findings().tasks().known().orElseThrow().peak()).isEqualTo(6);
  }

  /** Scaling is the change that a rollback takes back: there is one previous spec. */
  @Test
  void aRollbackAfterAChangeOfSizeGoesBackToTheSizeAndNotToTheVersion() {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: rolling",
            LOAD,
            WORKERS,
            "rolling: {hold: 10s, limit: 30s, update: {parallelism: 0, delay: 0s}}",
            "during: [{atPhase: hold, at: 2s, scale: {service: pyapp, replicas: 3}}]");

    assertThat(run.end().end()).isEqualTo(Event.End.COMPLETED);
    assertThat(run.started("v1")).hasSize(2);
    assertThat(run.started("v2")).hasSize(3);
  }

  @Test
  void twoAtOneTimeBothHappen() {
    TwinRun run =
        calm(
            "40s",
            "during: [{at: 2s, kill: workerN1}, {at: 2s, scale: {service: pyapp, replicas: 3}}]");

    assertThat(happened(run))
        .extracting(Event.Happened::what)
        .containsExactlyInAnyOrder("kill", "scale");
    assertThat(happened(run))
        .allSatisfy(it -> assertThat(after(run, it.atMillis())).isEqualTo(2000));
    assertThat(happened(run)).filteredOn(it -> it.goneNode().isPresent()).hasSize(1);
    assertThat(run.findings().journal().faults())
        .containsExactly(new Journal.Fault(2000, "node lost", "workerN1, as the scenario asks"));
    assertThat(run.started("v1").stream().filter(task -> task.node().equals("workerN2")).count())
        .isGreaterThanOrEqualTo(2);
  }

  @Test
  void severalNodesAreLost() {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: baseline",
            "cluster: {workers: 5}",
            "baseline: {hold: 40s}",
            LOAD,
            "app: {replicas: 8}",
            "during: [{at: 2s, kill: workerN1}, {at: 4s, kill: workerN4}]");

    assertThat(run.findings().tasks().known().orElseThrow().lives())
        .filteredOn(life -> life.finalState().equals("lost"))
        .allSatisfy(
            life ->
                assertThat(life.untilMillis())
                    .isEqualTo(life.node().equals("workerN1") ? 2000 : 4000))
        .extracting(life -> life.node())
        .contains("workerN1", "workerN4");
  }

  @Test
  void aPhaseSetsTheTime() {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: blue-green",
            "blueGreen: {keepBlue: 5s}",
            LOAD,
            WORKERS,
            "during: [{atPhase: rollback, at: 1s, scale: {service: green-pyapp, replicas: 1}}]");

    long rollback =
        run.history()
            .events(Event.PhaseStarted.class)
            .filter(phase -> phase.phase() == PhaseKind.ROLLBACK)
            .findFirst()
            .orElseThrow()
            .atMillis();
    assertThat(happened(run)).hasSize(1);
    assertThat(happened(run).get(0).atMillis()).isEqualTo(rollback + 1000);
  }

  @Test
  void whatDoesNotComeOrCannotBeDoneMakesTheRunUnknown() {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: blue-green",
            "blueGreen: {keepBlue: 5s}",
            LOAD,
            WORKERS,
            "during: [{atPhase: cool-down, scale: {service: pyapp, replicas: 3}},"
                + " {atPhase: rollback, at: 1h, drain: workerN1}]");

    assertThat(happened(run)).isEmpty();
    assertThat(run.findings().journal().faults())
        .extracting(Journal.Fault::what, Journal.Fault::detail)
        .containsExactly(
            tuple(
                "could not happen",
                "during[0] (scale pyapp to 3, 0s after the start of the phase cool-down): there is"
                    + " no service pyapp"),
            tuple(
                "did not happen",
                "during[1] (drain workerN1, 1h after the start of the phase rollback): the run was"
                    + " over before; choose an earlier time"));
    assertThat(run.findings().verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(run.end().end()).isEqualTo(Event.End.COMPLETED);
  }

  /** No main file knows it: the reader finds it, the twin does it, the report shows it. */
  @Test
  void aKindThatIsAddedFromOutsideStandsInTheReport() throws IOException {
    TwinRun run = calm("40s", "during: [{at: 5s, blink: {node: workerN1, length: 9s}}]");

    assertThat(happened(run))
        .containsExactly(
            new Event.Happened(
                happened(run).get(0).atMillis(),
                happened(run).get(0).atMillis(),
                "blink",
                "workerN1",
                Event.Effect.NODE_EMPTIED,
                "workerN1 blinks"));
    assertThat(run.started("v1").get(2).node()).isEqualTo("workerN2");
    Path index = Report.render(List.of(run.findings()), folder.resolve("report"));
    assertThat(Files.readString(index.resolveSibling("test.html")))
        .contains("workerN1 blinks", "docker node update --availability active workerN1");
    assertThat(Files.readString(index.resolveSibling("results.json"))).contains("blink");
  }
}
