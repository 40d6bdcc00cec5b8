package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rolloutlab.analysis.cost.Resources;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Warm-up −2 to 0 s, measured time 0 to 3 s. */
class ResourcesTest {
  private final Histories history =
      Histories.of(Strategy.BLUE_GREEN)
          .phase(-2000, PhaseKind.WARM_UP)
          .phase(0, PhaseKind.ROLLOUT)
          .ok(1, -2000, 10, "v1")
          .ok(2, 2980, 10, "v1");

  private Resources resources() {
    return Analysis.analyse(history.build()).resources().orThrow();
  }

  @Test
  void levelsAreCpuPerSecondAndTheLastMemorySeen() {
    for (int second = -3; second <= 3; second++) {
      history.taskUse(second * 1000, "a", "v1", 10 + 0.5 * second, 100 + second);
      history.taskUse(second * 1000, "n", "", 20 + 0.1 * second, 10);
      history.nodeUse(second * 1000, "workerN1", 40 + 0.8 * second, 1000);
    }

    Resources resources = resources();

    assertThat(resources.perSecond()).hasSize(5);
    Resources.Second second = resources.perSecond().get(2);
    assertThat(second.second()).isZero();
    assertThat(second.v1().cpuCores()).isEqualTo(0.5, within(1e-9));
    assertThat(second.v1().memoryBytes()).isEqualTo(100);
    assertThat(second.edge().cpuCores()).isEqualTo(0.1, within(1e-9));
    assertThat(second.engines().cpuCores()).isEqualTo(0.2, within(1e-9));
    assertThat(second.engines().memoryBytes()).isEqualTo(890);
  }

  @Test
  void whatIsAboveTheWarmUpIsTheCost() {
    for (int second = -3; second <= 3; second++) {
      history.taskUse(second * 1000, "a", "v1", 10 + 0.5 * second, 1_000_000_000);
    }
    // Starts in the run: what it used before its first sample counts too.
    history.taskUse(1000, "b", "v2", 0.4, 1_200_000_000);
    history.taskUse(2000, "b", "v2", 0.5, 1_000_000_000);
    history.taskUse(3000, "b", "v2", 0.6, 1_000_000_000);

    Resources resources = resources();

    assertThat(resources.app().memoryPeakBytes()).isEqualTo(2_200_000_000L);
    assertThat(resources.memoryPeakRatio().orElseThrow()).isEqualTo(2.2, within(1e-9));
    assertThat(resources.app().memoryGigabyteSeconds()).isEqualTo(5.2, within(1e-9));
    assertThat(resources.app().memoryGigabyteSecondsAboveWarmUp().orElseThrow())
        .isEqualTo(2.2, within(1e-9));
    assertThat(resources.v2().cpuSeconds()).isEqualTo(0.6, within(1e-9));
    assertThat(resources.app().cpuSecondsAboveWarmUp().orElseThrow()).isEqualTo(0.6, within(1e-9));
  }

  @Test
  void aContainerThatIsGoneUsesNothingAndAShortHoleIsBridged() {
    history
        .taskUse(-2000, "a", "v1", 1, 500)
        .taskUse(0, "a", "v1", 1, 500)
        .taskUse(-2000, "b", "v1", 1, 70)
        .taskUse(-1000, "b", "v1", 1, 70);

    assertThat(resources().perSecond())
        .extracting(second -> second.v1().memoryBytes())
        .containsExactly(570L, 570L, 500L, 0L, 0L);
  }

  private static Histories ofTenSeconds() {
    return ofSeconds(10);
  }

  /** Measured time 0 to this, in which a task runs. */
  private static Histories ofSeconds(int seconds) {
    return Histories.of(Strategy.BLUE_GREEN)
        .phase(-2000, PhaseKind.WARM_UP)
        .phase(0, PhaseKind.ROLLOUT)
        .phase(seconds * 1000, PhaseKind.TEARDOWN)
        .ok(1, -2000, 10, "v1")
        .ok(2, seconds * 1000 - 20, 10, "v1")
        .task(-2000, "a", 1, "v1", "running");
  }

  private static Part<Resources> sampledAt(Histories history, int... seconds) {
    for (int second : seconds) {
      history.taskUse(second * 1000, "a", "v1", 10 + 0.5 * second, 1_000_000_000);
    }
    return Analysis.analyse(history.build()).resources();
  }

  @Test
  void aTaskThatRanUnseenMakesTheCostUnknown() {
    Part<Resources> seen = sampledAt(ofTenSeconds(), -2, 0, 4, 8, 10);
    assertThat(seen.orThrow().app().memoryGigabyteSeconds()).isEqualTo(10, within(1e-9));

    for (int[] seconds : new int[][] {{-2, 0, 3}, {6, 8, 10}, {-2, -1}}) {
      Part<Resources> unseen = sampledAt(ofTenSeconds(), seconds);
      assertThat(unseen.known()).isEmpty();
      assertThat(unseen.cause()).contains("task a", "pyapp.1", "not sampled");
    }
  }

  @Test
  void betweenTwoSamplesOfATaskThatRanNoCostIsLost() {
    Resources bridged = sampledAt(ofTenSeconds(), -2, 0, 2, 8, 10).orThrow();
    assertThat(bridged.app().cpuSeconds()).isEqualTo(5, within(1e-9));
    assertThat(bridged.app().memoryGigabyteSeconds()).isEqualTo(10, within(1e-9));

    assertThat(sampledAt(ofSeconds(20), 0, 15, 20).known()).isPresent();
    assertThat(sampledAt(ofSeconds(20), 0, 17, 20).cause())
        .contains("was not sampled for 17.00 s from 0.00 s on");
  }

  /** On a machine that takes twice as long for everything, samples come half as often. */
  @Test
  void whatIsAHoleIsStretchedByTheScenariosPatience(@TempDir Path folder) throws IOException {
    for (int patience : new int[] {1, 2}) {
      Histories history =
          Histories.of(folder, "strategy: rolling\npatience: " + patience + "\n")
              .phase(-2000, PhaseKind.WARM_UP)
              .phase(0, PhaseKind.ROLLOUT)
              .phase(20_000, PhaseKind.TEARDOWN)
              .ok(1, -2000, 10, "v1")
              .ok(2, 19_980, 10, "v1")
              .task(-2000, "a", 1, "v1", "running");

      assertThat(sampledAt(history, -2, 0, 11).known().isPresent()).isEqualTo(patience == 2);
    }
  }

  @Test
  void whatIsMissingAfterATasksEndIsNoHole() {
    Histories history = ofTenSeconds().task(3500, "a", 1, "v1", "shutdown");

    assertThat(sampledAt(history, -2, 0, 2).known()).isPresent();
  }

  @Test
  void aTaskWithoutAnySampleIsAHole() {
    Histories history = ofTenSeconds().task(1000, "b", 2, "v2", "running");

    assertThat(sampledAt(history, -2, 0, 2, 4, 6, 8, 10).cause()).contains("task b");
  }

  @Test
  void whatAStacksOtherServicesTakeIsCountedApart() {
    for (int second = -3; second <= 3; second++) {
      history.taskUse(second * 1000, "a", "shop_web", "v1", 10 + 0.5 * second, 100);
      history.taskUse(second * 1000, "n", "nginx", "", 20 + 0.1 * second, 10);
      history.taskUse(second * 1000, "d", "shop_db", "", 30 + 0.2 * second, 3_000);
      history.taskUse(second * 1000, "c", "shop_cache", "", 5 + 0.1 * second, 4_000);
      history.nodeUse(second * 1000, "workerN1", 40 + 1.5 * second, 10_000);
    }

    Resources resources = resources();

    assertThat(resources.edge().cpuSeconds()).isEqualTo(0.3, within(1e-9));
    assertThat(resources.edge().memoryPeakBytes()).isEqualTo(10);
    assertThat(resources.app().cpuSeconds()).isEqualTo(1.5, within(1e-9));
    assertThat(resources.beside().orElseThrow().cpuSeconds()).isEqualTo(0.9, within(1e-9));
    assertThat(resources.beside().orElseThrow().memoryPeakBytes()).isEqualTo(7_000);
    assertThat(resources.engines().cpuSeconds()).isEqualTo(1.8, within(1e-9));
  }

  @Test
  void whereThereIsNoStackNobodyIsBeside() {
    for (int second = -3; second <= 3; second++) {
      history.taskUse(second * 1000, "n", "", 20 + 0.1 * second, 10);
    }

    assertThat(resources().beside()).isEmpty();
    assertThat(resources().warmUp().orElseThrow().beside()).isEmpty();
  }

  @Test
  void whatTheMachineDoesIsNoCostOfTheApp() {
    for (int second = -3; second <= 3; second++) {
      history.taskUse(second * 1000, "n", "", 20 + 0.1 * second, 10);
      history.machineUse(second * 1000, "busy", 1000 + 1.5 * second);
    }

    assertThat(resources().edge().cpuSeconds()).isEqualTo(0.3, within(1e-9));
    assertThat(resources().engines().cpuSeconds()).isZero();
  }

  @Test
  void withoutSamplesThereIsNothing() {
    assertThat(resources().perSecond()).isEmpty();
    assertThat(resources().memoryPeakRatio()).isEmpty();
  }

  private List<Double> coresOfV2() {
    return resources().perSecond().stream().map(second -> second.v2().cpuCores()).toList();
  }

  /** One that is seen first two seconds after the others. */
  @Test
  void aContainerThatIsSeenLateWasStartedInTheRun() {
    history.taskUse(-2000, "a", "v1", 1, 500).taskUse(3000, "a", "v1", 1, 500);
    history.taskUse(0, "late", "v2", 0.5, 70).taskUse(3000, "late", "v2", 0.5, 70);
    history.taskUse(-1, "early", "v2", 20, 70).taskUse(3000, "early", "v2", 20, 70);

    assertThat(coresOfV2())
        .as("what it used before counts")
        .containsExactly(0.0, 0.5, 0.0, 0.0, 0.0);
  }

  @Test
  void aContainerThatDoesNothingUsesNothing() {
    for (int second = -3; second <= 3; second++) {
      history.taskUse(second * 1000, "idle", "v2", 20, 10);
    }

    assertThat(coresOfV2()).containsOnly(0.0);
  }

  @Test
  void aSecondBetweenTwoLooksHasItsPartOfEach() {
    history
        .taskUse(-2500, "a", "v2", 10, 10)
        .taskUse(-500, "a", "v2", 12, 10)
        .taskUse(500, "a", "v2", 16, 10)
        .taskUse(1500, "a", "v2", 18, 10)
        .taskUse(3500, "a", "v2", 28, 10);

    assertThat(coresOfV2()).containsExactly(1.0, 2.5, 3.0, 3.5, 5.0);
  }

  @Test
  void samplesMayComeInAnyOrder() {
    for (int second : new int[] {3, -2, 1, 0, -3, 2, -1}) {
      history.taskUse(second * 1000, "a", "v2", 10 + (second + 3) * (second + 3), 100 + second);
    }

    assertThat(coresOfV2()).containsExactly(3.0, 5.0, 7.0, 9.0, 11.0);
  }

  @Test
  void aSampleInTheLastMillisecondOfASecondIsOfThatSecond() {
    for (int second = -3; second <= 3; second++) {
      history.taskUse(second * 1000 + 999, "a", "v2", 10, 100 + second);
    }

    assertThat(resources().perSecond())
        .extracting(second -> second.v2().memoryBytes())
        .containsExactly(98L, 99L, 100L, 101L, 102L);
  }

  /** Both of its seconds, and no second of the measured time. */
  @Test
  void theWarmUpIsTheMeanOfItsWholeSeconds() {
    double[] used = {9, 9, 9.25, 10, 15, 20, 25};
    for (int second = -3; second <= 3; second++) {
      history.taskUse(second * 1000, "a", "v1", used[second + 3], 10);
    }

    assertThat(resources().warmUp().orElseThrow().v1().cpuCores()).isEqualTo(0.5);
  }

  @Test
  void theCostEndsWithTheMeasuredTime() {
    history.ok(3, 2990, 10, "v1");
    for (int second = -3; second <= 5; second++) {
      history.taskUse(second * 1000, "a", "v1", 10 + 2 * second, 1_000_000_000);
    }

    assertThat(resources().perSecond()).hasSize(6);
    assertThat(resources().app().cpuSeconds()).isEqualTo(6);
    assertThat(resources().app().memoryGigabyteSeconds()).isEqualTo(3);
  }

  @Test
  void withoutRequestsTheTimeThatWasSampledIsShown() {
    Histories silent = Histories.of(Strategy.BLUE_GREEN).phase(0, PhaseKind.ROLLOUT);
    silent.taskUse(2000, "a", "v1", 1, 500).taskUse(4500, "a", "v1", 6, 500);

    assertThat(Analysis.analyse(silent.build()).resources().orThrow().perSecond())
        .extracting(Resources.Second::second)
        .containsExactly(2, 3, 4);
  }
}
