package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.measure.Best;
import io.rolloutlab.analysis.versions.Feedback;
import io.rolloutlab.compare.AgainstBaseline;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.compare.Differences;
import io.rolloutlab.scenario.Strategy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final List<Findings> SAMPLES =
      SampleRuns.all(1).stream().map(Analysis::analyse).toList();
  private static final Findings BASELINE = SAMPLES.get(0);
  private static final Findings ROLLING = SAMPLES.get(1);
  private static final Findings BLUE_GREEN = SAMPLES.get(2);

  private static int index(Comparison table, String key) {
    return table.measures().stream().map(Comparison.Measure::key).toList().indexOf(key);
  }

  private static List<Comparison.Cell> column(Comparison table, String key) {
    int index = index(table, key);
    return table.rows().stream().map(row -> row.cells().get(index)).toList();
  }

  private static List<Boolean> best(String key, Findings... runs) {
    return column(Comparison.of(List.of(runs)), key).stream().map(Comparison.Cell::best).toList();
  }

  private static String note(String key, Findings... runs) {
    Comparison table = Comparison.of(List.of(runs));
    return table.notes().get(index(table, key));
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
    assertThat(column(table, "rolloutSeconds").get(4).never()).as("listed users only").isEmpty();
    assertThat(column(table, "mixedSeconds").get(2).value()).hasValue(0);
  }

  private static Comparison.Cell cell(double value, boolean best) {
    return new Comparison.Cell(OptionalDouble.of(value), best);
  }

  /** Few can be hurt there, whatever v2 is like. */
  @Test
  void whoIsNotToBringV2ToEverybodyIsNotRanked() {
    Comparison.Row listed =
        Comparison.of(SAMPLES).rows().stream()
            .filter(row -> row.strategy().equals(Strategy.CANARY_IP))
            .findFirst()
            .orElseThrow();

    assertThat(listed.unranked()).isEqualTo("v2 is not for everybody there");
    assertThat(listed.cells()).noneMatch(Comparison.Cell::best);
  }

  @Test
  void whatTheSettingsMakeIsNoMerit() {
    Comparison table = Comparison.of(SAMPLES);

    assertThat(column(table, "rolloutSeconds").get(1).settledBy())
        .isEqualTo("rolling.update.delay 10s, 3 times");
    assertThat(column(table, "mixedSeconds").get(3).settledBy()).isEqualTo("canary.steps[].hold");
    for (String key : List.of("rolloutSeconds", "mixedSeconds", "exposedUsersPercent")) {
      assertThat(column(table, key)).as(key).noneMatch(Comparison.Cell::best);
      assertThat(table.notes().get(index(table, key))).isEqualTo("follows from the settings");
    }
    assertThat(column(table, "rollbackSeconds").get(1).settledBy()).isEmpty();
    assertThat(column(table, "rollbackSeconds").get(2).best()).isTrue();
  }

  @Test
  void aDifferenceWithinTheNoiseIsNotToldApart() {
    Findings calm = Changed.p99(BASELINE, 9, 8);

    assertThat(best("p99Millis", calm, Changed.p99(ROLLING, 8, 9), Changed.p99(BLUE_GREEN, 8, 8)))
        .containsOnly(false);
    assertThat(note("p99Millis", calm, Changed.p99(ROLLING, 8, 9), Changed.p99(BLUE_GREEN, 8, 8)))
        .isEqualTo("not told apart");
    assertThat(best("p99Millis", calm, Changed.p99(ROLLING, 8, 90), Changed.p99(BLUE_GREEN, 8, 9)))
        .containsExactly(false, false, true);
    assertThat(
            best("p99Millis", calm, Changed.p99(ROLLING, 60, 90), Changed.p99(BLUE_GREEN, 8, 20)))
        .as("a machine whose calm times are that far apart tells nothing")
        .containsOnly(false);
  }

  @Test
  void sharesAreToldApartByTheirIntervals() {
    assertThat(
            best(
                "errorPercent",
                BASELINE,
                Changed.failed(ROLLING, 55, 2190),
                Changed.failed(BLUE_GREEN, 50, 2160)))
        .containsOnly(false);
    assertThat(
            best(
                "errorPercent",
                BASELINE,
                Changed.failed(ROLLING, 200, 2190),
                Changed.failed(BLUE_GREEN, 50, 2160)))
        .containsExactly(false, false, true);
  }

  @Test
  void timesOfOneRunEachAreToldApartFromAFifthOn() {
    assertThat(
            best(
                "rollbackSeconds", Changed.back(ROLLING, 12_210), Changed.back(BLUE_GREEN, 12_100)))
        .containsOnly(false);
    assertThat(best("rollbackSeconds", Changed.back(ROLLING, 900), Changed.back(BLUE_GREEN, 0)))
        .as("less than a second")
        .containsOnly(false);
    assertThat(
            best("rollbackSeconds", Changed.back(ROLLING, 14_900), Changed.back(BLUE_GREEN, 200)))
        .containsExactly(false, true);
  }

  @Test
  void amountsAreToldApartBeyondTheBaselineAndFromAFifthOn() {
    assertThat(extraCpu(0.1, 1.7, 2.0)).as("less than a fifth").containsOnly(false);
    assertThat(extraCpu(0.1, 1.7, 4.0)).containsExactly(false, true, false);
    assertThat(extraCpu(3.0, 1.7, 4.0)).as("the baseline's own").containsOnly(false);
  }

  @Test
  void nothingIsTheBestBesideABetterNumberThatSettingsMake() {
    Findings second = Changed.stopGrace(ROLLING, java.time.Duration.ofSeconds(1));
    Findings[] runs = {
      Changed.extraCpu(BASELINE, 0.1),
      Changed.extraCpu(ROLLING, 3),
      Changed.extraCpu(second, 6),
      Changed.extraCpu(BLUE_GREEN, 1)
    };

    assertThat(best("cpuSecondsAboveWarmUp", runs)).containsOnly(false);
    assertThat(note("cpuSecondsAboveWarmUp", runs)).isEqualTo("follows from the settings");
    runs[3] = Changed.extraCpu(BLUE_GREEN, 9);
    assertThat(best("cpuSecondsAboveWarmUp", runs)).containsExactly(false, true, false, false);
  }

  /** The best of a baseline and two rolling updates, the second one of another grace. */
  private static List<Boolean> extraCpu(double baseline, double one, double other) {
    Findings second = Changed.stopGrace(ROLLING, java.time.Duration.ofSeconds(1));
    return best(
        "cpuSecondsAboveWarmUp",
        Changed.extraCpu(BASELINE, baseline),
        Changed.extraCpu(ROLLING, one),
        Changed.extraCpu(second, other));
  }

  /** Two repeats of rolling, of which one is as fast as blue-green. */
  @Test
  void repeatsAreToldApartByAllOfThem() {
    Findings fast = Changed.back(ROLLING, 300);
    Findings slow = Changed.back(ROLLING, 15_000);
    Findings blueGreen = Changed.back(BLUE_GREEN, 200);

    assertThat(best("rollbackSeconds", slow, fast, blueGreen)).containsOnly(false);
    assertThat(best("rollbackSeconds", slow, Changed.back(ROLLING, 17_000), blueGreen))
        .containsExactly(false, false, true);
    assertThat(best("rollbackSeconds", slow, blueGreen, Changed.back(BLUE_GREEN, 400)))
        .containsExactly(false, true, true);
  }

  /** Case 01: v1 is gone at once and v2 comes seconds later, so each of these numbers is small. */
  @Test
  void anOutageIsNeverTheBest() {
    Findings outage = Changed.failed(Changed.back(Changed.outage(ROLLING, 3_650), 100), 150, 1_900);

    Comparison table = Comparison.of(List.of(BASELINE, outage, Changed.back(BLUE_GREEN, 9_000)));

    assertThat(table.rows().get(1).unranked()).isEqualTo("an outage of 3.65 s");
    assertThat(table.rows().get(1).cells()).noneMatch(Comparison.Cell::best);
    assertThat(column(table, "longestOutageSeconds").get(2).best()).isTrue();
    assertThat(column(table, "errorPercent").get(2).best()).isTrue();
    assertThat(column(table, "rollbackSeconds")).noneMatch(Comparison.Cell::best);
    assertThat(
            best(
                "longestOutageSeconds",
                Changed.outage(ROLLING, 3_650),
                Changed.outage(BLUE_GREEN, 31_560)))
        .as("nor the shorter of two")
        .containsOnly(false);
    assertThat(
            Comparison.of(List.of(BASELINE, Changed.outage(ROLLING, 900))).rows().get(1).unranked())
        .as("some requests in a row are none")
        .isEmpty();
    assertThat(
            Comparison.of(List.of(Changed.outage(BASELINE, 4_000), Changed.outage(ROLLING, 3_650)))
                .rows()
                .get(1)
                .unranked())
        .as("nor is what the baseline has, too")
        .isEmpty();
  }

  @Test
  void onlyRunsUnderTheSameConditionsAreRanked() {
    Findings twenty = Changed.replicas(Changed.back(BLUE_GREEN, 10), 20);

    Comparison table = Comparison.of(List.of(BASELINE, ROLLING, twenty));

    assertThat(table.rows().get(2).unranked()).isEqualTo("other conditions: app.replicas: 4 / 20");
    assertThat(table.rows().stream().flatMap(row -> row.cells().stream()))
        .noneMatch(Comparison.Cell::best);
    assertThat(table.differences().all())
        .containsExactly(new Differences.Difference("app.replicas", true, List.of("4", "4", "20")));
    assertThat(AgainstBaseline.of(twenty, BASELINE).cause())
        .isEqualTo("its conditions were others (baseline / this run): app.replicas: 4 / 20");
  }

  /**
   * Whoever is not above the baseline is as good as any: either all of those are best, or nobody.
   */
  @Test
  void beingBetterThanTheNoiseIsNoMerit() {
    List<Findings> loud =
        List.of(BASELINE, Analysis.analyse(SampleRuns.of(Strategy.ROLLING, 3)), BLUE_GREEN);
    for (List<Findings> runs : List.of(SAMPLES, loud)) {
      Comparison table = Comparison.of(runs);
      for (Comparison.Measure measure : table.measures()) {
        List<Comparison.Cell> column = column(table, measure.key());
        double noise = column.get(0).value().orElse(Double.NEGATIVE_INFINITY);
        List<Boolean> asGood = new ArrayList<>();
        for (int r = 1; r < column.size(); r++) {
          boolean ranks =
              table.rows().get(r).unranked().isEmpty() && column.get(r).settledBy().isEmpty();
          if (ranks && column.get(r).value().orElse(Double.MAX_VALUE) <= noise) {
            asGood.add(column.get(r).best());
          }
        }
        assertThat(asGood.stream().distinct()).as(measure.key()).hasSizeLessThan(2);
      }
    }
  }

  @Test
  void oneRunHasNoBest() {
    assertThat(Comparison.of(SAMPLES.subList(1, 2)).rows().get(0).cells())
        .noneMatch(Comparison.Cell::best);
  }

  @Test
  void everyMeasureThatRanksSaysHow() {
    for (Comparison.Measure measure : Comparison.of(SAMPLES).measures()) {
      assertThat(measure.howRanked().isEmpty())
          .as(measure.key())
          .isEqualTo(measure.best() == Best.NONE);
    }
  }

  @Test
  void aRunStandsAgainstTheNoiseOfTheBaseline() {
    AgainstBaseline rolling = AgainstBaseline.of(ROLLING, BASELINE).orThrow();

    assertThat(rolling.errorShare()).isPositive();
    assertThat(rolling.errorsAboveNoise()).isTrue();
    assertThat(rolling.latency().orElseThrow().p99Millis()).isPositive();
  }

  @Test
  void theFirstSecondsStartWithTheFirstV2Answer() {
    Feedback rolling = Feedback.of(ROLLING.versions().orThrow());
    Feedback blueGreen = Feedback.of(BLUE_GREEN.versions().orThrow());

    assertThat(rolling.requests().share()).isBetween(0.2, 0.4);
    assertThat(blueGreen.requests().share()).isGreaterThan(0.95);
  }
}
