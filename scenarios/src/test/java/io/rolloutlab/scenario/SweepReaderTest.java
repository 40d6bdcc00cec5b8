package io.rolloutlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.scenario.read.SweepReader;
import io.rolloutlab.scenario.sweep.Machines;
import io.rolloutlab.scenario.sweep.Sweep;
import io.rolloutlab.scenario.update.Order;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepReaderTest {
  private static final String HEAD = "name: x\nquestion: Which?\n";
  @TempDir Path folder;

  @Test
  void everyValueMeetsEveryOtherAndWhatIsNotVariedStays() {
    Sweep sweep =
        read(
            "scenario:\n  app: {replicas: 6, healthCheck: {interval: 1s}}\n"
                + "  load: {users: 7}\n  rolling: {update: {monitor: 9s}, hold: 3s}\n"
                + "vary:\n  parallelism: [2, 0]\n  order: [start-first, stop-first]\n"
                + "  startUp: [1500ms]\n  ratePerSecond: [5, 12.5]\n");

    List<Sweep.Cell> cells = sweep.cells();

    assertThat(cells).hasSize(8);
    assertThat(sweep.runs()).isEqualTo(24);
    assertThat(sweep.machines()).isEqualTo(Machines.OWN);
    assertThat(cells.get(7).condition()).isEqualTo(new Sweep.Case(6, "1.5", 12.5));
    assertThat(cells.get(7).setting())
        .isEqualTo(
            new Sweep.Setting(0, Duration.ofSeconds(10), Order.STOP_FIRST, Duration.ofSeconds(9)));
    Scenario last = cells.get(7).scenario();
    assertThat(last.settings(RollingPlan.class).orElseThrow().update().parallelism()).isZero();
    assertThat(last.settings(RollingPlan.class).orElseThrow().update().order())
        .isEqualTo(Order.STOP_FIRST);
    assertThat(last.settings(RollingPlan.class).orElseThrow().hold())
        .isEqualTo(Duration.ofSeconds(3));
    assertThat(last.settings(RollingPlan.class).orElseThrow().backAgain()).isFalse();
    assertThat(last.load().ratePerSecond()).isEqualTo(12.5);
    assertThat(last.load().users()).isEqualTo(7);
    assertThat(last.app().healthCheck().interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(last.app().v1().env()).containsEntry("APP_START_DELAY_SECONDS", "1.5");
    assertThat(last.app().v2().env()).containsEntry("APP_START_DELAY_SECONDS", "1.5");
  }

  @Test
  void aGlobalServiceHasAsManyTasksAsThereAreNodesForIt() {
    Sweep sweep = read("scenario: {app: {mode: global}}\nvary: {delay: [1s, 2s]}\n");

    assertThat(sweep.cells())
        .extracting(Sweep.Cell::condition)
        .containsOnly(new Sweep.Case(3, "", 40.0));
    assertThat(sweep.cells().get(1).scenario().app().mode()).isEqualTo(ServiceMode.GLOBAL);
  }

  @Test
  void theProjectsOwnSweepIsRead() {
    assertThat(new SweepReader().readAll(List.of(Path.of("sweeps"))))
        .extracting(Sweep::name)
        .contains("fifty-replicas");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          scenario: {}\\nvary: {}                          | 4 | vary: names nothing: give at least one list
          scenario: {}                                     | 1 | vary: is missing
          vary: {delay: [1s]} | 1 | scenario: is missing
          scenario: {}\\nvary: {delays: [1s]}              | 4 | vary.delays: unknown key (did you mean "delay"?)
          scenario: {}\\nvary:\\n  delay: []               | 5 | vary.delay: is an empty list: name values, or leave it out
          scenario: {}\\nvary: {delay: [10s, 10000ms]}     | 4 | vary.delay: names 10s twice
          scenario: {}\\nvary: {order: [stop-first, stop-first]} | 4 | vary.order: names stop-first twice
          scenario: {}\\nvary: {parallelism: [1, 2, 1]}    | 4 | vary.parallelism: names 1 twice
          scenario: {}\\nvary: {parallelism: [1, ~]}       | 4 | vary.parallelism[1]: has no value
          scenario: {}\\nvary: {parallelism: [-1]}         | 4 | vary.parallelism: must be from 0 to 10000, but is -1
          scenario: {}\\nvary:\\n  delay:\\n    - 1s\\n    - 2 | 7 | vary.delay[1]: "2" is no duration
          scenario: {}\\nvary: {delay: 1s}                 | 4 | vary.delay: wrong type: a list is wanted here
          scenario: {}\\nvary: {replicas: [0]}             | 4 | vary.replicas: must be from 1 to 10000, but is 0
          scenario: {}\\nvary: {startUp: [2h]}             | 4 | vary.startUp: must be from 0s to 1h, but is 2h
          scenario: {}\\nvary: {ratePerSecond: [0.5]}      | 4 | vary.ratePerSecond: must be from 1 to 10000, but is 0.5
          scenario: {}\\nvary: {order: [sideways]}         | 4 | vary.order[0]: "sideways" is not known
          scenario: {strategy: canary}\\nvary: {delay: [1s]} | 3 | scenario.strategy: a sweep is about rolling updates, so it can only be rolling, but is canary
          scenario: {app: {replcas: 3}}\\nvary: {delay: [1s]} | 3 | scenario.app.replcas: unknown key (did you mean "replicas"?)
          scenario: {}\\nvary: {delay: [1s]}\\nseeds: 0    | 5 | seeds: must be from 1 to 20, but is 0
          scenario: {}\\nvary: {delay: [1s]}\\nmachines: mine | 5 | machines: "mine" is not known; known are own, shared
          scenario: {app: {startLimit: 5s}}\\nvary: {startUp: [1s, 6s]} | 3 | scenario.app.startLimit: is 5s, but v1 listens after 6s
          scenario: {app: {mode: global}}\\nvary: {replicas: [2, 3]} | 4 | vary.replicas: cannot be varied: scenario.app.mode is global
          scenario: {app: {mode: global, replicas: 2}}\\nvary: {delay: [1s]} | 3 | scenario.app.replicas: can only be given
          scenario: {app: &a {}}\\nvary: {delay: [1s]} | 3 | scenario.app: the anchor &a is not understood
          strategy: rolling | 1 | scenario: is missing: what all runs have in common stands under it
          """)
  void refusesWithFileLineAndKey(String lines, int number, String complaint) {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(lines.replace("\\n", "\n") + "\n"))
        .withMessageStartingWith(folder.resolve("x.yaml") + ":" + number + ": ")
        .withMessageContaining(complaint);
  }

  @Test
  void soManyRunsThatNobodyWouldWaitForThemAreRefusedWithTheirNumber() {
    String hundred =
        IntStream.rangeClosed(1, 100).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    String lists =
        "scenario: {}\nvary: {parallelism: [%s], replicas: [%s], delay: [1s, 2s]}\nseeds: 7\n"
            .formatted(hundred, hundred);

    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(lists))
        .withMessageContaining(
            "these are 140000 runs (parallelism 100, delay 2, replicas 100, seeds 7), and a sweep"
                + " makes at most 2000: name fewer values");
  }

  @Test
  void aMissingFileAndAnEmptyOneAreNamed() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.yaml"), "");

    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> new SweepReader().read(folder.resolve("none.yaml")))
        .withMessageContaining("none.yaml: there is no such sweep file");
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> new SweepReader().read(empty))
        .withMessageContaining("empty.yaml: the file is empty; a sweep needs a name");
  }

  private Sweep read(String text) {
    try {
      return new SweepReader().read(Files.writeString(folder.resolve("x.yaml"), HEAD + text));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
