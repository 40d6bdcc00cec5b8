package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.scenario.Strategy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final List<Findings> SAMPLES =
      SampleRuns.all(1).stream().map(Analysis::analyse).toList();

  private static List<Comparison.Cell> column(Comparison table, String key) {
    int index = table.measures().stream().map(Comparison.Measure::key).toList().indexOf(key);
    return table.rows().stream().map(row -> row.cells().get(index)).toList();
  }

  @Test
  void theBaselineComesFirstAndIsNeverTheBest() {
    List<Findings> backwards = new ArrayList<>(SAMPLES);
    Collections.reverse(backwards);

    Comparison table = Comparison.of(backwards);

    assertThat(table.rows())
        .extracting(Comparison.Row::strategy)
        .containsExactly(
            Strategy.BASELINE,
            Strategy.CANARY_IP,
            Strategy.CANARY,
            Strategy.BLUE_GREEN,
            Strategy.ROLLING);
    assertThat(table.rows().get(0).cells()).noneMatch(Comparison.Cell::best);
  }

  @Test
  void theBestOfAColumnIsMarkedAndWhatDoesNotApplyIsEmpty() {
    Comparison table = Comparison.of(SAMPLES);

    assertThat(column(table, "peakTasks"))
        .containsExactly(
            cell(4, false), cell(4, true), cell(8, false), cell(7, false), cell(5, false));
    assertThat(column(table, "requests")).noneMatch(Comparison.Cell::best);
    assertThat(column(table, "rollbackSeconds").get(0).value()).isEmpty();
    assertThat(column(table, "rolloutSeconds").get(4).value()).isEmpty();
    assertThat(column(table, "mixedSeconds").get(2).value()).hasValue(0);
  }

  private static Comparison.Cell cell(double value, boolean best) {
    return new Comparison.Cell(OptionalDouble.of(value), best);
  }

  /**
   * Whoever is not above the baseline is as good as any: either all of those are best, or nobody.
   */
  @Test
  void beingBetterThanTheNoiseIsNoMerit() {
    List<Findings> loud =
        List.of(
            SAMPLES.get(0), Analysis.analyse(SampleRuns.of(Strategy.ROLLING, 3)), SAMPLES.get(2));
    for (List<Findings> runs : List.of(SAMPLES, loud)) {
      Comparison table = Comparison.of(runs);
      for (Comparison.Measure measure : table.measures()) {
        List<Comparison.Cell> column = column(table, measure.key());
        double noise = column.get(0).value().orElse(Double.NEGATIVE_INFINITY);
        assertThat(
                column.stream()
                    .skip(1)
                    .filter(cell -> cell.value().orElse(Double.MAX_VALUE) <= noise)
                    .map(Comparison.Cell::best)
                    .distinct())
            .as(measure.key())
            .hasSizeLessThan(2);
      }
    }
  }

  @Test
  void oneRunHasNoBest() {
    assertThat(Comparison.of(SAMPLES.subList(1, 2)).rows().get(0).cells())
        .noneMatch(Comparison.Cell::best);
  }

  @Test
  void aRunStandsAgainstTheNoiseOfTheBaseline() {
    AgainstBaseline rolling = AgainstBaseline.of(SAMPLES.get(1), SAMPLES.get(0)).orThrow();

    assertThat(rolling.errorShare()).isPositive();
    assertThat(rolling.errorsAboveNoise()).isTrue();
    assertThat(rolling.latency().orElseThrow().p99Millis()).isPositive();
  }

  @Test
  void theFirstSecondsStartWithTheFirstV2Answer() {
    Feedback rolling = Feedback.of(SAMPLES.get(1).versions().orThrow());
    Feedback blueGreen = Feedback.of(SAMPLES.get(2).versions().orThrow());

    assertThat(rolling.requests().share()).isBetween(0.2, 0.4);
    assertThat(blueGreen.requests().share()).isGreaterThan(0.95);
  }
}
