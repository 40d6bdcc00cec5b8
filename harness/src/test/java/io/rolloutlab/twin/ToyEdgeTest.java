package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.testbed.Bench;
import io.rolloutlab.testbed.EdgeContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An edge of a kind that is in test sources alone keeps the port's promises on the twin. */
class ToyEdgeTest extends EdgeContract {
  private static Bench bench;

  @BeforeAll
  static void makeTheTwin(@TempDir Path folder) {
    Scenario scenario = Bench.scenarioBehind("toy");
    bench =
        new Bench(
            folder.resolve("run"),
            Manifest.Origin.TWIN,
            Balancing.DNSRR,
            scenario,
            (history, stopped) ->
                new TwinTestbed(
                    scenario,
                    Balancing.DNSRR,
                    Calibrated.DELIVERED.settings(),
                    history,
                    event -> {},
                    stopped::get));
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Override
  protected Bench bench() {
    return bench;
  }

  @Test
  void aScenarioNamesItAndItsCommandsAreTold(@TempDir Path folder) {
    TwinRun run = TwinRun.of(folder, "strategy: blue-green", "edge: {kind: toy}");

    assertThat(run.history().manifest().scenario().edge().kind()).isEqualTo("toy");
    assertThat(run.history().events(Event.Step.class).flatMap(step -> step.commands().stream()))
        .anyMatch(words -> words.contains("docker cp toy.rules $nginx:/tmp/toy.rules"))
        .anyMatch(words -> words.contains("toy-rules --take /tmp/toy.rules"));
    assertThat(run.history().events(Event.Step.class).map(Event.Step::edgeConfig))
        .contains("share 100 to pyapp:5000\n", "share 100 to green-pyapp:5001\n");
    assertThat(run.findings().reasons()).isEmpty();
  }

  /** One task, stopped before its successor starts: between them there is no address. */
  @Test
  void whereNobodyAnswersItSaysSoInItsOwnWay(@TempDir Path folder) {
    TwinRun run =
        TwinRun.of(folder, "strategy: rolling", "app: {replicas: 1}", "edge: {kind: toy}");

    assertThat(run.history().hits())
        .filteredOn(Hit::hasFailed)
        .isNotEmpty()
        .allMatch(hit -> hit.status() == 503);
    assertThat(run.findings().reconciliation().orThrow().reasons()).isEmpty();
    assertThat(run.findings().part(Causes.class).orThrow().unknown()).isZero();
  }

  @Test
  void aKindThatNobodyKnowsIsRefusedWithThoseThatAreKnown(@TempDir Path folder) {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> TwinRun.of(folder, "strategy: baseline", "edge: {kind: ngnix}"))
        .withMessageContaining(
            "scenario.yaml:4: edge.kind: \"ngnix\" is not known (did you mean \"nginx\"?);"
                + " known are nginx, toy");
  }
}
