package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.calibration.Calibration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of the twin stand in for real ones: only their manifests say so. */
class GapTest {
  @TempDir Path folder;
  private Path scenarios;

  @BeforeEach
  void simulate() {
    scenarios = folder.resolve("scenarios");
    LabRuns.scenario(scenarios, "small", "rolling", "rolling: {hold: 1s, update: {delay: 1s}}\n");
    simulateAll();
  }

  private void simulateAll() {
    Folders.remove(folder.resolve("work"));
    LabRuns.call("simulate", scenarios.toString(), "--into", folder.resolve("work").toString());
  }

  /** Keeps the last simulated run as a real one. */
  private Path real(String place, String id) {
    return LabRuns.asReal(
        LabRuns.run(folder.resolve("work/twin"), "small"),
        folder.resolve("live").resolve(place),
        id);
  }

  private LabRuns.Call gap(String... more) {
    List<String> call =
        new java.util.ArrayList<>(
            List.of("gap", folder.resolve("live").toString(), "--into", folder.toString()));
    call.addAll(List.of(more));
    return LabRuns.call(call.toArray(String[]::new));
  }

  private String page() {
    return read("twin/gap/gap.html");
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void aRealRunThatIsExactlyLikeTheTwinHasNoGap() {
    real("small", "real-1");

    LabRuns.Call call = gap("--seeds", "1");

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    String table = read("twin/gap/gap.md");
    assertThat(table).contains("## small: 1 real, 1 simulated", "| replica-seconds |");
    assertThat(table.lines().filter(line -> line.matches("\\|.*\\| [+-]?\\d+\\.\\d % \\|")))
        .hasSizeGreaterThan(4)
        .allMatch(line -> line.endsWith("| 0.0 % |"));
    assertThat(page()).contains("1 real, 1 simulated", "Real and simulated numbers side by side");
  }

  @Test
  void runsOfOneScenarioAreRepeatsWhereverTheyLieAndOthersOfItsNameAreNot() {
    real("0/runs/monday/small", "real-1");
    real("1/runs/tuesday/small", "real-2");
    LabRuns.scenario(scenarios, "small", "rolling", "rolling: {hold: 2s, update: {delay: 1s}}\n");
    simulateAll();
    real("2/runs/wednesday/small", "real-3");

    LabRuns.Call call = gap("--seeds", "2");

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(call.output())
        .contains("small: 2 real, 2 simulated", "small-2: 1 real, 2 simulated");
    assertThat(page()).contains("rolling.hold is 2s instead of 1s");
  }

  @Test
  void theTwinIsNotHeldAgainstTheRunsItWasMadeFrom() throws IOException {
    Path seen = real("0/small", "real-1");
    real("1/small", "real-2");
    Path settings = folder.resolve("settings.json");

    LabRuns.Call calibrate =
        LabRuns.call("calibrate", seen.toString(), "--to", settings.toString());
    LabRuns.Call call = gap("--seeds", "1", "--settings", settings.toString());

    assertThat(calibrate.exitCode()).as(calibrate.output()).isEqualTo(Lab.PASSED);
    assertThat(Calibration.read(Files.readString(settings)).runs()).containsExactly("real-1");
    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(call.output())
        .contains("small: 1 real", "the twin was calibrated on this very run: real-1");
    assertThat(page())
        .contains("latencies are those of settings.json, read off other runs")
        .contains("The twin was calibrated on this very run: real-1");
  }

  @Test
  void aRunOfTheCalibrationAloneIsRefused() throws IOException {
    real("small", "real-1");
    Path settings = folder.resolve("settings.json");
    Files.writeString(
        settings,
        Calibration.write(new Calibrated(List.of("real-1"), Calibrated.DELIVERED.settings())));

    LabRuns.Call call = gap("--settings", settings.toString());

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output())
        .contains("there is no real run to hold the twin against")
        .contains("the twin was calibrated on this very run");
    assertThat(folder.resolve("twin/gap/gap.html")).doesNotExist();
  }

  @Test
  void leavesOutWhatSaysNothingAndNamesIt() throws IOException {
    real("0/small", "real-1");
    real("copy/small", "real-1");
    Path cut = real("1/small", "real-2").resolve("events.jsonl");
    Files.writeString(cut, Files.readString(cut).replaceAll("(?m)^.*\"end\".*\n", ""));
    Path silent = real("2/small", "real-3").resolve("hits.csv");
    Files.writeString(silent, Files.readString(silent).lines().findFirst().orElseThrow() + "\n");

    LabRuns.Call call = gap("--seeds", "1");

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(call.output())
        .contains("small: 1 real")
        .contains("it is named twice: real-1")
        .contains("it did not come to its end: real-2")
        .contains("its two witnesses do not agree, so its numbers cannot be trusted: real-3");
  }

  @Test
  void latenciesAreReadOffRunsThatCanBeBelievedAlone() throws IOException {
    real("0/small", "real-1");
    Path cut = real("1/small", "real-2").resolve("events.jsonl");
    Files.writeString(cut, Files.readString(cut).replaceAll("(?m)^.*\"end\".*\n", ""));
    Path own = real("2/small", "real-3").resolve("manifest.json");
    Files.writeString(
        own, Files.readString(own).replaceFirst("\"env\"\\s*:\\s*\\{", "$0\"APP_X\": \"1\""));
    Path settings = folder.resolve("settings.json");

    LabRuns.Call call =
        LabRuns.call("calibrate", folder.resolve("live").toString(), "--to", settings.toString());

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(call.output())
        .contains("left out, since it did not come to its end")
        .contains("left out, since its app has an image or a variable of its own");
    assertThat(Calibration.read(Files.readString(settings)).runs()).containsExactly("real-1");
  }

  /** As a real run that the lab made with others at once. */
  private Path besideOthers(String place, String id, int others) throws IOException {
    Path run = real(place, id);
    Path manifest = run.resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replaceFirst("\\{", "{ \"beside\" : %s,".formatted(others)));
    return run;
  }

  @Test
  void whereOthersWereMadeBesideARunIsSaid() throws IOException {
    real("0/small", "real-1");
    besideOthers("1/small", "real-2", 2);

    LabRuns.Call call = gap("--seeds", "1");

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(call.output())
        .contains("small: 2 real, 1 simulated; others were made beside 1 of the real ones");
    assertThat(read("twin/gap/gap.md")).contains("their p99 is not judged: real-2 (2 others)");
    assertThat(page())
        .contains("their p99 is not judged: real-2 (2 others)")
        .containsOnlyOnce("2 others beside it");
  }

  /** Its times are those of a machine that was busy with others. */
  @Test
  void latenciesAreReadOffRunsAloneOnly() throws IOException {
    real("0/small", "real-1");
    Path shared = besideOthers("1/small", "real-2", 1);
    Path settings = folder.resolve("settings.json");
    String to = settings.toString();

    LabRuns.Call both = LabRuns.call("calibrate", folder.resolve("live").toString(), "--to", to);
    LabRuns.Call none = LabRuns.call("calibrate", shared.toString(), "--to", to);

    assertThat(both.exitCode()).as(both.output()).isEqualTo(Lab.PASSED);
    assertThat(both.output())
        .contains(
            "left out, since 1 other was made beside it, so its times are those of a machine");
    assertThat(Calibration.read(Files.readString(settings)).runs()).containsExactly("real-1");
    assertThat(none.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(none.output()).contains("none of them is a real run whose times can be taken");
  }

  @Test
  void saysWhereSettingsCannotBeReadOrWritten() throws IOException {
    real("0/small", "real-1");
    Path nowhere = folder.resolve("nowhere/settings.json");

    LabRuns.Call read = gap("--settings", nowhere.toString());
    LabRuns.Call written =
        LabRuns.call("calibrate", folder.resolve("live").toString(), "--to", nowhere.toString());

    assertThat(read.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(read.output()).contains("there is no settings file that can be read");
    assertThat(written.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(written.output()).contains("settings.json: cannot be written");
  }

  @Test
  void aSimulatedRunIsNoMeasureForTheTwin() {
    LabRuns.Call call =
        LabRuns.call("gap", folder.resolve("work").toString(), "--into", folder.toString());

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output()).contains("twin-small-1").contains("it is simulated itself");
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(gap("--seeds", "0").output()).contains("--seeds 0: at least one");
    assertThat(LabRuns.call("gap", folder.resolve("nowhere").toString()).output())
        .contains("nowhere: there is no such folder, no such batch");
    LabRuns.Call call = LabRuns.call("calibrate", folder.toString());
    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output()).contains("--to FILE: where do the settings go?");
    LabRuns.Call ofNothing = LabRuns.call("calibrate", "--to", folder.resolve("s").toString());
    assertThat(ofNothing.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(ofNothing.output()).contains("name the runs that the latencies are read off");
  }
}
