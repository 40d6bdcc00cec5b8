package io.rolloutlab.chance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The interval of a difference is held against differences that are known. */
class BootstrapTest {
  private static double[] drawn(Random random, double mean, int runs) {
    return IntStream.range(0, runs).mapToDouble(i -> mean + random.nextGaussian()).toArray();
  }

  private static double covered(int runs) {
    Random random = new Random(runs);
    int of = 200;
    int covered = 0;
    for (int i = 0; i < of; i++) {
      Interval95 interval =
          Bootstrap.ofDifference(drawn(random, 10, runs), drawn(random, 13, runs));
      covered += interval.low() <= 3 && interval.high() >= 3 ? 1 : 0;
    }
    return covered / (double) of;
  }

  @Test
  void coversTheTrueDifferenceAsOftenAsItSays() {
    assertThat(covered(4)).isBetween(0.9, 0.99);
    assertThat(covered(5)).isBetween(0.91, 0.99);
    assertThat(covered(20)).isBetween(0.91, 0.99);
  }

  @Test
  void isOfBMinusAAndNarrowerWithMoreRuns() {
    Random random = new Random(4);
    Interval95 few = Bootstrap.ofDifference(drawn(random, 10, 5), drawn(random, 7, 5));
    Interval95 many = Bootstrap.ofDifference(drawn(random, 10, 50), drawn(random, 7, 50));

    assertThat(many.high()).isLessThan(-2);
    assertThat(many.high() - many.low()).isLessThan(few.high() - few.low());
    assertThat(new Interval95(-1, 1).hasZero()).isTrue();
    assertThat(new Interval95(1, 2).hasZero()).isFalse();
    assertThat(new Interval95(-2, -1).hasZero()).isFalse();
  }

  @Test
  void runsWithoutScatterHaveOneDifference() {
    Interval95 interval = Bootstrap.ofDifference(new double[] {4, 4, 4}, new double[] {7, 7, 7, 7});

    assertThat(interval.low()).isCloseTo(3, Offset.offset(1e-9));
    assertThat(interval.high()).isCloseTo(3, Offset.offset(1e-9));
  }

  @Test
  void theRankTestCountsOrdersAndSaysWhereItCannot() {
    RankTest apart = RankTest.of(new double[] {1, 2, 3, 4, 5}, new double[] {6, 7, 8, 9, 10});
    RankTest ties = RankTest.of(new double[] {1, 1, 2, 2}, new double[] {2, 2, 3, 3});

    assertThat(apart.exact()).isTrue();
    assertThat(apart.probability()).isCloseTo(2 / 252.0, Offset.offset(1e-6));
    assertThat(ties.exact()).isFalse();
    assertThat(ties.probability()).isBetween(0.01, 0.5);
    assertThat(RankTest.of(new double[] {4, 4, 4, 4}, new double[] {4, 4, 4, 4}))
        .isEqualTo(new RankTest(1, true));
  }
}
