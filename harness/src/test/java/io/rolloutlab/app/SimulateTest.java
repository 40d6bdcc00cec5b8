package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateTest {
  @TempDir Path folder;

  @Test
  void everyScenarioPassesOnTheTwinAndTheReportSaysThatItIsOne() throws Exception {
    LabRuns.Call call = LabRuns.call("simulate", "--into", folder.toString());

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(call.output()).contains("rolling: PASS", "SIMULATED: no Docker was used");
    assertThat(Files.readString(folder.resolve("twin/report/rolling.html")))
        .contains("Simulated: no Docker was used");
    assertThat(folder.resolve("report")).doesNotExist();
  }

  @Test
  void aNameThatNoScenarioHas() {
    LabRuns.Call call = LabRuns.call("simulate", "--only", "roling");

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output()).contains("--only roling: there is no such scenario");
  }
}
