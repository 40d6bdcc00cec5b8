package io.rolloutlab.gap;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.text.Range;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The goals at their limits. */
class GoalTest {
  private static final Range NONE = Range.of();
  private static final Range FIVE = Range.of(2, 6, 3, 3, 4);

  @ParameterizedTest
  @CsvSource({
    "105, PASS, +5.0 %",
    "105.01, FAIL, +5.0 %",
    "95, PASS, -5.0 %",
    "94.99, FAIL, -5.0 %",
    "100, PASS, 0.0 %"
  })
  void aTimeMayDifferByFivePercent(double twin, Verdict verdict, String number) {
    Goal goal = Goal.time(new GapRow("update, s", Range.of(99, 101), Range.of(twin, twin)));

    assertThat(goal.verdict()).isEqualTo(verdict);
    assertThat(goal.number()).isEqualTo(number);
  }

  @Test
  void aRolloutThatEndsOnOneSideOnlyIsNoMatchAndOneThatEndsNowhereNoMeasure() {
    assertThat(time(new Range(List.of(9.0), 2), Range.of(9, 9))).isEqualTo(Verdict.UNKNOWN);
    assertThat(time(Range.of(9, 9), new Range(List.of(9.0), 2))).isEqualTo(Verdict.FAIL);
    assertThat(time(new Range(List.of(), 2), Range.of(9, 9))).isEqualTo(Verdict.FAIL);
    assertThat(time(new Range(List.of(), 2), new Range(List.of(), 2))).isEqualTo(Verdict.UNKNOWN);
  }

  private static Verdict time(Range live, Range twin) {
    return Goal.time(new GapRow("update, s", live, twin)).verdict();
  }

  @ParameterizedTest
  @CsvSource({"3, PASS", "3.01, FAIL"})
  void curvesMayBeThreePercentOfTheWholeApart(double area, Verdict verdict) {
    assertThat(Goal.mix(mix(area, Range.of(2.9, 3.1))).verdict()).isEqualTo(verdict);
    assertThat(Goal.mix(mix(area, NONE)).verdict()).isEqualTo(verdict);
  }

  @Test
  void curvesOfTooFewRunsDoNotMissTheGoalForSure() {
    Goal goal = Goal.mix(mix(3.15, Range.of(3, 3.2)));

    assertThat(goal.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(goal.because()).startsWith("too few runs for this goal: chance alone: 3.1");
    assertThat(Goal.mix(mix(2.9, Range.of(3, 3.2))).verdict()).isEqualTo(Verdict.PASS);
    assertThat(Goal.mix(mix(3.5, Range.of(3, 3.6))).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(Goal.mix(mix(40, Range.of(3, 3.2))).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(Goal.mix(mix(Double.NaN, NONE)).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  private static MixGap mix(double area, Range chance) {
    MixCurve none = MixCurve.mean(List.of());
    return new MixGap(List.of(), none, none, area, chance, NONE, NONE, NONE);
  }

  @ParameterizedTest
  @CsvSource({"6, 6.8, PASS", "6, 7, FAIL", "1, 2, PASS", "1, 1.8, FAIL"})
  void theMeanOfTheErrorsHasToBeWithinTheSpreadToTheWholeRequest(
      double one, double other, Verdict verdict) {
    Goal goal = Goal.errors(new GapRow("all", FIVE, Range.of(one, other)), List.of());

    assertThat(goal.verdict()).isEqualTo(verdict);
  }

  @Test
  void countsTheSeedsAndNamesThePhasesThatAreOutside() {
    Goal goal =
        Goal.errors(
            new GapRow("all", FIVE, Range.of(1, 2, 6, 7)),
            List.of(
                new GapRow("update", FIVE, Range.of(0, 0)),
                new GapRow("hold", FIVE, Range.of(3, 3))));

    assertThat(goal.verdict()).isEqualTo(Verdict.PASS);
    assertThat(goal.number()).isEqualTo("4.0 against 3.6 (2.0 to 6.0)");
    assertThat(goal.because())
        .isEqualTo("2 of 4 simulated runs are within; the mean is not within in: update");
  }

  @Test
  void twoRunsDoNotSayHowFarErrorsAreSpread() {
    Goal goal = Goal.errors(new GapRow("all", Range.of(2, 6), Range.of(99)), List.of());

    assertThat(goal.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(goal.because()).startsWith("2 of 3 real runs");
  }

  @ParameterizedTest
  @CsvSource({"12, PASS", "12.1, FAIL", "5.4, PASS", "5.3, FAIL"})
  void theP99HasToBeWithinAFactor(double twin, Verdict verdict) {
    assertThat(Goal.latency(new GapRow("p99, ms", Range.of(7, 9), Range.of(twin))).verdict())
        .isEqualTo(verdict);
  }

  @Test
  void whatSwarmDecidedHasToBeTheSameWheneverItDecides() {
    GapRow row = new GapRow("decision, s", Range.of(47.9, 48.1), Range.of(46.5));

    assertThat(Goal.decision(row, true, "paused").verdict()).isEqualTo(Verdict.PASS);
    assertThat(Goal.decision(row, false, "paused").verdict()).isEqualTo(Verdict.FAIL);
  }
}
