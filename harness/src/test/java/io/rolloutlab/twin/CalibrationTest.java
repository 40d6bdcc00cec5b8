package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.rolloutlab.history.History;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose latencies are known are those of the twin. */
class CalibrationTest {
  private static final TwinSettings TRUTH = TwinSettings.TWO_CORES;

  @TempDir Path folder;
  private List<History> runs;

  @BeforeEach
  void simulate() {
    runs =
        IntStream.rangeClosed(1, 6)
            .mapToObj(
                seed ->
                    TwinRun.of(
                            folder.resolve("" + seed),
                            "strategy: rolling",
                            "seed: " + seed,
                            "load: {ratePerSecond: 1, warmUp: 1s, coolDown: 1s}",
                            "rolling: {hold: 1s, update: {delay: 1s}}")
                        .history())
            .toList();
  }

  @Test
  void findsWhatTheRunsWereMadeWith() {
    String wrong =
        Calibration.write(TRUTH)
            .replaceAll("\"lowMillis\" : [0-9.]+", "\"lowMillis\" : 1.0")
            .replaceAll("\"likelyMillis\" : [0-9.]+", "\"likelyMillis\" : 20.0")
            .replaceAll("\"highMillis\" : [0-9.]+", "\"highMillis\" : 33.0");

    TwinSettings found = Calibration.of(Calibration.read(wrong), runs).settings();

    isClose(found.dispatch().meanMillis(), TRUTH.dispatch().meanMillis());
    isClose(found.prepare().meanMillis(), TRUTH.prepare().meanMillis());
    isClose(
        found.startWait().meanMillis() + found.startWork().meanMillis(),
        TRUTH.startWait().meanMillis() + TRUTH.startWork().meanMillis());
    isClose(
        found.exit().meanMillis() + found.removal().meanMillis(),
        TRUTH.exit().meanMillis() + TRUTH.removal().meanMillis());
  }

  @Test
  void whatIsSeenTooRarelyStays() {
    Calibration.Result result = Calibration.of(TRUTH, runs.subList(0, 1));

    assertThat(result.settings().reload()).isEqualTo(TRUTH.reload());
    assertThat(result.notes()).contains("reload and reloadSeen: seen 1 times, so they stay");
  }

  @Test
  void aFileGivesBackWhatWasWrittenAndRefusesWhatItDoesNotKnow() {
    assertThat(Calibration.read(Calibration.write(TRUTH))).isEqualTo(TRUTH);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Calibration.read(Calibration.write(TRUTH).replace("dispatch", "dispach")))
        .withMessageContaining("dispach");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Calibration.read("{\"startCores\": 1, \"stallShare\": 0.1}"));
  }

  private static void isClose(double found, double truth) {
    assertThat(found).isCloseTo(truth, within(0.12 * truth));
  }
}
