package io.rolloutlab.trial;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.testbed.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveLimitsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rolling   | cluster: {workers: 21}                   | cluster.workers may be at most 20
          rolling   | app: {replicas: 1001}                    | app.replicas may be at most 1000
          canary    | canary: {steps: [{canary: 5}, {canary: 9, replicas: 1001}]} | may be at most 1000
          canary-ip | canaryIp: {replicas: 1001}               | canaryIp.replicas may be at most
          rolling   | load: {ratePerSecond: 1000.5}            | load.ratePerSecond may be at most 1000
          rolling   | {load: {ratePerSecond: 1000, limit: 2h}, rolling: {hold: 1h}} | load.ratePerSecond times the 1h10m35s this can last may be at most 2000000 on a real Swarm
          """)
  void tooMuchForOneMachineIsRefused(String strategy, String line, String complaint)
      throws IOException {
    Scenario scenario = scenario(strategy, line);

    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(() -> LiveLimits.check(scenario))
        .withMessageStartingWith("scenario x: ")
        .withMessageContaining(complaint)
        .withMessageContaining("simulate it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rolling   | cluster: {workers: 20}
          rolling   | app: {replicas: 1000}
          canary-ip | load: {ratePerSecond: 1000}
          """)
  void whatItCanCarryPasses(String strategy, String line) throws IOException {
    Scenario scenario = scenario(strategy, line);

    assertThatCode(() -> LiveLimits.check(scenario)).doesNotThrowAnyException();
  }

  private Scenario scenario(String strategy, String line) throws IOException {
    return new ScenarioReader()
        .read(
            Files.writeString(
                folder.resolve("x.yaml"),
                "{name: x, question: 'Why?', strategy: %s, %s"
                    .formatted(strategy, line.startsWith("{") ? line.substring(1) : line + "}")));
  }
}
