package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of an engine elsewhere, and of one that is slow. */
class EngineOptionsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --ports    | 24000       | --ports 24000: this must be the first and the last port
          --ports    | 24000-24004 | --ports 24000-24004: these are 5 ports, and what is asked for needs 6 at once
          --patience | 0.5         | --patience 0.5: this must be a number from 1 to 100
          --patience | 101         | --patience 101: this must be a number from 1 to 100
          --patience | much        | --patience much: this must be a number from 1 to 100
          """)
  void whatMakesNoSenseIsRefusedBeforeAnythingIsRun(String option, String value, String why) {
    LabRuns.scenario(folder, "calm", "baseline", "");

    LabRuns.Call call =
        LabRuns.call(
            "run", folder.toString(), "--into", folder.resolve("lab").toString(), option, value);

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output()).startsWith(why).doesNotContain("\tat ");
    assertThat(folder.resolve("lab")).doesNotExist();
  }

  /** Two clusters at once need ports of their own each. */
  @Test
  void runsAtOnceNeedThePortsOfAll() {
    LabRuns.scenario(folder, "calm", "baseline", "");
    LabRuns.scenario(folder, "calmer", "baseline", "");
    String[] twelve = {"run", folder.toString(), "--ports", "24000-24011", "--dry-run"};
    String[] eleven = {
      "run", folder.toString(), "--ports", "24000-24010", "--dry-run", "--at-once", "2"
    };

    assertThat(LabRuns.call(twelve).exitCode()).isEqualTo(Lab.PASSED);
    assertThat(LabRuns.call(eleven).output())
        .contains("these are 11 ports, and what is asked for needs 12 at once");
  }

  @Test
  void patienceIsRecordedAndStandsAmongTheConditions() throws Exception {
    LabRuns.scenario(folder, "calm", "baseline", "baseline: {hold: 3s}\n");

    LabRuns.Call call =
        LabRuns.call(
            "simulate", folder.toString(), "--into", folder.toString(), "--patience", "2.5");

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    Path twin = folder.resolve("twin");
    assertThat(LabRuns.history(twin, "calm").manifest().scenario().patience()).isEqualTo(2.5);
    assertThat(Files.readString(twin.resolve("report/calm.html")))
        .contains("2.5: every limit of the lab");
  }
}
