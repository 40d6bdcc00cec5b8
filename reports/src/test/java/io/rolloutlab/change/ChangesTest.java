package io.rolloutlab.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.cluster.Balancing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangesTest {
  private static Scenario scenario(String name, long seed) {
    return new Scenario(
        name,
        "What changes?",
        Strategy.ROLLING,
        seed,
        Balancing.DNSRR,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static Findings run(String name, String id, String... seconds) {
    return SampleFindings.answers(id, Manifest.Origin.TWIN, scenario(name, 1), seconds);
  }

  /** Runs in which so many requests failed each. */
  private static Side side(String letter, String scenario, int... failed) {
    List<Findings> runs = new ArrayList<>();
    for (int each : failed) {
      runs.add(
          run(
              scenario,
              "%s-%s-%s".formatted(letter, scenario, runs.size()),
              "1111111111",
              "x".repeat(each) + "12".repeat(30),
              "2222222222",
              "2222222222",
              "2222222222",
              "2222222222",
              "2222222222"));
    }
    return new Side(letter, "some runs", runs);
  }

  private static MeasureChange of(Changes changes, String key) {
    return changes.measures().stream()
        .filter(one -> one.measure().key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatRepeatsAgreeOnIsTold() {
    Changes changes =
        Changes.between(side("A", "x", 1, 2, 1, 2, 1), side("B", "x", 41, 40, 42, 41, 40));

    MeasureChange failed = of(changes, "failedRequests");
    assertThat(failed.telling()).isEqualTo(Telling.HIGHER);
    assertThat(failed.merit()).isEqualTo("worse");
    assertThat(failed.difference().orElseThrow()).isEqualTo(40.8 - 1.4);
    assertThat(ChangeWords.verdict(failed))
        .matches("higher by 39\\.4 \\(3\\d\\.\\d to 4\\d\\.\\d\\)");
    assertThat(ChangeWords.meanOfA(failed)).isEqualTo("1.4");
    assertThat(ChangeWords.spread(failed.b(), failed)).isEqualTo("40.0 to 42.0");
    assertThat(of(changes, "p50Millis").telling()).isEqualTo(Telling.NOT_TOLD_APART);
    assertThat(ChangeAnswer.of(changes)).contains("told apart: in x (");
    assertThat(ChangeAnswer.howTold(changes))
        .contains("have 4 runs or more", "would be by chance alone", "seed 20261127")
        .doesNotContain("fewer than 4");
  }

  @Test
  void theOtherWayRoundItIsLowerAndBetter() {
    Changes changes = Changes.between(side("A", "x", 41, 40, 42, 41), side("B", "x", 1, 2, 1, 2));

    MeasureChange failed = of(changes, "failedRequests");
    assertThat(failed.telling()).isEqualTo(Telling.LOWER);
    assertThat(failed.merit()).isEqualTo("better");
    assertThat(ChangeWords.verdict(failed)).startsWith("lower by 39.5 (3");
    assertThat(ChangeWords.difference(failed)).startsWith("-39.5 (-4").contains(" to -3");
  }

  @Test
  void repeatsThatScatterAsMuchAreNotToldApart() {
    Changes changes =
        Changes.between(side("A", "x", 1, 40, 20, 3, 9), side("B", "x", 2, 38, 22, 8, 7));

    assertThat(changes.changed()).isZero();
    assertThat(ChangeWords.verdict(of(changes, "failedRequests"))).isEqualTo("not told apart");
    assertThat(ChangeAnswer.of(changes)).startsWith("A and B are not told apart: none of");
  }

  @Test
  void ofOneRunEachAnExactCountSaysNothing() {
    Changes changes = Changes.between(side("A", "x", 1), side("B", "x", 3));

    assertThat(changes.changed()).isZero();
    assertThat(ChangeWords.verdict(of(changes, "failedRequests")))
        .isEqualTo("one run each: nothing can be said beyond noise");
    assertThat(ChangeWords.chance(of(changes, "failedRequests"))).isEqualTo("–");
    assertThat(ChangeAnswer.howTold(changes))
        .contains("fewer than 4 runs on a side")
        .doesNotContain("or more.");
  }

  @Test
  void ofOneRunEachWhatTheirOwnNoiseTellsApartIsTold() {
    Changes changes = Changes.between(side("A", "x", 1), side("B", "x", 60));

    MeasureChange failed = of(changes, "errorPercent");
    assertThat(failed.telling()).isEqualTo(Telling.HIGHER);
    assertThat(failed.interval()).isEmpty();
    assertThat(ChangeWords.verdict(failed)).matches("higher by \\d+\\.\\d+ %");
    assertThat(of(changes, "failedRequests").telling()).isEqualTo(Telling.TOO_FEW_RUNS);
  }

  @Test
  void ofFewRunsThoseOfASideMustAllBeBeyondThoseOfTheOther() {
    Changes meet = Changes.between(side("A", "x", 1, 60), side("B", "x", 59, 58));
    Changes apart = Changes.between(side("A", "x", 1, 2), side("B", "x", 59, 58));

    assertThat(of(meet, "errorPercent").telling()).isEqualTo(Telling.TOO_FEW_RUNS);
    assertThat(ChangeWords.verdict(of(meet, "errorPercent")))
        .isEqualTo("not told apart: too few runs (2 and 2) to say more");
    assertThat(of(apart, "errorPercent").telling()).isEqualTo(Telling.HIGHER);
    assertThat(of(apart, "errorPercent").interval()).as("of so few no interval is right").isEmpty();
  }

  /** A last run alone in its wave, or one that was repeated alone, is a repeat like the others. */
  @Test
  void repeatsMayHaveBeenMadeBesideOthersOrAlone() {
    List<Findings> runs = new ArrayList<>(side("A", "x", 1, 2).runs());
    runs.add(
        SampleFindings.answersBeside(
            1, "A-x-9", Manifest.Origin.TWIN, scenario("x", 1), "1111", "22", "22"));

    Changes changes = Changes.between(new Side("A", "some runs", runs), side("B", "x", 3, 4));

    assertThat(changes.scenarios().get(0).a()).hasSize(3);
  }

  @Test
  void whatIsBelowTheMarginIsNotSpokenOf() {
    Changes changes =
        Changes.between(side("A", "x", 40, 40, 40, 40, 40), side("B", "x", 41, 41, 41, 41, 41));

    assertThat(of(changes, "failedRequests").margin()).isEqualTo(1);
    assertThat(of(changes, "failedRequests").telling()).isEqualTo(Telling.NOT_TOLD_APART);
  }

  @Test
  void whatOneSideHasAloneIsNamedAndNotCompared() {
    Side a = side("A", "x", 1);
    Side two =
        new Side(
            "B", "two", List.of(side("B", "x", 1).runs().get(0), side("B", "y", 1).runs().get(0)));

    assertThat(Changes.between(a, two).unpaired()).containsExactly("y is in B only");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Changes.between(a, side("B", "z", 1)))
        .withMessage(
            "nothing pairs up: A has runs of x, and B of z; runs are paired by the names of their"
                + " scenarios");
  }

  @Test
  void realAndSimulatedRunsNeverMeet() {
    Findings real =
        SampleFindings.answers("r", Manifest.Origin.LIVE, scenario("x", 1), "1111", "2222");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Changes.between(side("A", "x", 1), new Side("B", "real", List.of(real))))
        .withMessage(
            "A has simulated runs, and B has real runs: real and simulated runs are never held"
                + " against each other but by `lab gap`");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Changes.between(new Side("A", "", List.of(real)), new Side("B", "", List.of(real))))
        .withMessageContaining("the run r is there twice");
  }

  @Test
  void runsOfOneNameThatAreNoRepeatsAreRefused() {
    Findings other =
        SampleFindings.answers(
            "other",
            Manifest.Origin.TWIN,
            new Scenario(
                "x",
                "?",
                Strategy.BLUE_GREEN,
                1L,
                Balancing.DNSRR,
                null,
                null,
                null,
                null,
                null,
                null),
            "1111",
            "2222");
    Side mixed = new Side("A", "", List.of(side("A", "x", 1).runs().get(0), other));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Changes.between(mixed, side("B", "x", 1)))
        .withMessageContaining("A has 2 runs of x that are no repeats, since they differ in");
  }

  @Test
  void aRunThatWasCutOffIsLeftOutAndNamed() {
    Findings broken =
        SampleFindings.brokenOff("b", Manifest.Origin.TWIN, scenario("x", 1), "1111", "2222");

    Changes changes = Changes.between(side("A", "x", 1), new Side("B", "broken", List.of(broken)));

    assertThat(changes.measures()).isEmpty();
    assertThat(changes.scenarios().get(0).leftOut())
        .singleElement()
        .asString()
        .startsWith("the run b of B (it failed");
    assertThat(ChangeAnswer.of(changes)).startsWith("There is nothing to compare");
    assertThat(ChangeSummary.of(changes)).contains("left out: the run b of B");
  }

  @Test
  void filesSayTheSameWhateverTheOrderOfTheRuns() {
    Side a = side("A", "x", 1, 2, 1, 2, 1);
    Side b = side("B", "x", 41, 40, 42, 41, 40);
    List<Findings> turned = new ArrayList<>(b.runs());
    java.util.Collections.reverse(turned);

    Changes changes = Changes.between(a, b);
    Changes other = Changes.between(a, new Side("B", "some runs", turned));

    assertThat(ChangeFiles.json(changes)).isEqualTo(ChangeFiles.json(other));
    assertThat(ChangeFiles.json(changes))
        .contains("\"telling\" : \"higher\"", "\"merit\" : \"worse\"", "\"rankTest\"");
    assertThat(ChangeFiles.markdown(changes))
        .isEqualTo(ChangeFiles.markdown(other))
        .contains("| Failed requests | **higher by 39.4 (");
    assertThat(ChangeSummary.of(changes))
        .contains("SIMULATED: no Docker was used.", "x (5 and 5 runs):")
        .contains("Failed requests: higher by 39.4");
    assertThat(ChangeSummary.of(changes).lines()).allMatch(line -> line.length() <= 100);
  }
}
