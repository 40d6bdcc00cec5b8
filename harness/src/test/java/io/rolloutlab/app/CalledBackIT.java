package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.alarm.CalledBack;
import io.rolloutlab.swarm.cluster.LeftBehind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An alarm sees on a real Swarm what it sees on the twin, and calls back in the same way. */
class CalledBackIT {
  @TempDir Path folder;

  /** The same is looked at as on the twin, in CalledBackTest. */
  @Test
  void anAlarmCallsABadUpdateBackOnItsWay() {
    Path file = LabRuns.file(folder, "called-back", CalledBack.SCENARIO);

    LabRuns.Call call = LabRuns.call("run", file.toString(), "--into", folder.toString());

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.NOT_PASSED);
    assertThat(call.output()).contains("the alarm rings: ", "the alarm calls the rollout back");
    assertThat(LeftBehind.names()).isEmpty();
    CalledBack.holdsIn(LabRuns.history(folder, "called-back"));
  }
}
