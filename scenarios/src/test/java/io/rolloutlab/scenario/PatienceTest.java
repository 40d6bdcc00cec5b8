package io.rolloutlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rolloutlab.scenario.app.HealthCheck;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.scenario.json.Json;
import io.rolloutlab.scenario.matrix.Matrix;
import io.rolloutlab.scenario.matrix.MatrixReader;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.scenario.read.ScenarioReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One factor for all limits that a file does not say. */
class PatienceTest {
  private static final String HEAD = "name: x\nquestion: Why?\nstrategy: rolling\n";
  private static final JsonMapper JSON = Json.strict(JsonMapper.builder()).build();

  @TempDir Path folder;

  private Scenario read(String more) {
    return read(more, Optional.empty());
  }

  private Scenario read(String more, Optional<Patience> asked) {
    return new ScenarioReader(asked).read(file(HEAD + more));
  }

  private Path file(String text) {
    try {
      return Files.writeString(folder.resolve("x.yaml"), text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Duration updateLimit(Scenario scenario) {
    return scenario.settings().updateLimit();
  }

  @Test
  void theUsualOneChangesNothingAndIsNotWrittenDown() throws IOException {
    Scenario usual = read("");

    assertThat(usual.patience()).isEqualTo(1);
    assertThat(usual.waiting().stretched(Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));
    assertThat(read("patience: 1\n")).isEqualTo(usual);
    assertThat(JSON.writeValueAsString(usual)).doesNotContain("patience");
  }

  @Test
  void limitsAndHealthChecksThatTheFileDoesNotSayAreStretched() {
    Scenario patient = read("patience: 10\napp: {replicas: 3, healthCheck: {retries: 2}}\n");

    assertThat(patient.patience()).isEqualTo(10);
    assertThat(patient.app().replicas()).isEqualTo(3);
    assertThat(patient.app().startLimit()).isEqualTo(Duration.ofMinutes(10));
    assertThat(patient.load().limit()).isEqualTo(Duration.ofMinutes(150));
    assertThat(updateLimit(patient)).isEqualTo(Duration.ofMinutes(50));
    assertThat(patient.app().healthCheck())
        .isEqualTo(
            new HealthCheck(
                null,
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                2,
                null,
                Duration.ofSeconds(50)));
    assertThat(patient.waiting().stretched(Duration.ofSeconds(7)))
        .isEqualTo(Duration.ofSeconds(70));
    assertThat(patient.load().requestTimeout())
        .as("what users wait for an answer is theirs")
        .isEqualTo(LoadPlan.DEFAULT.requestTimeout());
  }

  @Test
  void whatTheFileSaysStays() {
    Scenario patient =
        read(
            """
            patience: 2.5
            app: {startLimit: 20s, healthCheck: {interval: 1s}}
            load: {limit: 5m}
            rolling: {limit: 90s}
            """);

    assertThat(patient.app().startLimit()).isEqualTo(Duration.ofSeconds(20));
    assertThat(patient.app().healthCheck().interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(patient.app().healthCheck().timeout()).isEqualTo(Duration.ofSeconds(75));
    assertThat(patient.load().limit()).isEqualTo(Duration.ofMinutes(5));
    assertThat(updateLimit(patient)).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void noLimitComesToBeLongerThanAFileMaySay() {
    Scenario patient = read("patience: 100\n");

    assertThat(patient.app().startLimit()).isEqualTo(Duration.ofMinutes(30));
    assertThat(patient.load().limit()).isEqualTo(Duration.ofHours(4));
    assertThat(updateLimit(patient)).isEqualTo(Duration.ofHours(4));
    assertThat(patient.app().healthCheck()).isNull();
  }

  /** A key without a value has its default, so that its block has the stretched ones. */
  @Test
  void aKeyWithoutAValueIsNotSaid() {
    assertThat(read("patience: 2\napp:\nload: {limit: }\n")).isEqualTo(read("patience: 2\n"));
  }

  @Test
  void itIsAskedForOfFilesThatSayNone() {
    Optional<Patience> three = Optional.of(new Patience(3));

    assertThat(read("", three)).isEqualTo(read("patience: 3\n"));
    assertThat(read("patience: 2\n", three)).isEqualTo(read("patience: 2\n"));
  }

  @Test
  void everyCellOfAMatrixHasIt() {
    Path file =
        file(
            """
            name: x
            question: Which?
            strategies: {a: {strategy: rolling}, b: {strategy: baseline}}
            situations: {usual: {}, slow: {patience: 20}}
            """);

    Matrix matrix = new MatrixReader(Optional.of(new Patience(3))).readAll(List.of(file)).get(0);

    assertThat(matrix.cells())
        .extracting(cell -> cell.scenario().patience())
        .containsExactly(3.0, 20.0, 3.0, 20.0);
    assertThat(matrix.cells().get(0).scenario().app().startLimit())
        .isEqualTo(Duration.ofMinutes(3));
    assertThat(new MatrixReader().readAll(List.of(file)).get(0).cells())
        .extracting(cell -> cell.scenario().patience())
        .containsExactly(1.0, 20.0, 1.0, 20.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          patience: 0.5    | patience: must be from 1 to 100, but is 0.5
          patience: 101    | patience: must be from 1 to 100, but is 101
          patience: "10"   | patience: wrong type: a number is wanted here
          patience: much   | patience: wrong type: a number is wanted here
          """)
  void whatIsNoneIsRefusedWithFileAndLine(String text, String why) {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(text + "\n"))
        .withMessageStartingWith("%s:4: %s", folder.resolve("x.yaml"), why);
  }

  /** The default interval of its health check is ten times as long, and so comes too late. */
  @Test
  void whatCannotWorkIsSeenWithTheStretchedValues() {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read("patience: 10\napp: {startLimit: 60s, healthCheck: {retries: 3}}\n"))
        .withMessageContaining("x.yaml:5: app.startLimit: is 1m, but the first health check");
  }

  @Test
  void itIsRecordedWithTheScenario() throws IOException {
    Scenario patient = read("patience: 10\n");

    String text = JSON.writeValueAsString(patient);

    assertThat(text).contains("\"patience\":10.0");
    assertThat(JSON.readValue(text, Scenario.class)).isEqualTo(patient);
    assertThat(patient.repeat(1).patience()).isEqualTo(10);
    assertThat(patient.judgedAs(read("")).patience()).isEqualTo(10);
  }
}
