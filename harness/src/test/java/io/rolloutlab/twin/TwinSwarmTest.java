package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.rollout.Stage;
import io.rolloutlab.testbed.Swarm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwinSwarmTest {
  @TempDir Path folder;

  /** Progress is counted as tasks change; the view looks at every task. */
  @Test
  void progressIsWhatTheViewCounts() {
    try (TestTwin twin =
        TestTwin.of(
            folder,
            "strategy: rolling",
            "app: {v2: {env: {APP_CRASH_AFTER_SECONDS: \"1\"}}}",
            "rolling: {update: {delay: 0s, maxFailureRatio: 1}}")) {
      Stage stage = twin.stage();
      stage.create(stage.stable());
      stage.update(stage.stable(), stage.updated());
      boolean crashed = false;
      for (int look = 0; look < 400; look++) {
        stage.hold(Duration.ofMillis(100));
        Swarm.Progress progress = twin.testbed().swarm().progress(Stage.APP);
        Swarm.ServiceView view = twin.testbed().swarm().view(Stage.APP);
        assertThat(progress.running("v1")).isEqualTo(view.running("v1"));
        assertThat(progress.running("v2")).isEqualTo(view.running("v2"));
        assertThat(progress.updateState()).isEqualTo(view.updateState());
        crashed |= view.tasks().stream().anyMatch(task -> task.state().equals("failed"));
      }
      assertThat(crashed).isTrue();
    }
  }
}
