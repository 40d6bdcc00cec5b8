package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.ResourceSample;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.swarm.cluster.LeftBehind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every strategy, from nothing to the report, on a small Swarm and in short. */
class MainJobIT {
  @TempDir Path folder;

  @Test
  void everyStrategyPassesReconcilesAndLeavesNothing() {
    Path scenarios = folder.resolve("scenarios");
    Path into = folder.resolve("lab");
    String app = "app: {replicas: 2, constraints: []}\n";
    LabRuns.scenario(scenarios, "calm", "baseline", app + "baseline: {hold: 4s}\n");
    LabRuns.scenario(
        scenarios,
        "rolls",
        "rolling",
        app
            + "rolling: {update: {delay: 1s, monitor: 1s}, rollback: {monitor: 1s, delay: 0s},"
            + " hold: 2s}\nexpect: {mixedVersions: true}\n");
    LabRuns.scenario(scenarios, "switches", "blue-green", app + "blueGreen: {keepBlue: 3s}\n");
    LabRuns.scenario(
        scenarios,
        "climbs",
        "canary",
        app
            + "canary: {steps: [{canary: 30, hold: 6s}, {canary: 100, replicas: 2, hold: 4s}],"
            + " abortAfter: 1, marginPoints: 20}\nexpect: {stepsWithinInterval: true}\n");
    LabRuns.scenario(
        scenarios,
        "chosen",
        "canary-ip",
        app + "canaryIp: {hold: 5s}\nexpect: {onlyListedUsersSeeV2: true}\n");

    LabRuns.scenario(
        scenarios,
        "begins-anew",
        "recreate",
        app + "recreate: {hold: 3s}\nexpect: {rolloutAtMost: 1m, rollbackAtMost: 1m}\n");
    LabRuns.scenario(
        scenarios,
        "copies",
        "shadow",
        app + "shadow: {copyFor: 5s}\nexpect: {mixedVersions: false, metV2Percent: {atMost: 0}}\n");

    LabRuns.Call call = LabRuns.call("run", scenarios.toString(), "--into", into.toString());

    assertThat(call.output()).contains("report: " + into.resolve("report").resolve("index.html"));
    assertThat(call.exitCode()).isEqualTo(Lab.PASSED);
    assertThat(into.resolve("report").toFile().list())
        .contains("index.html", "rolls.html", "results.json", "results.csv", "summary.md");
    assertThat(LeftBehind.names()).isEmpty();
    rollingIsAStaircase(LabRuns.history(into, "rolls"));
    everythingIsSampled(LabRuns.history(into, "calm"));
  }

  /** v1, then both, then v2, then v1 again, by what users were answered. */
  private static void rollingIsAStaircase(History history) {
    List<String> versions =
        history.requests().stream().map(request -> request.version()).distinct().toList();
    assertThat(versions).contains("v1", "v2");
    assertThat(history.requests().get(0).version()).isEqualTo("v1");
    assertThat(history.requests().get(history.requests().size() - 1).version()).isEqualTo("v1");
    assertThat(
            history
                .events(Event.UpdateChange.class)
                .map(Event.UpdateChange::state)
                .collect(Collectors.toList()))
        .contains("completed", "rollback_completed");
  }

  private static void everythingIsSampled(History history) {
    assertThat(
            history.resources().stream()
                .filter(sample -> sample.kind() == ResourceSample.Kind.NODE)
                .map(ResourceSample::name)
                .distinct())
        .containsExactlyInAnyOrder("managerN", "workerN1");
    assertThat(
            history.resources().stream()
                .filter(sample -> sample.kind() == ResourceSample.Kind.TASK)
                .map(ResourceSample::service)
                .distinct())
        .containsExactlyInAnyOrder("pyapp", "nginx");
    theMachineIsSampled(history);
  }

  /** Where the engine works on this machine, and the machine is a Linux. */
  private static void theMachineIsSampled(History history) {
    if (Engine.located().getScheme().equals("unix") && Files.isReadable(Path.of("/proc/stat"))) {
      assertThat(
              history.resources().stream()
                  .filter(
                      sample ->
                          sample.kind() == ResourceSample.Kind.MACHINE
                              || sample.kind() == ResourceSample.Kind.LAB)
                  .map(ResourceSample::name)
                  .distinct())
          .contains("busy", "idle", "harness", "load");
    }
  }
}
