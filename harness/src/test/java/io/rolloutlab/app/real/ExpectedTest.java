package io.rolloutlab.app.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.read.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedTest {
  @TempDir Path folder;

  private Duration expected(String strategy, String balancing, String edge) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("x.yaml"),
            "name: x\nquestion: How long?\nstrategy: %s\nbalancing: %s\nedge: %s\n"
                .formatted(strategy, balancing, edge));
    Scenario scenario = new ScenarioReader().read(file);
    return Expected.of(scenario);
  }

  /**
   * Each of its changes of routes, and the first routes: 4 s a slot, its delays and the monitor.
   */
  @ParameterizedTest
  @CsvSource({
    "blue-green, dnsrr, {update: {}}, 36",
    "blue-green, auto, {update: {}}, 36",
    "blue-green, dnsrr, {update: {delay: 3s}}, 60",
    "blue-green, vip, {update: {}}, 52",
    "canary, dnsrr, {update: {}}, 81",
    "rolling, dnsrr, {update: {}}, 9"
  })
  void theEdgesUpdatesAreIn(String strategy, String balancing, String edge, int seconds)
      throws IOException {
    Duration byReload = expected(strategy, balancing, "{}");

    assertThat(expected(strategy, balancing, edge)).isEqualTo(byReload.plusSeconds(seconds));
  }
}
