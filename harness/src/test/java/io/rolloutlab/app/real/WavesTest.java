package io.rolloutlab.app.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.cluster.Pace;
import io.rolloutlab.scenario.read.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavesTest {
  @TempDir Path folder;

  /** A baseline of that length, which is all that this is about. */
  private Scenario scenario(String name, int holdSeconds) {
    try {
      Path file =
          Files.writeString(
              folder.resolve(name + ".yaml"),
              "name: %s\nquestion: How long?\nstrategy: baseline\nbaseline: {hold: %ss}\n"
                  .formatted(name, holdSeconds));
      return new ScenarioReader().read(file);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private static List<List<String>> names(List<Scenario> runs, int atOnce) {
    return Waves.of(runs, atOnce, UnaryOperator.identity()).all().stream()
        .map(wave -> wave.stream().map(Scenario::name).toList())
        .toList();
  }

  @Test
  void oneAtATimeKeepsTheirOrder() {
    List<Scenario> runs = List.of(scenario("a", 90), scenario("b", 10), scenario("c", 90));

    assertThat(names(runs, 1)).containsExactly(List.of("a"), List.of("b"), List.of("c"));
  }

  @Test
  void thoseOfOneWaveAreAboutEquallyLong() {
    List<Scenario> runs =
        List.of(
            scenario("short", 10),
            scenario("long", 200),
            scenario("middle", 100),
            scenario("longer", 220),
            scenario("shorter", 5),
            scenario("like-middle", 110));

    assertThat(names(runs, 2))
        .containsExactly(
            List.of("short", "shorter"),
            List.of("long", "longer"),
            List.of("middle", "like-middle"));
    assertThat(names(runs, 4))
        .containsExactly(
            List.of("short", "shorter", "middle", "like-middle"), List.of("long", "longer"));
  }

  /** Repeats in one wave would share what disturbs them, and an early stop leaves half of all. */
  @Test
  void otherScenariosComeBeforeRepeats() {
    Scenario a = scenario("a", 60);
    Scenario b = scenario("b", 62);
    List<Scenario> twice = List.of(a, b, a.withSeed(2), b.withSeed(2));

    assertThat(names(twice, 2)).containsExactly(List.of("a", "b"), List.of("a", "b"));
    assertThat(names(List.of(a, a.withSeed(2), a.withSeed(3)), 2))
        .as("repeats of one scenario alone are made at once all the same")
        .containsExactly(List.of("a", "a"), List.of("a"));
  }

  @Test
  void everyRunIsMadeOnce() {
    List<Scenario> runs = new ArrayList<>();
    for (int run = 0; run < 11; run++) {
      runs.add(scenario("run-" + run, 10 + run * 37 % 100));
    }

    for (int atOnce = 1; atOnce <= 12; atOnce++) {
      int most = atOnce;
      Waves<Scenario> waves = Waves.of(runs, atOnce, UnaryOperator.identity());
      assertThat(waves.all()).allSatisfy(wave -> assertThat(wave.size()).isBetween(1, most));
      assertThat(waves.all().stream().flatMap(List::stream).toList())
          .containsExactlyInAnyOrderElementsOf(runs);
    }
    assertThat(names(List.of(), 3)).isEmpty();
  }

  /** A wave takes as long as its longest run, and a little for taking turns. */
  @Test
  void whatIsExpectedIsLessThanOneAfterTheOther() {
    List<Scenario> runs = List.of(scenario("a", 60), scenario("b", 60), scenario("c", 60));
    Duration one = Expected.of(runs.get(0), Pace.USUAL);

    assertThat(one).isEqualTo(Duration.ofSeconds(22 + 15 + 60 + 10));
    assertThat(expected(runs, 1)).isEqualTo(one.multipliedBy(3));
    assertThat(expected(runs, 2)).isEqualTo(one.multipliedBy(2).plusSeconds(10));
    assertThat(expected(runs, 3)).isEqualTo(one.plusSeconds(20));
  }

  /** Fewer runs than may be made at once are no more than they are. */
  @Test
  void moreRunsThanCoresAreDoubted() {
    List<Scenario> runs = List.of(scenario("a", 60), scenario("b", 60), scenario("c", 60));

    assertThat(doubt(runs, 3, 2))
        .contains(
            "3 runs are made at once on 2 cores: some of them will probably find no idle time, and"
                + " are repeated alone then.");
    assertThat(doubt(runs, 8, 1).orElseThrow()).startsWith("3 runs are made at once on one core:");
    assertThat(doubt(runs, 3, 6)).isEmpty();
    assertThat(doubt(runs, 3, 5)).isPresent();
    assertThat(doubt(runs, 2, 4)).isEmpty();
    assertThat(doubt(runs, 1, 1)).isEmpty();
    assertThat(doubt(runs, 8, 6)).isEmpty();
    assertThat(doubt(List.of(), 8, 1)).isEmpty();
  }

  private static Optional<String> doubt(List<Scenario> runs, int atOnce, int cores) {
    return Waves.of(runs, atOnce, UnaryOperator.identity()).doubt(cores);
  }

  private static Duration expected(List<Scenario> runs, int atOnce) {
    UnaryOperator<Scenario> itself = UnaryOperator.identity();
    return Waves.of(runs, atOnce, itself).expected(itself, Pace.USUAL);
  }
}
