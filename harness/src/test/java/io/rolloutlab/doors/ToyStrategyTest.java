package io.rolloutlab.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.html.Report;
import io.rolloutlab.scenario.LongestRun;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.json.Json;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.trial.LiveLimits;
import io.rolloutlab.trial.OnTheTwin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A strategy is added, not edited in: {@link ToyStrategy} and one line of its name are all there is
 * of it, and both stand in test sources.
 */
class ToyStrategyTest {
  private static final String HEAD = "name: toy\nquestion: Why?\nstrategy: toy-swap\n";

  @TempDir Path folder;

  @Test
  void isFoundByItsNameAndReadWithItsDefaults() throws IOException {
    Scenario scenario = read(HEAD);

    assertThat(scenario.strategy()).isEqualTo(Strategy.of("toy-swap"));
    assertThat(scenario.settings()).isEqualTo(new ToyStrategy.Settings(2));
    assertThat(LongestRun.of(scenario)).isEqualTo(Duration.ofSeconds(60 + 20 + 25 + 10));
  }

  @Test
  void itsSettingsAreReadAsStrictlyAsAnyWithTheirLines() {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(HEAD + "toySwap:\n  replcas: 3\n"))
        .withMessageContaining(
            ":5: toySwap.replcas: unknown key (did you mean \"replicas\"?); known are replicas");
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(HEAD + "toySwap: {replicas: 11}\n"))
        .withMessageContaining(":4: toySwap.replicas: must be from 1 to 10, but is 11");
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(HEAD + "toySwap: {}\nrolling: {hold: 1s}\n"))
        .withMessageContaining(":5: rolling: has settings, but the strategy is toy-swap");
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read("name: x\nquestion: Why?\nstrategy: rolling\ntoySwap: {}\n"))
        .withMessageContaining(":4: toySwap: has settings, but the strategy is rolling");
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(HEAD + "expect: {endsIn: completed}\n"))
        .withMessageContaining(":4: expect.endsIn: is about an update that Swarm makes");
  }

  @Test
  void itsSecondServiceIsCountedWhereRoomIsShort() {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(HEAD + "toySwap: {replicas: 9}\napp: {maxPerNode: 2}\n"))
        .withMessageContaining("of the 9 tasks of toySwap.replicas");
  }

  @Test
  void passesTheLimitsOfOneMachine() throws IOException {
    Scenario scenario = read(HEAD + "load: {ratePerSecond: 2000}\n");

    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(() -> LiveLimits.check(scenario))
        .withMessageContaining("load.ratePerSecond");
  }

  @Test
  void standsInAManifestUnderItsKeyAndIsReadBack() throws IOException {
    JsonMapper json = Json.strict(JsonMapper.builder()).build();
    Scenario scenario = read(HEAD + "toySwap: {replicas: 3}\n");

    String text = json.writeValueAsString(scenario);

    assertThat(text)
        .contains("\"strategy\":\"toy-swap\"", "\"toySwap\":{\"replicas\":3},\"expect\"");
    assertThat(json.readValue(text, Scenario.class)).isEqualTo(scenario);
  }

  @Test
  void isRunOnTheTwinJudgedAndReported() throws IOException {
    Scenario scenario = read(HEAD + "expect: {errorShareAtMost: 0}\n");

    Findings findings = Analysis.analyse(OnTheTwin.completed(scenario, folder.resolve("run")));
    Path index = Report.render(List.of(findings), folder.resolve("report"));

    assertThat(findings.reasons()).isEmpty();
    assertThat(findings.verdict()).isEqualTo(Verdict.PASS);
    assertThat(findings.transitions().orThrow())
        .extracting(Transition::kind)
        .containsExactly(Transition.Kind.ROLLOUT, Transition.Kind.ROLLBACK);
    assertThat(findings.versions().orThrow().passes()).hasSize(1);
    assertThat(Files.readString(index)).contains("toy");
    assertThat(Files.readString(index.resolveSibling("toy.html")))
        .contains("v2 for all", "toy-pyapp");
  }

  private Scenario read(String text) throws IOException {
    return new ScenarioReader().read(Files.writeString(folder.resolve("toy.yaml"), text));
  }
}
