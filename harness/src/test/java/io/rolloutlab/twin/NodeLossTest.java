package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.cost.Tasks;
import io.rolloutlab.analysis.run.Journal;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Request;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.manager.Suspicion;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Swarm and the users make of a node that goes away, seen from outside. */
class NodeLossTest {
  /** Two of three periods of 4.5 s at least, all of three of 5.5 s and a batch at most. */
  private static final long SOONEST_DOWN_MILLIS = 9_000;

  private static final long LATEST_DOWN_MILLIS = 16_600;

  private static final String WORKERS =
      "app: {replicas: 2, constraints: [node.role == worker, node.hostname != workerN3]%s}";

  @TempDir Path folder;

  private TwinRun calm(int seed, String app) {
    return TwinRun.of(
        folder.resolve("" + seed),
        "strategy: baseline",
        "seed: " + seed,
        "cluster: {loses: {node: workerN1, after: 2s}}",
        "baseline: {hold: 40s}",
        "load: {ratePerSecond: 20, warmUp: 3s, coolDown: 1s, requestTimeout: 2s}",
        app);
  }

  /** All tasks are told to go at the moment of the loss; only the manager does not know of it. */
  private TwinRun rolling(int seed, String order) {
    return TwinRun.of(
        folder.resolve("" + seed),
        "strategy: rolling",
        "seed: " + seed,
        "cluster: {loses: {node: workerN1, after: 0s}}",
        "load: {ratePerSecond: 10, warmUp: 2s, coolDown: 1s, requestTimeout: 2s}",
        WORKERS.formatted(""),
        "rolling: {hold: 1s, limit: 1m, update: {parallelism: 0, delay: 0s, order: %s}}"
            .formatted(order));
  }

  private static long lossOf(TwinRun run) {
    return run.history().events(Event.Happened.class).findFirst().orElseThrow().atMillis();
  }

  private static List<String> on(TwinRun run, String node, String version) {
    return run.started(version).stream()
        .filter(task -> task.node().equals(node))
        .map(Event.TaskChange::task)
        .toList();
  }

  @Test
  void theManagerNoticesWhenThreeHeartbeatsAreMissing() {
    List<Long> noticed =
        IntStream.rangeClosed(1, 30)
            .mapToObj(seed -> calm(seed, WORKERS.formatted("")))
            .map(run -> run.toldToStop(on(run, "workerN1", "v1").get(0)) - lossOf(run))
            .sorted()
            .toList();

    assertThat(noticed).allMatch(m -> m >= SOONEST_DOWN_MILLIS && m <= LATEST_DOWN_MILLIS);
    assertThat(noticed.get(29) - noticed.get(0)).isGreaterThan(4000);
  }

  @Test
  void whatRanThereComesBackElsewhereAfterTheRestartDelay() {
    TwinRun run = calm(1, WORKERS.formatted(", restart: {delay: 7s}"));

    String old = on(run, "workerN1", "v1").get(0);
    Event.TaskChange fresh = run.started("v1").get(2);
    assertThat(fresh.node()).isEqualTo("workerN2");
    assertThat(run.reached(fresh.task(), "new")).isEqualTo(run.toldToStop(old));
    assertThat(run.toldToRun(fresh.task()) - run.toldToStop(old)).isEqualTo(7000);
    // Swarm never learns what became of it; the findings do.
    assertThat(run.changes(old).map(Event.TaskChange::state)).endsWith("running");
    assertThat(run.findings().tasks().known().orElseThrow().lives())
        .filteredOn(life -> life.task().equals(old))
        .extracting(Tasks.Life::finalState)
        .containsExactly("lost");
    assertThat(run.findings().journal().faults())
        .contains(new Journal.Fault(2000, "node lost", "workerN1, as the scenario asks"));
    assertThat(run.findings().reconciled()).isTrue();
  }

  /** The addresses of the dead answer nothing until the network's members have given them up. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void usersAreSentToTheDeadUntilTheNetworkNoticesNotTheManager(int seed) {
    TwinRun run = calm(seed, WORKERS.formatted(""));

    List<Long> failed =
        run.history().requests().stream()
            .filter(request -> request.outcome() == Outcome.FAILED)
            .map(request -> request.actualAtMillis() - lossOf(run))
            .sorted()
            .toList();
    // A probe's second and four of suspicion, at the soonest; at the latest three turns more, and
    // what nginx and gossip need to forget.
    assertThat(failed.get(failed.size() - 1)).isBetween(4500L, 10_500L);
    assertThat(failed).hasSizeGreaterThan(20);
    assertThat(run.history().requests())
        .filteredOn(request -> request.outcome() == Outcome.FAILED)
        .extracting(Request::error)
        .containsOnly("timeout");
  }

  @Test
  void nginxGivesUpTheDeadAfterItsOwnTimeoutAndTriesAnother() {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: baseline",
            "cluster: {loses: {node: workerN1, after: 2s}}",
            "baseline: {hold: 80s}",
            "load: {ratePerSecond: 5, warmUp: 3s, coolDown: 1s, requestTimeout: 2m}",
            WORKERS.formatted(""));

    assertThat(run.failed()).isZero();
    assertThat(run.history().hits())
        .filteredOn(hit -> hit.upstreamStatus().equals("504, 200"))
        .isNotEmpty()
        .allMatch(hit -> hit.latencyMillis() >= 60_000);
  }

  @ParameterizedTest
  @CsvSource({"2, 5000, 6000", "4, 5000, 8000", "100, 9000, 18000"})
  void theMoreMembersTheLongerASuspicionLasts(int members, long least, long most) {
    for (int seed = 1; seed <= 200; seed++) {
      assertThat(Suspicion.micros(members, new Chance(seed, "test")) / 1000).isBetween(least, most);
    }
  }

  /** Sixty seconds it would wait for an old task whose node is up. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void stopFirstDoesNotWaitForAnOldTaskWhoseNodeIsDown(int seed) {
    TwinRun run = rolling(seed, "stop-first");

    String old = on(run, "workerN1", "v1").get(0);
    int slot = run.changes(old).findFirst().orElseThrow().slot();
    String fresh =
        run.tasks().stream()
            .filter(task -> task.version().equals("v2") && task.slot() == slot)
            .findFirst()
            .orElseThrow()
            .task();
    assertThat(run.toldToRun(fresh) - lossOf(run))
        .isBetween(SOONEST_DOWN_MILLIS, LATEST_DOWN_MILLIS);
  }

  /**
   * The scheduler gives a node work until it is down. The updater waits for that one task to run,
   * without limit; its replacement by the supervisor does not count.
   */
  @Test
  void anUpdateHangsWhenANewTaskWasGivenToTheLostNode() {
    TwinRun run = rolling(1, "start-first");

    assertThat(run.tasks())
        .anyMatch(task -> task.version().equals("v2") && task.node().equals("workerN1"));
    assertThat(run.updates()).startsWith("updating").doesNotContain("completed", "paused");
  }

  /** Its own restart delay comes first, though its node is down long before. */
  @Test
  void aTaskThatIsHeldBackIsReplacedOnlyWhenItMayStart() {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: baseline",
            "cluster: {loses: {node: workerN1, after: 2s}}",
            "baseline: {hold: 60s}",
            "load: {ratePerSecond: 2, warmUp: 4s, coolDown: 1s, requestTimeout: 2s}",
            WORKERS.formatted(
                ", restart: {delay: 40s}, v1: {env: {APP_CRASH_AFTER_SECONDS: \"5\"}}"));

    List<Event.TaskChange> heldBack =
        run.tasks().stream()
            .filter(task -> task.state().equals("ready") && task.node().equals("workerN1"))
            .filter(task -> task.desired().equals("ready"))
            .toList();
    assertThat(heldBack).isNotEmpty();
    for (Event.TaskChange task : heldBack) {
      assertThat(run.toldToStop(task.task()) - run.reached(task.task(), "new")).isEqualTo(40_000);
    }
  }

  @Test
  void aLossThatNeverCameMakesTheRunUnknown() {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: baseline",
            "cluster: {loses: {node: workerN1, after: 1m}}",
            "load: {ratePerSecond: 5, warmUp: 1s, coolDown: 1s}",
            "baseline: {hold: 3s}");

    assertThat(run.findings().verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(run.findings().reasons())
        .anyMatch(reason -> reason.contains("workerN1 is lost, 1m after the start of the rollout"))
        .anyMatch(reason -> reason.contains("the run was over before"));
  }
}
