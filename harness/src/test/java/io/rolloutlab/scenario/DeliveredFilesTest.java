package io.rolloutlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.scenario.matrix.Matrix;
import io.rolloutlab.scenario.matrix.MatrixReader;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.stack.scenario.AskedScenario;
import io.rolloutlab.stack.scenario.ScenarioFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that the project delivers are read, and set nothing without effect. They are held here
 * because some expect measures, which are known only where the reports are on the class path.
 */
class DeliveredFilesTest {
  private static final Path SCENARIOS = Path.of("..", "scenarios");

  @ParameterizedTest
  @ValueSource(strings = {"", "more", "mesh"})
  void itsScenariosAreRead(String below) {
    ScenarioReader reader = new ScenarioReader();

    List<Scenario> own = reader.readAll(List.of(SCENARIOS.resolve(below)));

    assertThat(own).isNotEmpty();
    assertThat(own).allSatisfy(scenario -> assertThat(reader.warnings(scenario)).isEmpty());
  }

  @Test
  void theMainJobPlaysTheBaselineFirstAndLeavesNoneOut() {
    assertThat(new ScenarioReader().readAll(List.of(SCENARIOS)))
        .extracting(Scenario::name)
        .containsExactly(
            "baseline",
            "blue-green",
            "blue-green-crashes",
            "blue-green-errors",
            "canary",
            "canary-crashes",
            "canary-errors",
            "canary-ip",
            "rolling",
            "rolling-crashes",
            "rolling-errors",
            "rolling-rollback-crashes",
            "rolling-rollback-errors",
            "rolling-start-first");
  }

  @Test
  void itsScenarioAboutAStackIsRead() {
    List<AskedScenario> own =
        new ScenarioFiles(Map.of(), Optional.empty()).readAll(List.of(SCENARIOS.resolve("stacks")));

    assertThat(own).extracting(one -> one.scenario().name()).containsExactly("front");
    assertThat(own).allSatisfy(one -> assertThat(one.warnings()).isEmpty());
    assertThat(own.get(0).stack()).isPresent();
  }

  @Test
  void itsMatrixIsRead() {
    MatrixReader reader = new MatrixReader();

    List<Matrix> own = reader.readAll(List.of(SCENARIOS.resolve("matrix")));

    assertThat(own).extracting(Matrix::name).contains("bad-day");
    assertThat(own).allSatisfy(matrix -> assertThat(reader.warnings(matrix)).isEmpty());
  }
}
