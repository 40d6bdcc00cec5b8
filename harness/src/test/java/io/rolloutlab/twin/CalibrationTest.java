package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.calibration.Calibration;
import io.rolloutlab.history.History;
import io.rolloutlab.twin.clock.Spread;
import io.rolloutlab.twin.model.TwinSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose latencies are known are those of the twin. */
class CalibrationTest {
  private static final TwinSettings TRUTH = Calibrated.DELIVERED.settings();
  private static final Calibrated DELIVERED = new Calibrated(List.of(), TRUTH);

  @TempDir Path folder;
  private List<History> runs;

  @BeforeEach
  void simulate() {
    runs =
        Stream.of(
                runs("strategy: rolling", "rolling: {hold: 1s, update: {delay: 1s}}"),
                runs(
                    "strategy: rolling",
                    "app: {healthCheck: {interval: 4s}}",
                    "rolling: {hold: 1s, update: {delay: 1s}}"),
                runs(
                    "strategy: rolling",
                    "app: {replicas: 1}",
                    "load: {ratePerSecond: 200, warmUp: 7s, coolDown: 1s}",
                    "rolling: {hold: 1s, update: {delay: 1s}}"),
                runs("strategy: blue-green", "blueGreen: {keepBlue: 1s}"))
            .flatMap(List::stream)
            .toList();
  }

  /** Several of one scenario. */
  private List<History> runs(String... lines) {
    boolean loaded = Stream.of(lines).anyMatch(line -> line.startsWith("load:"));
    Stream<String> all =
        loaded
            ? Stream.of(lines)
            : Stream.concat(
                Stream.of(lines), Stream.of("load: {ratePerSecond: 10, warmUp: 1s, coolDown: 1s}"));
    List<String> scenario = all.toList();
    return IntStream.rangeClosed(1, 6)
        .mapToObj(
            seed ->
                TwinRun.of(
                        folder.resolve("%s-%s".formatted(seed, scenario.hashCode())),
                        Stream.concat(scenario.stream(), Stream.of("seed: " + seed))
                            .toArray(String[]::new))
                    .history())
        .toList();
  }

  @Test
  void findsWhatTheRunsWereMadeWith() {
    String wrong =
        Calibration.write(DELIVERED)
            .replaceAll("\"lowMillis\" : [0-9.]+", "\"lowMillis\" : 1.0")
            .replaceAll("\"likelyMillis\" : [0-9.]+", "\"likelyMillis\" : 20.0")
            .replaceAll("\"highMillis\" : [0-9.]+", "\"highMillis\" : 33.0")
            // It is no part of what is read off.
            .replaceFirst(
                "\"transfer\" : \\{[^}]*}",
                "\"transfer\" : {\"lowMillis\" : 0.1, \"likelyMillis\" : 0.3, \"highMillis\" : 1.2}");

    TwinSettings found = Calibration.of(Calibration.read(wrong).settings(), runs).settings();

    isClose(found.dispatch().meanMillis(), TRUTH.dispatch().meanMillis());
    isClose(found.prepare().meanMillis(), TRUTH.prepare().meanMillis());
    isClose(found.prepareFirst().meanMillis(), TRUTH.prepareFirst().meanMillis());
    isClose(
        found.startWait().meanMillis() + found.startWork().meanMillis(),
        TRUTH.startWait().meanMillis() + TRUTH.startWork().meanMillis());
    isClose(
        found.exit().meanMillis() + found.removal().meanMillis(),
        TRUTH.exit().meanMillis() + TRUTH.removal().meanMillis());
    isClose(
        found.reload().meanMillis() + found.reloadSeen().meanMillis(),
        TRUTH.reload().meanMillis() + TRUTH.reloadSeen().meanMillis());
    // Those that are seen with something else beside them.
    double start = TRUTH.startWait().meanMillis() + TRUTH.startWork().meanMillis();
    assertThat(found.healthProbe().meanMillis())
        .isCloseTo(TRUTH.healthProbe().meanMillis(), within(0.2 * start));
    assertThat(found.report().meanMillis())
        .isCloseTo(TRUTH.report().meanMillis(), within(0.05 * TRUTH.dispatch().meanMillis()));
    assertThat(found.boot().meanMillis())
        .isCloseTo(TRUTH.boot().meanMillis(), within(TRUTH.gossip().meanMillis()));
    assertThat(found.service().meanMillis()).isCloseTo(TRUTH.service().meanMillis(), within(1.0));
    isAbout(found.crowdWaitMillis(), TRUTH.crowdWaitMillis());
    assertThat(found.startCores()).isCloseTo(TRUTH.startCores(), within(0.3));
  }

  @Test
  void whatIsSeenTooRarelyStays() {
    Calibration.Result result = Calibration.of(TRUTH, runs.subList(18, 19));

    assertThat(result.settings().reload()).isEqualTo(TRUTH.reload());
    assertThat(result.notes()).contains("reload and reloadSeen: seen 4 times, so they stay");
    assertThat(result.notes()).anyMatch(note -> note.startsWith("pull: cannot be seen"));
  }

  @Test
  void aFileGivesBackWhatWasWrittenAndRefusesWhatItDoesNotKnow() {
    Calibrated seen = new Calibrated(List.of("run-1", "run-2"), TRUTH);
    String text = Calibration.write(seen);

    assertThat(Calibration.read(text)).isEqualTo(seen);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Calibration.read(text.replace("dispatch", "dispach")))
        .withMessageContaining("dispach");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Calibration.read("{\"startCores\": 1, \"stallShare\": 0.1}"));
  }

  @Test
  void aFileWrittenByHandNeedNotNameRunsButNamesThemWellIfItDoes() {
    String text = Calibration.write(DELIVERED);

    assertThat(Calibration.read(text.replaceFirst("\"runs\" : \\[ \\],", ""))).isEqualTo(DELIVERED);
    for (String runs : List.of("\"run-1\"", "[ null ]", "[ 1 ]", "null")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Calibration.read(text.replaceFirst("\\[ \\]", runs)))
          .withMessageContaining("runs must be a list");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Calibration.read("[]"))
        .withMessageContaining("no settings of the twin");
  }

  @Test
  void aFileThatSaysNothingOfPullsOrCrowdsHasNone() {
    String without =
        Calibration.write(DELIVERED)
            .replaceFirst(",\\s*\"pull\" : \\{[^}]*}", "")
            .replaceFirst(",\\s*\"crowdWaitMillis\" : [0-9.]+", "");

    assertThat(without).doesNotContain("pull").doesNotContain("crowdWait");
    assertThat(Calibration.read(without).settings().pull()).isEqualTo(Spread.exactly(0));
    assertThat(Calibration.read(without).settings().crowdWaitMillis()).isZero();
  }

  /** How many computed at a time can be seen only roughly: what they wait for is random. */
  private static void isAbout(double found, double truth) {
    assertThat(found).isCloseTo(truth, within(0.3 * truth));
  }

  private static void isClose(double found, double truth) {
    assertThat(found).isCloseTo(truth, within(0.12 * truth));
  }
}
