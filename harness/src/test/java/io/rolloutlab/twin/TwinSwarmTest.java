package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.history.HistoryWriter;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.testbed.Swarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwinSwarmTest {
  @TempDir Path folder;

  /** Progress is counted as tasks change; the view looks at every task. */
  @Test
  void progressIsWhatTheViewCounts() throws IOException {
    Scenario scenario =
        new ScenarioReader()
            .read(
                Files.writeString(
                    folder.resolve("x.yaml"),
                    "name: x\nquestion: Why?\nstrategy: rolling\n"
                        + "app: {v2: {env: {APP_CRASH_AFTER_SECONDS: \"1\"}}}\n"
                        + "rolling: {update: {delay: 0s, maxFailureRatio: 1}}\n"));
    Manifest manifest = SampleFindings.history(Strategy.ROLLING, 1).manifest();
    try (HistoryWriter history = new HistoryWriter(folder.resolve("run"), manifest);
        TwinTestbed testbed =
            new TwinTestbed(
                scenario,
                Balancing.DNSRR,
                Calibrated.DELIVERED.settings(),
                history,
                event -> {},
                () -> false)) {
      Stage stage = new Stage(scenario, testbed);
      stage.create(stage.stable());
      stage.update(stage.stable(), stage.updated());
      boolean crashed = false;
      for (int look = 0; look < 400; look++) {
        stage.hold(Duration.ofMillis(100));
        Swarm.Progress progress = testbed.swarm().progress(Stage.APP);
        Swarm.ServiceView view = testbed.swarm().view(Stage.APP);
        assertThat(progress.running("v1")).isEqualTo(view.running("v1"));
        assertThat(progress.running("v2")).isEqualTo(view.running("v2"));
        assertThat(progress.updateState()).isEqualTo(view.updateState());
        crashed |= view.tasks().stream().anyMatch(task -> task.state().equals("failed"));
      }
      assertThat(crashed).isTrue();
    }
  }
}
