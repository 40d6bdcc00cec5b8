package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GapTest {
  @TempDir Path folder;

  @BeforeEach
  void simulate() {
    LabRuns.call("simulate", "--only", "rolling", "--into", folder.toString());
  }

  private Path run() {
    return folder.resolve("twin/runs/rolling");
  }

  @Test
  void aRealRunThatIsExactlyLikeTheTwinHasNoGap() throws IOException {
    Path manifest = run().resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"twin\"", "\"live\""));

    LabRuns.Call call =
        LabRuns.call("gap", run().toString(), "--seeds", "1", "--into", folder.toString());

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    String table = Files.readString(folder.resolve("twin/gap/gap.md"));
    assertThat(table).contains("## rolling, 1 seeds", "| replica-seconds |");
    assertThat(table.lines().filter(line -> line.matches(".*[+-]\\d+\\.\\d %.*")))
        .isNotEmpty()
        .allMatch(line -> line.contains("+0.0 %"));
  }

  @Test
  void aSimulatedRunIsNoMeasureForTheTwin() {
    LabRuns.Call call = LabRuns.call("gap", run().toString(), "--into", folder.toString());

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output()).contains("a gap is between one real run and simulated ones");
  }
}
