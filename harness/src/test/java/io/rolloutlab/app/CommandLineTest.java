package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "simulate",
        "sweep",
        "gap",
        "calibrate",
        "report",
        "compare",
        "doctor",
        "requests",
        "stack",
        "engine",
        "completion"
      })
  void everyCommandExplainsItselfAndItsExitCodes(String command) {
    LabRuns.Call one = LabRuns.call(command, "--help");

    assertThat(one.exitCode()).isEqualTo(Lab.PASSED);
    assertThat(one.output()).contains("Usage: lab " + command, "Exit codes:", "130");
    assertThat(LabRuns.call("--help").output()).contains("  " + command + " ");
  }

  @Test
  void theShellUnderstandsTheCompletion() throws IOException, InterruptedException {
    String script = LabRuns.call("completion").output();
    Path file = Files.writeString(folder.resolve("completion"), script);

    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "source "
                    + file
                    + "; COMP_WORDS=(lab eng); COMP_CWORD=1; _complete_lab;"
                    + " echo ${COMPREPLY[@]}")
            .redirectErrorStream(true)
            .start();

    assertThat(new String(bash.getInputStream().readAllBytes())).isEqualTo("engine\n");
  }

  @Test
  void theCommitIsTheVersion() {
    LabRuns.Call call = LabRuns.call("--version");

    assertThat(call.exitCode()).isEqualTo(Lab.PASSED);
    assertThat(call.output()).containsPattern("Rollout Lab, commit \\w+").contains("Gatling");
  }
}
