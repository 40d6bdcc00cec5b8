package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded runs are named by folders, batches and scenarios; what is not there is answered. */
class RunChoiceTest {
  /** Of an older lab, in local time; its runs say that it was the first of all. */
  private static final String OLD = "20991231-235959-0000";

  private static final String MIDDLE = "20991230T000000Z-0001";
  private static final String NEWEST = "20991231T000000Z-0002";

  @TempDir static Path simulated;
  @TempDir Path folder;
  private Path runs;

  @BeforeAll
  static void simulate() {
    Path scenarios = simulated.resolve("scenarios");
    String rest = "app: {replicas: 1}\nbaseline: {hold: 2s}\n";
    LabRuns.scenario(scenarios, "calm", "baseline", rest);
    LabRuns.scenario(scenarios, "quiet", "baseline", rest);
    LabRuns.call("simulate", scenarios.toString(), "--into", simulated.toString());
  }

  @BeforeEach
  void threeBatches() {
    runs = folder.resolve("runs");
    real(OLD, "calm", "real-1");
    real(MIDDLE, "calm", "real-2");
    real(NEWEST, "calm", "real-3");
    real(NEWEST, "quiet", "real-4");
  }

  private void real(String batch, String name, String id) {
    LabRuns.asReal(
        LabRuns.run(simulated.resolve("twin"), name), runs.resolve(batch).resolve(name), id);
  }

  private LabRuns.Call report(String... named) {
    List<String> call = new ArrayList<>(List.of("report"));
    call.addAll(List.of(named));
    call.addAll(List.of("--into", folder.toString()));
    return LabRuns.call(call.toArray(String[]::new));
  }

  private void analyses(String words, String... named) {
    LabRuns.Call call = report(named);
    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(call.output()).contains("analysing " + words + System.lineSeparator());
  }

  @Test
  void byNoneTheNewestBatchIsMeantAndItKeepsTheReport() {
    analyses("the 2 runs of batch " + NEWEST + ": calm, quiet");

    assertThat(runs.resolve(NEWEST).resolve("report/quiet.html")).exists();
    assertThat(folder.resolve("report/quiet.html")).exists();
  }

  @Test
  void byAnyName() {
    String newest = " of batch " + NEWEST + ": ";
    analyses("the run" + newest + "quiet", "quiet");
    analyses("the run" + newest + "quiet", NEWEST + "/quiet");
    analyses("the run of batch " + MIDDLE + ": calm", MIDDLE);
    analyses("the run of batch " + OLD + ": calm", runs.resolve(OLD).toString());
    analyses("the run of batch " + OLD + ": calm", runs.resolve(OLD).resolve("calm").toString());
    analyses("the 2 runs of 2 batches", MIDDLE + "," + OLD + "/calm");
    analyses("the 4 runs of 3 batches", runs.toString());
    analyses("the 4 runs of 3 batches", runs.toString(), "quiet");
  }

  @Test
  void theNewerOfTwoRunsOfOneScenarioIsSaid() throws IOException {
    Path manifest = runs.resolve(MIDDLE).resolve("calm/manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replaceFirst("(\"startedAtMillis\" : )\\d+", "$14000000000000"));

    LabRuns.Call call = report(MIDDLE, "calm");

    assertThat(call.output())
        .containsPattern("calm was run 2 times, oldest first: calm at .*, calm-2 at 2096-10-02T");
  }

  @Test
  void whatIsNotThereIsAnsweredWithWhatIs() {
    LabRuns.Call call = report("quite");

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output())
        .contains("quite: there is no such folder, no such batch, and no such scenario in")
        .containsSubsequence(
            "the newest first:", NEWEST + ": calm, quiet", MIDDLE + ": calm", OLD + ": calm");
    assertThat(LabRuns.call("gap", "quite", "--into", folder.toString()).output())
        .contains("quite: there is no such folder", NEWEST);
    assertThat(
            LabRuns.call("calibrate", "quite", "--to", "x", "--into", folder.toString()).output())
        .contains("quite: there is no such folder", NEWEST);
  }

  @Test
  void beforeTheFirstRunItSaysHowToMakeOne() {
    LabRuns.Call call = LabRuns.call("report", "--into", folder.resolve("empty").toString());

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output()).contains("there are no recorded runs in", "lab run");
  }

  @Test
  void realAndSimulatedRunsShareNoReport() {
    LabRuns.Call call = report(folder.toString(), simulated.toString());

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output()).contains("2 of these 6 runs are simulated, the others real");
  }

  @Test
  void aRunThatHasNotPassedIsReportedWithoutAFailure() throws IOException {
    Path silent = runs.resolve(NEWEST).resolve("calm/hits.csv");
    Files.writeString(silent, Files.readString(silent).lines().findFirst().orElseThrow() + "\n");

    LabRuns.Call call = report();

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(call.output())
        .contains("1 of 2 have not passed; the report is made all the same", "calm is UNKNOWN");
  }
}
