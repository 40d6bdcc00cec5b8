package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's mistake is answered at once, without an engine and without a stack trace. */
class BadInputTest {
  @TempDir Path folder;

  @Test
  void aScenarioThatIsNone() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("x.yaml"), "name: x\nquestion: Why?\nstrategy: rolling\nreplics: 3\n");

    LabRuns.Call call = LabRuns.call("run", file.toString());

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output()).startsWith(file + ":4: replics: unknown key").doesNotContain("\tat ");
  }

  @Test
  void aNameThatNoScenarioHas() {
    LabRuns.Call call = LabRuns.call("run", "--only", "roling");

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output())
        .contains("--only roling: there is no such scenario")
        .contains("baseline, blue-green, blue-green-crashes, blue-green-errors, canary");
  }

  @Test
  void aScenarioThatOneMachineCannotCarry() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("x.yaml"),
            "name: x\nquestion: Why?\nstrategy: rolling\ncluster: {workers: 21}\n");

    LabRuns.Call call = LabRuns.call("run", file.toString(), "--into", folder.toString());

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output())
        .startsWith("scenario x: cluster.workers may be at most 20 on a real Swarm")
        .contains("but is 21", "simulate it: mvn verify -Psimulation")
        .doesNotContain("\tat ");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void aRunThatIsNone() {
    LabRuns.Call call = LabRuns.call("report", folder.toString(), "--into", folder.toString());

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output()).contains("no run is in this folder").doesNotContain("\tat ");
  }

  @Test
  void anOptionThatIsNone() {
    LabRuns.Call call = LabRuns.call("run", "--fast");

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output()).contains("Unknown option: '--fast'").doesNotContain("\tat ");
  }
}
