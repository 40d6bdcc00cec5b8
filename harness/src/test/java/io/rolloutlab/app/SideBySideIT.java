package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Request;
import io.rolloutlab.swarm.cluster.LeftBehind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two clusters at once, each under its own load, and one run that fails beside them. */
class SideBySideIT {
  private static final String APP = "app: {replicas: 2, constraints: []}\n";
  private static final long MINUTES = 4;

  /**
   * A load says that it flows when its first user sets out; in a JVM that is still cold the request
   * leaves some tens of milliseconds after that. Its process takes seconds to come so far.
   */
  private static final long SETS_OUT_MILLIS = 500;

  @TempDir Path folder;

  @Test
  void runsAtOnceAreCompleteJudgedAndInStepAndLeaveNothing() {
    Path scenarios = folder.resolve("scenarios");
    Path into = folder.resolve("lab");
    String expect = "expect: {errorShareAtMost: 0}\n";
    LabRuns.scenario(
        scenarios, "a-no-image", "rolling", "app: {v2: {image: 'nobody/has-this:1'}}\n");
    LabRuns.scenario(scenarios, "calm", "baseline", APP + "baseline: {hold: 8s}\n" + expect);
    LabRuns.scenario(
        scenarios, "switches", "blue-green", APP + "blueGreen: {keepBlue: 3s}\n" + expect);

    LabRuns.Call call =
        LabRuns.call("run", scenarios.toString(), "--into", into.toString(), "--at-once", "3");

    assertThat(call.output())
        .contains("a-no-image: FAIL", "calm: PASS", "switches: PASS")
        .doesNotContain("\tat io.rolloutlab", "cannot be made");
    assertThat(call.exitCode()).as("one of them failed").isEqualTo(Lab.NOT_PASSED);
    assertThat(LeftBehind.names()).isEmpty();
    History failed = LabRuns.history(into, "a-no-image");
    assertThat(failed.end().orElseThrow().cause())
        .contains("the engine has no image \"nobody/has-this:1\"");
    History calm = LabRuns.history(into, "calm");
    History switches = LabRuns.history(into, "switches");
    for (History one : List.of(calm, switches)) {
      assertThat(one.end().map(Event.RunEnded::end)).contains(Event.End.COMPLETED);
      assertThat(Analysis.analyse(one).reconciled()).isTrue();
    }
    if (call.output().contains("it is repeated alone")) {
      assertThat(List.of(calm.manifest().beside(), switches.manifest().beside())).contains(0);
    } else {
      inStep(calm, switches);
    }
  }

  /** No load's process starts, and no cluster goes, while another run is measured. */
  private static void inStep(History one, History other) {
    assertThat(one.manifest().beside()).isEqualTo(2);
    assertThat(other.manifest().beside()).isEqualTo(2);
    long lastLoad = Math.max(firstRequest(one), firstRequest(other)) - SETS_OUT_MILLIS;
    assertThat(rollout(one)).isGreaterThanOrEqualTo(lastLoad);
    assertThat(rollout(other)).isGreaterThanOrEqualTo(lastLoad);
    assertThat(rollout(one)).isLessThan(other.end().orElseThrow().atMillis());
    assertThat(rollout(other)).isLessThan(one.end().orElseThrow().atMillis());
  }

  private static long firstRequest(History run) {
    return run.requests().stream().mapToLong(Request::actualAtMillis).min().orElseThrow();
  }

  /** When the phase after the warm-up began. */
  private static long rollout(History run) {
    return run.events(Event.PhaseStarted.class)
        .dropWhile(phase -> phase.phase() != PhaseKind.WARM_UP)
        .skip(1)
        .findFirst()
        .orElseThrow()
        .atMillis();
  }

  @Test
  void aTermSignalWithSeveralClustersUpLeavesNothing() throws Exception {
    Path scenarios = folder.resolve("scenarios");
    Path into = folder.resolve("lab");
    Path output = folder.resolve("output");
    LabRuns.scenario(scenarios, "long", "baseline", APP + "baseline: {hold: 10m}\n");
    LabRuns.scenario(scenarios, "longer", "baseline", APP + "baseline: {hold: 12m}\n");
    Process lab =
        LabRuns.fork(
            output, "run", scenarios.toString(), "--into", into.toString(), "--at-once", "2");
    StoppedRunsIT.await(lab, output, "long: nothing changes");
    StoppedRunsIT.await(lab, output, "longer: nothing changes");

    lab.destroy();

    assertThat(lab.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(lab.exitValue()).isNotZero();
    assertThat(Files.readString(output)).contains("stopping").doesNotContain("\tat ");
    assertThat(LeftBehind.names()).isEmpty();
    for (String name : List.of("long", "longer")) {
      History history = LabRuns.history(into, name);
      assertThat(history.end().map(Event.RunEnded::end)).contains(Event.End.INTERRUPTED);
      assertThat(history.requests()).isNotEmpty();
      assertThat(history.hits()).isNotEmpty();
    }
  }

  /** While one is being brought up the other waits for it: both must hear of the signal. */
  @Test
  void aTermSignalWhileClustersComeUpLeavesNothing() throws Exception {
    Path scenarios = folder.resolve("scenarios");
    Path output = folder.resolve("output");
    LabRuns.scenario(scenarios, "long", "baseline", APP + "baseline: {hold: 10m}\n");
    LabRuns.scenario(scenarios, "longer", "baseline", APP + "baseline: {hold: 12m}\n");
    Process lab =
        LabRuns.fork(
            output,
            "run",
            scenarios.toString(),
            "--into",
            folder.resolve("lab").toString(),
            "--at-once",
            "2");
    StoppedRunsIT.await(lab, output, "longer: waiting for the runs beside it");

    lab.destroy();

    assertThat(lab.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(output)).contains("stopping").doesNotContain("\tat ");
    assertThat(LeftBehind.names()).isEmpty();
  }
}
