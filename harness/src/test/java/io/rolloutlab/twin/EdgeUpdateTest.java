package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.causes.Cause;
import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.testbed.Commands;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes that come as a Swarm config: Swarm replaces the edge's tasks to bring them. */
class EdgeUpdateTest {
  private static final String BLUE_GREEN = "strategy: blue-green";

  @TempDir Path folder;

  private TwinRun run(String... lines) {
    return TwinRun.of(folder.resolve("" + List.of(lines).hashCode()), lines);
  }

  private static List<Request> failed(TwinRun run) {
    return run.history().requests().stream()
        .filter(request -> request.outcome() == Outcome.FAILED)
        .toList();
  }

  private static Causes causes(TwinRun run) {
    return run.findings().part(Causes.class).orThrow();
  }

  @Test
  void theDeliveredScenarioMeetsWhatItExpects() {
    Path file = Engine.home().resolve("scenarios/more/blue-green-by-config.yaml");
    ScenarioReader reader = new ScenarioReader();
    Scenario scenario = reader.read(file);

    assertThat(reader.warnings(scenario)).isEmpty();
    TwinRun run = TwinRun.of(folder.resolve("delivered"), scenario);
    assertThat(run.end().cause()).isEmpty();
    assertThat(run.findings().reasons()).isEmpty();
    assertThat(run.findings().verdict()).hasToString("PASS");
  }

  /** There and back and there again, with the node's own port for the one task of the edge. */
  @Test
  void usersAreRefusedWhileTheOneTaskOfTheEdgeIsReplaced() {
    TwinRun run = run(BLUE_GREEN, "balancing: dnsrr", "edge: {update: {parallelism: 1}}");

    assertThat(failed(run)).hasSizeGreaterThan(100).allMatch(it -> it.error().equals("refused"));
    assertThat(causes(run).byCause())
        .singleElement()
        .satisfies(
            only -> {
              assertThat(only.cause()).isEqualTo(Cause.EDGE_GONE);
              assertThat(only.setting()).isEqualTo("edge.update: order stop-first, parallelism 1");
              assertThat(only.example())
                  .contains("connection refused", "its successor was running");
            });
    assertThat(outages(run)).hasSize(3).allMatch(millis -> millis > 500 && millis < 5_000);
    assertThat(run.findings().reconciled()).isTrue();
  }

  /** From the last answer before a change was done to the first one after the refusals. */
  private static List<Long> outages(TwinRun run) {
    return run.history()
        .events(Event.EdgeChange.class)
        .skip(1)
        .map(
            change -> {
              List<Request> its =
                  failed(run).stream()
                      .filter(it -> it.actualAtMillis() >= change.atMillis())
                      .filter(it -> it.actualAtMillis() <= change.doneAtMillis())
                      .toList();
              return its.get(its.size() - 1).actualAtMillis() - its.get(0).actualAtMillis();
            })
        .toList();
  }

  /** The stop signal comes when the name is gone, a second and two after the order. */
  @Test
  void theOldTaskServesUntilItsStopSignal() {
    TwinRun run = run(BLUE_GREEN, "balancing: dnsrr", "edge: {update: {}}");
    Event.EdgeChange change =
        run.history().events(Event.EdgeChange.class).skip(1).findFirst().orElseThrow();

    assertThat(failed(run).get(0).actualAtMillis() - change.atMillis()).isBetween(3_000L, 3_700L);
    assertThat(run.history().requests())
        .filteredOn(it -> it.actualAtMillis() > change.atMillis())
        .filteredOn(it -> it.actualAtMillis() < change.atMillis() + 2_900)
        .hasSizeGreaterThan(80)
        .allMatch(it -> it.outcome() == Outcome.OK && it.version().equals("v1"));
  }

  /** What nginx has in hand at its stop signal it ends, and only then its successor can start. */
  @Test
  void requestsInHandAreAnsweredAndMakeTheOutageLonger() {
    String edge = "edge: {update: {}}";
    String slow = "app: {v1: {env: {APP_LATENCY_MILLIS: \"2000\"}}}";
    TwinRun quick = run(BLUE_GREEN, "balancing: dnsrr", edge);
    TwinRun held = run(BLUE_GREEN, "balancing: dnsrr", edge, slow);

    assertThat(failed(held)).allMatch(request -> request.error().equals("refused"));
    assertThat(outages(held).get(0)).isGreaterThan(outages(quick).get(0) + 1_000);
  }

  /** Through the routing mesh the other one serves, and who is connected is told to go first. */
  @Test
  void twoTasksOneAfterTheOtherHurtNobody() {
    TwinRun run = run(BLUE_GREEN, "balancing: vip", "edge: {replicas: 2, update: {}}");

    assertThat(failed(run)).isEmpty();
    assertThat(edgeTasks(run)).isEqualTo(2 * 5);
    assertThat(run.findings().reasons()).isEmpty();
  }

  @Test
  void bothAtOnceHurtAsOneDoes() {
    TwinRun run =
        run(BLUE_GREEN, "balancing: vip", "edge: {replicas: 2, update: {parallelism: 0}}");

    assertThat(failed(run)).hasSizeGreaterThan(100);
    assertThat(causes(run).byCause())
        .allMatch(its -> its.cause() == Cause.EDGE_GONE)
        .allMatch(its -> its.setting().equals("edge.update: order stop-first, parallelism 0"));
  }

  @Test
  void startFirstThroughTheMeshHurtsNobodyEvenWithOne() {
    TwinRun run =
        run(BLUE_GREEN, "balancing: vip", "edge: {replicas: 1, update: {order: start-first}}");

    assertThat(failed(run)).isEmpty();
  }

  @Test
  void byAReloadEveryTaskStays() {
    TwinRun run = run(BLUE_GREEN, "balancing: vip");

    assertThat(edgeTasks(run)).isEqualTo(2);
    assertThat(failed(run)).isEmpty();
  }

  private static long edgeTasks(TwinRun run) {
    return run.history()
        .events(Event.TaskChange.class)
        .filter(change -> change.service().equals(Commands.EDGE))
        .map(Event.TaskChange::task)
        .distinct()
        .count();
  }
}
