package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.happening.DuringRolling;
import io.rolloutlab.swarm.cluster.LeftBehind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens during a rollout does on a real Swarm what it does on the twin. */
class HappeningsIT {
  @TempDir Path folder;

  /** The same is looked at as on the twin, in DuringRollingTest. */
  @Test
  void aServiceIsScaledAndANodeDrainedAndActivatedDuringARollingUpdate() {
    Path file = LabRuns.file(folder, "happens", DuringRolling.SCENARIO);

    LabRuns.Call call = LabRuns.call("run", file.toString(), "--into", folder.toString());

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(call.output())
        .contains("drain workerN1, as the scenario asks", "scale pyapp to 5, as the scenario asks");
    assertThat(LeftBehind.names()).isEmpty();
    DuringRolling.holdsIn(LabRuns.history(folder, "happens"));
  }
}
