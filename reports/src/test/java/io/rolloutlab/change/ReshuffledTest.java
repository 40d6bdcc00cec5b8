package io.rolloutlab.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Chance is held against numbers that are drawn, so that it is known what made them. */
class ReshuffledTest {
  private static final int RUNS = 5;

  private static Reshuffled.Values values(double... all) {
    return new Reshuffled.Values(all, 0.01, 0.01);
  }

  /** Of both sides, each number by itself, all from one normal distribution. */
  private static Reshuffled.Dealt drawn(Random random, int numbers) {
    List<Reshuffled.Values> all = new ArrayList<>();
    for (int i = 0; i < numbers; i++) {
      all.add(
          values(IntStream.range(0, 2 * RUNS).mapToDouble(r -> random.nextGaussian()).toArray()));
    }
    return new Reshuffled.Dealt(RUNS, all);
  }

  @Test
  void ofTwoSidesWithoutAChangeAnythingIsToldInOneOfTwentyAtMost() {
    Random random = new Random(7);
    int alarms = 0;
    int pairs = 100;
    for (int i = 0; i < pairs; i++) {
      List<double[]> all = Reshuffled.probabilities(List.of(drawn(random, 15), drawn(random, 15)));
      boolean any = all.stream().flatMapToDouble(Arrays::stream).anyMatch(p -> p <= Changes.LEVEL);
      alarms += any ? 1 : 0;
    }

    // 5 of 100 are said; more than 10 would come by chance in one of a hundred such tests.
    assertThat(alarms).isBetween(1, 10);
  }

  @Test
  void whatHasChangedIsToldAmongManyThatHaveNot() {
    Random random = new Random(8);
    List<Reshuffled.Values> numbers = new ArrayList<>(drawn(random, 30).numbers());
    numbers.add(values(49.0, 49.1, 49.0, 48.9, 49.1, 64.0, 64.1, 63.9, 64.0, 64.2));

    double[] all =
        Reshuffled.probabilities(List.of(new Reshuffled.Dealt(RUNS, numbers), drawn(random, 30)))
            .get(0);

    // All of one side on each: 2 of the 252 ways to deal ten runs.
    assertThat(all[30]).isCloseTo(2 / 252.0, Offset.offset(0.004));
    assertThat(Arrays.stream(all).limit(30)).allMatch(p -> p > Changes.LEVEL);
  }

  @Test
  void numbersWithoutAnyScatterAreToldAndThoseWithinTheMarginAreNot() {
    double[] all =
        Reshuffled.probabilities(
                List.of(
                    new Reshuffled.Dealt(
                        RUNS,
                        List.of(
                            values(4, 4, 4, 4, 4, 8, 8, 8, 8, 8),
                            values(4, 4, 4, 4, 4, 4.01, 4.01, 4.01, 4.01, 4.01),
                            values(4, 4, 4, 4, 4, 4, 4, 4, 4, 4)))))
            .get(0);

    assertThat(all[0]).isLessThan(Changes.LEVEL);
    assertThat(all[1]).isEqualTo(1);
    assertThat(all[2]).isEqualTo(1);
  }

  @Test
  void aChangeInEveryScenarioIsToldInEach() {
    Reshuffled.Dealt changed =
        new Reshuffled.Dealt(RUNS, List.of(values(1, 2, 3, 4, 5, 91, 92, 93, 94, 95)));

    List<double[]> all = Reshuffled.probabilities(List.of(changed, changed, changed));

    assertThat(all).hasSize(3).allMatch(p -> p[0] <= Changes.LEVEL);
  }

  /** Of 70 ways to deal four and four, two are as far apart: in one of three scenarios, often. */
  @Test
  void fourRunsOfEachAreTooFewForOneChangeInThreeScenarios() {
    Reshuffled.Dealt changed =
        new Reshuffled.Dealt(
            4, List.of(new Reshuffled.Values(new double[] {1, 2, 3, 4, 91, 92, 93, 94}, 1, 1)));

    assertThat(Reshuffled.probabilities(List.of(changed)).get(0)[0])
        .isLessThanOrEqualTo(Changes.LEVEL);
    assertThat(Reshuffled.probabilities(List.of(changed, changed, changed)).get(0)[0])
        .isBetween(Changes.LEVEL, 0.12);
  }

  @Test
  void aNumberThatSomeRunsHaveNotIsDealtWithItsRun() {
    double none = Double.NaN;
    double[] all =
        Reshuffled.probabilities(
                List.of(
                    new Reshuffled.Dealt(
                        RUNS, List.of(values(1, 1, none, 1, 1, 9, 9, 9, none, 9)))))
            .get(0);

    assertThat(all[0]).isLessThan(Changes.LEVEL);
  }

  @Test
  void theSameNumbersGiveTheSameProbabilities() {
    assertThat(Reshuffled.probabilities(List.of(drawn(new Random(3), 9))).get(0))
        .isEqualTo(Reshuffled.probabilities(List.of(drawn(new Random(3), 9))).get(0));
    assertThat(Reshuffled.probabilities(List.of())).isEmpty();
  }
}
