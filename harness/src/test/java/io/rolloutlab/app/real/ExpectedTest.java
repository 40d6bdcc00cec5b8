package io.rolloutlab.app.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.cluster.Pace;
import io.rolloutlab.scenario.read.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedTest {
  @TempDir Path folder;

  private Duration expected(String strategy, String balancing, String edge, Pace pace)
      throws IOException {
    return expected(
        "strategy: %s\nbalancing: %s\nedge: %s\n".formatted(strategy, balancing, edge), pace);
  }

  private Duration expected(String said, Pace pace) throws IOException {
    Path file =
        Files.writeString(folder.resolve("x.yaml"), "name: x\nquestion: How long?\n" + said);
    Scenario scenario = new ScenarioReader().read(file);
    return Expected.of(scenario, pace);
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
    Duration byReload = expected(strategy, balancing, "{}", Pace.USUAL);

    assertThat(expected(strategy, balancing, edge, Pace.USUAL))
        .isEqualTo(byReload.plusSeconds(seconds));
  }

  /**
   * What waits for the machine takes longer there: 188 s around a run, 26 s a slot, 87 s a change
   * of routes or of size. Warm-up, cool-down, delays, monitors and holds do not.
   */
  @ParameterizedTest
  @CsvSource({
    "baseline, {}, 188",
    "rolling, {}, 396",
    "blue-green, {}, 449",
    "blue-green, {update: {delay: 3s}}, 553",
    "canary, {}, 710"
  })
  void anEmulatedMachineTakesLongerForWhatIsItsOwn(String strategy, String edge, int seconds)
      throws IOException {
    Duration usual = expected(strategy, "dnsrr", edge, Pace.USUAL);

    assertThat(expected(strategy, "dnsrr", edge, Pace.EMULATED))
        .isEqualTo(usual.plusSeconds(seconds));
  }

  /**
   * A task counts as running once a probe of it can succeed: v1's before the load, each of four
   * slots there and back, green's, each growth of the canary.
   */
  @ParameterizedTest
  @CsvSource({
    "baseline, {interval: 20s}, 20",
    "rolling, {interval: 20s}, 180",
    "blue-green, {interval: 20s}, 40",
    "canary, {interval: 20s}, 80",
    "canary-ip, {interval: 20s}, 40",
    "recreate, {interval: 20s}, 60",
    "shadow, {interval: 20s}, 40"
  })
  void theFirstHealthCheckIsWaitedFor(String strategy, String check, int seconds)
      throws IOException {
    String said = "strategy: " + strategy + "\napp: {startLimit: 5m%s}\n";
    Duration without = expected(said.formatted(""), Pace.USUAL);

    assertThat(expected(said.formatted(", healthCheck: " + check), Pace.USUAL))
        .isEqualTo(without.plusSeconds(seconds));
  }

  /** In a start period the start interval counts, and a probe before the app listens does not. */
  @Test
  void itIsTheFirstOneThatCanSucceed() throws IOException {
    String said =
        """
        strategy: rolling
        app:
          healthCheck: {interval: 20s, startPeriod: 30s, startInterval: 4s}
          v2: {env: {APP_START_DELAY_SECONDS: "10"}}
        """;
    Duration without = expected("strategy: rolling\n", Pace.USUAL);

    // v1 before the load and in four slots back: 4 s; v2 in four slots: 12 s.
    assertThat(expected(said, Pace.USUAL)).isEqualTo(without.plusSeconds(4 + 4 * 4 + 4 * 12));
  }
}
