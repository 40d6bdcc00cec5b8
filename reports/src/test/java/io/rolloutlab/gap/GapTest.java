package io.rolloutlab.gap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.history.Manifest.Origin;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.app.AppPlan;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Runs of some answers, so that every number can be worked out by hand. */
class GapTest {
  private static final Offset<Double> CLOSE = within(1e-9);
  private static final Scenario ROLLING =
      SampleFindings.history(Strategy.ROLLING, 1).manifest().scenario();

  private static Findings live(String... seconds) {
    return SampleFindings.answers("live", Origin.LIVE, ROLLING, seconds);
  }

  private static Findings twin(String... seconds) {
    return SampleFindings.answers("twin", Origin.TWIN, ROLLING, seconds);
  }

  private static Findings beside(int others, String id, String... seconds) {
    return SampleFindings.answersBeside(others, id, Origin.LIVE, ROLLING, seconds);
  }

  private static Goal latency(Gap gap) {
    return gap.goals().stream()
        .filter(goal -> goal.kind() == Goal.Kind.LATENCY)
        .findFirst()
        .orElseThrow();
  }

  private static Gap gap(List<Findings> live, List<Findings> twins) {
    return Gap.of(Repeats.of(live).get(0), twins);
  }

  @Test
  void comparesTheMeansOfTheCurvesAndNotOnlyTheCurves() {
    // Of these two, each is half of the second second away from the other, and their mean nowhere
    // from the twin's.
    MixGap mix =
        gap(
                List.of(live("1111", "1111", "2222"), live("1111", "2222", "2222")),
                List.of(twin("1111", "1122", "2222"), twin("1111", "2211", "2222")))
            .mix();

    assertThat(mix.ofMeans()).isEqualTo(0);
    assertThat(mix.amongLive().mean()).isCloseTo(100 / 3.0, CLOSE);
    assertThat(mix.runToRun().mean()).isCloseTo(50 / 3.0, CLOSE);
    assertThat(mix.runToRun().values()).hasSize(4);
    assertThat(mix.amongTwin().mean()).isEqualTo(0);
    assertThat(mix.liveMean().share(1)).isEqualTo(0.5);
  }

  /** What it shows up to there may well agree. */
  @Test
  void aSimulatedRunThatBrokeOffMeetsNoGoal() {
    Findings broken = SampleFindings.brokenOff("twin", Origin.TWIN, ROLLING, "1111", "2222");

    List<Goal> goals =
        gap(List.of(live("1111", "2222")), List.of(twin("1111", "2222"), broken)).goals();

    assertThat(goals).extracting(Goal::verdict).containsOnly(Verdict.UNKNOWN);
    assertThat(goals)
        .extracting(Goal::because)
        .containsOnly("1 of 2 simulated runs cannot be trusted; seed 1: the twin breaks a law");
  }

  @Test
  void theWholeIsEverySecondInWhichBothAnswered() {
    MixGap mix =
        gap(
                List.of(live("1111", "1222", "xx", "2222", "22")),
                List.of(twin("1111", "1122", "22", "2222")))
            .mix();

    assertThat(mix.ofMeans()).isCloseTo(25 / 3.0, CLOSE);
    assertThat(mix.amongLive().isEmpty()).isTrue();
  }

  @Test
  void saysWhatChanceMakesOfGroupsAsLargeAsThatOfTheRealRuns() {
    Findings early = twin("11", "22", "22");
    Findings late = twin("11", "11", "22");
    Findings between = twin("11", "12", "22");

    // Each alone against the other three: 2/3, 0, 2/3 and 0 of a second.
    MixGap one = gap(List.of(live("11", "12")), List.of(early, between, late, between)).mix();
    assertThat(one.chance().mean()).isCloseTo(100 * (4 / 3.0) / 4 / 3, CLOSE);
    // Two against two: the means are the same.
    Findings real = live("11", "12");
    MixGap two = gap(List.of(real, real), List.of(early, late, late, early)).mix();
    assertThat(two.chance().values()).hasSize(2);
    assertThat(two.chance().mean()).isEqualTo(0);
    assertThat(gap(List.of(real), List.of(early)).mix().chance().isEmpty()).isTrue();
  }

  @Test
  void countsFailuresByPhase() {
    Gap gap =
        gap(
            List.of(live("11x", "1x", "22", "x2"), live("11", "12", "22", "22")),
            List.of(twin("1xx", "12", "22", "22")));

    assertThat(gap.failed().live().values()).containsExactly(3.0, 0.0);
    assertThat(gap.failedByPhase().stream().map(phase -> phase.phase().label()))
        .containsExactly("update", "v2 serves");
    GapRow update = gap.failedByPhase().get(0).row();
    assertThat(update.live().values()).containsExactly(2.0, 0.0);
    assertThat(update.twin().values()).containsExactly(2.0);
    assertThat(update.percent()).isCloseTo(100, CLOSE);
    GapRow hold = gap.failedByPhase().get(1).row();
    assertThat(hold.live().values()).containsExactly(1.0, 0.0);
    assertThat(hold.twin().values()).containsExactly(0.0);
  }

  @Test
  void aPhaseWithoutFailuresIsNoRow() {
    assertThat(gap(List.of(live("11", "22")), List.of(twin("1x"))).failedByPhase()).hasSize(1);
    assertThat(gap(List.of(live("11", "22")), List.of(twin("11"))).failedByPhase()).isEmpty();
  }

  @Test
  void saysWhenThereIsOneRealRun() {
    Findings real = live("11", "22");

    assertThat(gap(List.of(real), List.of(twin("11"))).notes().get(0))
        .contains("There is one real run");
    assertThat(gap(List.of(real, real), List.of(twin("11"))).notes()).isEmpty();
  }

  /** The twin shares its machine with nobody, so a p99 beside others is of something else. */
  @Test
  void theLatencyOfRunsBesideOthersIsNotJudged() {
    Gap gap =
        gap(
            List.of(beside(2, "one", "11", "22"), beside(1, "two", "11", "22")),
            List.of(twin("11", "22")));

    assertThat(latency(gap).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(latency(gap).because())
        .isEqualTo("other runs were made beside every real one, on the same machine");
    assertThat(gap.notes())
        .containsExactly(
            "Others were made beside 2 of the 2 real runs, at the same time and on the same machine."
                + " The twin has its machine to itself, so their p99 is not judged: one (2 others),"
                + " two (1 other).");
    assertThat(gap.goals())
        .filteredOn(goal -> goal.kind() == Goal.Kind.MIX)
        .extracting(Goal::verdict)
        .containsExactly(Verdict.PASS);
  }

  /** All that is beside others has no answer since x = 0, the run alone has some. */
  @Test
  void ofSomeThoseAloneAreJudgedByTheirLatency() {
    Findings shared = beside(3, "one", "xx", "xx");
    Gap gap = gap(List.of(live("11", "22"), shared), List.of(twin("11", "22")));

    assertThat(latency(gap).verdict()).isEqualTo(Verdict.PASS);
    assertThat(gap.notes())
        .singleElement()
        .asString()
        .startsWith("Others were made beside 1 of the 2 real runs")
        .endsWith("one (3 others).");
    assertThat(latency(gap(List.of(shared, shared), List.of(twin("11", "22")))).verdict())
        .isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void refusesSidesThatAreNotWhatTheyAreSaidToBe() {
    Repeats real = Repeats.of(List.of(live("11"))).get(0);

    assertThatIllegalArgumentException().isThrownBy(() -> Gap.of(real, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> Gap.of(real, List.of(live("11"))));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Gap.of(
                    real,
                    List.of(SampleFindings.answers("other", Origin.TWIN, replicas(9), "11"))));
  }

  @Test
  void repeatsAreRunsOfTheSameSettingsWhateverTheirSeed() {
    List<Repeats> groups =
        Repeats.of(
            List.of(
                live("11"),
                SampleFindings.answers("other", Origin.LIVE, replicas(9), "11"),
                SampleFindings.answers("seed", Origin.LIVE, ROLLING.withSeed(5), "11"),
                SampleFindings.answers("third", Origin.LIVE, replicas(8), "11")));

    assertThat(groups.stream().map(Repeats::name))
        .containsExactly("rolling", "rolling-2", "rolling-3");
    assertThat(groups.get(0).runs()).hasSize(2);
    assertThat(groups.get(0).differs()).isEmpty();
    assertThat(groups.get(1).differs()).containsExactly("app.replicas is 9 instead of 4");
    assertThat(groups.get(2).differs()).containsExactly("app.replicas is 8 instead of 4");
  }

  @Test
  void aSimulatedRunIsNoMeasure() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Repeats.of(List.of(live("11"), twin("11"))))
        .withMessageContaining("twin is simulated");
  }

  private static Scenario replicas(int replicas) {
    Scenario s = ROLLING;
    AppPlan app = s.app().withReplicas(replicas);
    return new Scenario(
        s.name(),
        s.question(),
        s.strategy(),
        s.seed(),
        s.balancing(),
        s.cluster(),
        app,
        s.edge(),
        s.load(),
        s.settings(),
        s.expect());
  }
}
