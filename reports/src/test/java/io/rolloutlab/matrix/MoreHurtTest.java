package io.rolloutlab.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What the next hurts more than the best is held against differences that are known. */
class MoreHurtTest {
  private static final int FEW = 40;

  private static Advice advice(int[] a, int[] b) {
    return new SampleMatrix(a.length, List.of("a", "b"), List.of("bad"))
        .cell("a", "bad", 9, 0, a)
        .cell("b", "bad", 9, 0, b)
        .result()
        .advice()
        .get(0);
  }

  private static int[] runs(int... hurt) {
    return hurt;
  }

  private static int[] drawn(Random random, int mean, int scatter) {
    return IntStream.range(0, 5)
        .map(i -> (int) Math.round(mean + scatter * random.nextGaussian()))
        .toArray();
  }

  /** Of a hundred pairs or more, the second with so many more users hurt than the first. */
  private static List<Advice> drawnPairs(int pairs, int more, int scatter) {
    Random random = new Random(more);
    List<Advice> all = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      all.add(advice(drawn(random, FEW, scatter), drawn(random, FEW + more, scatter)));
    }
    return all;
  }

  @Test
  void saysTheDifferenceOfTheMeansWithItsInterval() {
    Advice advice = advice(runs(3, 2, 4, 3, 3), runs(40, 44, 42, 41, 43));
    MoreHurt more = advice.next().orElseThrow();

    assertThat(more.cell().words()).isEqualTo("b × bad");
    assertThat(more.than().words()).isEqualTo("a × bad");
    assertThat(more.mean()).isCloseTo(39, Offset.offset(1e-9));
    assertThat(more.interval().low()).isBetween(36.0, 38.5);
    assertThat(more.interval().high()).isBetween(39.5, 42.0);
    assertThat(more.ranks().probability()).isLessThan(0.02);
    assertThat(advice.text())
        .contains(
            "The next, b, hurts 42 (40 to 44), 39 more than a on average (95 % interval 37 to 41).");
  }

  @Test
  void theSameRunsHaveTheSameInterval() {
    int[] few = runs(3, 2, 4, 3, 3);
    int[] many = runs(40, 44, 42, 41, 43);

    assertThat(advice(few, many).text()).isEqualTo(advice(few, many).text());
  }

  @Test
  void ofFewerThanFourRunsNothingOfIntervalsIsSaid() {
    Advice three = advice(runs(3, 2, 4), runs(40, 44, 42));
    Advice four = advice(runs(3, 2, 4, 3), runs(40, 44, 42, 41));

    assertThat(three.text())
        .contains("The next, b, hurts 42 (40 to 44).")
        .doesNotContain("average");
    assertThat(three.next()).isEmpty();
    assertThat(four.text()).contains("more than a on average (95 % interval ");
  }

  @Test
  void whatIsNotToldApartHasNoInterval() {
    Advice tie = advice(runs(3, 2, 4, 3, 3), runs(4, 5, 5, 6, 5));

    assertThat(tie.text()).contains("not told apart").doesNotContain("average");
    assertThat(tie.next()).isEmpty();
  }

  @Test
  void nothingIsSaidOfADifferenceWithinTheMargin() {
    Advice within = advice(runs(150, 150, 150, 150, 150), runs(151, 151, 151, 151, 152));
    Advice beyond = advice(runs(150, 150, 150, 150, 150), runs(152, 152, 152, 152, 153));

    assertThat(within.text()).contains("The next, b, hurts 151 (151 to 152).");
    assertThat(within.next()).isEmpty();
    assertThat(beyond.next()).isPresent();
  }

  @Test
  void runsWithoutScatterHaveNoInterval() {
    assertThat(advice(runs(3, 3, 3, 3, 3), runs(9, 9, 9, 9, 9)).next()).isEmpty();
    assertThat(advice(runs(3, 3, 3, 3, 3), runs(9, 9, 9, 9, 7)).next()).isPresent();
  }

  @Test
  void ofSeveralBestTheNextIsHeldAgainstTheNearestThatItIsToldApartFrom() {
    Advice advice =
        new SampleMatrix(5, List.of("a", "b", "c"), List.of("bad"))
            .cell("a", "bad", 9, 4, 0, 0, 3, 20, 25)
            .cell("b", "bad", 9, 4, 5, 5, 5, 6, 6)
            .cell("c", "bad", 9, 4, 10, 11, 12, 12, 13)
            .result()
            .advice()
            .get(0);

    MoreHurt more = advice.next().orElseThrow();
    assertThat(List.of(more.cell().strategy(), more.than().strategy())).containsExactly("c", "b");
    assertThat(advice.text()).contains("6.2 more than b on average");
  }

  @Test
  void pairsWithoutADifferenceAreHardlyEverSaidToHaveOne() {
    int pairs = 1000;
    List<Advice> all = drawnPairs(pairs, 0, 8);
    long told = all.stream().filter(advice -> advice.next().isPresent()).count();

    assertThat(told / (double) pairs).as("0.8 of 100 by chance").isLessThan(0.02);
    assertThat(all)
        .filteredOn(advice -> advice.next().isEmpty())
        .allSatisfy(advice -> assertThat(advice.text()).contains("not told apart"));
  }

  @Test
  void pairsWithADifferenceHaveItWithinTheirInterval() {
    int pairs = 400;
    List<MoreHurt> all =
        drawnPairs(pairs, 30, 4).stream().flatMap(advice -> advice.next().stream()).toList();
    long covered =
        all.stream()
            .filter(more -> more.interval().low() <= 30 && more.interval().high() >= 30)
            .count();

    assertThat(all).hasSize(pairs);
    assertThat(covered / (double) pairs).isBetween(0.9, 0.99);
  }

  @Test
  void whatIsToldApartHasAnIntervalWithoutZero() {
    List<MoreHurt> told =
        drawnPairs(400, 12, 6).stream().flatMap(advice -> advice.next().stream()).toList();

    assertThat(told).hasSizeBetween(50, 350);
    assertThat(told).noneMatch(more -> more.interval().hasZero());
  }
}
