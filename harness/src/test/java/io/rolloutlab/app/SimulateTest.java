package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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

  /** An image of one's own is never looked at: who reads the numbers has to know it. */
  @Test
  void imagesOfOnesOwnAreSaidToBePlayedByTheLabsApp() throws Exception {
    Path scenario = folder.resolve("mine.yaml");
    Files.writeString(
        scenario,
        """
        name: mine
        question: Why?
        strategy: baseline
        load: {ratePerSecond: 5, warmUp: 1s, coolDown: 1s}
        baseline: {hold: 3s}
        app: {v1: {image: "hello:1"}, v2: {image: "hello:2"}}
        """);

    LabRuns.Call call = LabRuns.call("simulate", scenario.toString(), "--into", folder.toString());

    String note =
        "the simulated Swarm knows nothing of hello:1 and hello:2: the lab's own app plays them";
    assertThat(call.output()).contains("mine: " + note);
    assertThat(Files.readString(folder.resolve("twin/report/mine.html")))
        .contains(note.replace("'", "&#39;"));
  }

  /** What a file expects of any measure is judged, also where it is counted from the baseline. */
  @Test
  void whatIsCountedFromTheBaselineIsJudgedBesideIt() {
    LabRuns.scenario(folder, "calm", "baseline", "baseline: {hold: 10s}\n");
    LabRuns.scenario(
        folder,
        "near",
        "blue-green",
        """
        app: {replicas: 2}
        expect:
          errorPercent: {atMost: baseline}
          p99Millis: {atMost: baseline + 500}
          failedRequests: {atMost: 0, in: warm-up}
        """);
    Path calm = folder.resolve("calm.yaml");
    Path near = folder.resolve("near.yaml");

    LabRuns.Call alone = simulate(near);
    LabRuns.Call otherwise = simulate(calm, near);
    LabRuns.scenario(folder, "calm", "baseline", "app: {replicas: 2}\nbaseline: {hold: 10s}\n");
    LabRuns.Call both = simulate(calm, near);

    assertThat(alone.exitCode()).isEqualTo(Lab.NOT_PASSED);
    assertThat(alone.output())
        .contains(
            "near is UNKNOWN", "no baseline stands beside this run: run one in the same batch");
    assertThat(otherwise.output())
        .contains(
            "near: UNKNOWN", "under other conditions (baseline / this run): app.replicas: 4 / 2");
    assertThat(both.output()).contains("near: PASS");
    assertThat(both.exitCode()).as(both.output()).isEqualTo(Lab.PASSED);
  }

  private LabRuns.Call simulate(Path... scenarios) {
    List<String> arguments = new ArrayList<>(List.of("simulate", "--into", folder + "/lab"));
    Stream.of(scenarios).map(Path::toString).forEach(arguments::add);
    return LabRuns.call(arguments.toArray(String[]::new));
  }

  @Test
  void aNameThatNoScenarioHas() {
    LabRuns.Call call = LabRuns.call("simulate", "--only", "roling");

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output()).contains("--only roling: there is no such scenario");
  }
}
