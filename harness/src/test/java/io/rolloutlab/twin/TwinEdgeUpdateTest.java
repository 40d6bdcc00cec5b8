package io.rolloutlab.twin;

import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.testbed.Bench;
import io.rolloutlab.testbed.EdgeUpdateContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The twin's edge keeps the promises, as {@code LiveEdgeUpdateIT} says of the real one. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
class TwinEdgeUpdateTest extends EdgeUpdateContract {
  private static Course course;

  @Parameter Balancing balancing;

  @BeforeParameterizedClassInvocation
  static void playTheCourse(Balancing balancing, @TempDir Path folder) {
    Scenario scenario = Bench.scenarioUpdatingTheEdge();
    try (Bench bench =
        new Bench(
            folder.resolve("run-" + balancing),
            Manifest.Origin.TWIN,
            balancing,
            scenario,
            (history, stopped) ->
                new TwinTestbed(
                    scenario,
                    balancing,
                    Calibrated.DELIVERED.settings(),
                    history,
                    event -> {},
                    stopped::get))) {
      course = Course.run(bench);
    }
  }

  @Override
  protected Course course() {
    return course;
  }
}
