package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.verdict.ExpectationResult;
import io.rolloutlab.analysis.versions.CanaryStep;
import io.rolloutlab.analysis.versions.UserRule;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.expect.Expectations;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.scenario.users.SplitBy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CanaryTest {
  private final Histories canary = Histories.of(Strategy.CANARY).phase(0, PhaseKind.ROLLOUT);
  private final Histories byAddress =
      Histories.of(Strategy.CANARY_IP)
          .phase(0, PhaseKind.ROLLOUT)
          .routes(
              500,
              1000,
              new Event.Route("pyapp", "v1", 100, List.of()),
              new Event.Route("canary-pyapp", "v2", 0, List.of("10.77.0.1", "10.77.0.8/30")))
          .routes(2000, 2100, new Event.Route("pyapp", "v1", 100, List.of()));

  private List<CanaryStep> steps() {
    return Analysis.analyse(canary.build()).canarySteps().orThrow();
  }

  private UserRule rule() {
    return Analysis.analyse(byAddress.build()).userRules().orThrow().get(0);
  }

  private void answers(int v1, int v2) {
    for (int i = 0; i < v1 + v2; i++) {
      canary.user(i).ok(i + 1, 1000 + i, 5, i < v1 ? "v1" : "v2");
    }
  }

  /** z is 1.645: the interval of 60 in 600 is 8.2 to 12.2 %, within 10 % ± 6 points. */
  @Test
  void aShareWhoseWholeIntervalLiesWithinTheMarginPasses() {
    answers(540, 60);
    canary.held(1000, 5000, 10, "step 1");

    CanaryStep step = steps().get(0);

    assertThat(step.v2()).isEqualTo(Share.of(60, 600, 0.9));
    assertThat(step.weight()).isEqualTo(0.1);
    assertThat(step.margin()).isEqualTo(0.06, within(1e-9));
    assertThat(step.exposedUsers()).isEqualTo(Share.counted(60, 600));
    assertThat(step.verdict()).isEqualTo(Verdict.PASS);
  }

  /** Swarm's own update plans no shares; a strategy of somebody's own may hold some. */
  @Test
  void whereNoStepsArePlannedThoseThatAgreeAreNotKnownToBeAll() {
    assertThat(rolling(10).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(rolling(10).measured())
        .isEqualTo(
            "unknown: 1 of 1 steps agree, 0 differ, and the settings of rolling do not say how many"
                + " there are to be");
    assertThat(rolling(50).verdict()).as("one that differs is enough").isEqualTo(Verdict.FAIL);
    assertThat(rolling().measured()).isEqualTo("unknown: no share of the requests was held");
  }

  private static ExpectationResult rolling(int... percents) {
    Expectations every =
        new Expectations(null, null, null, null, null, null, true, null, null, null);
    Histories rolling = Histories.expecting(Strategy.ROLLING, every).phase(0, PhaseKind.ROLLOUT);
    for (int i = 0; i < 600; i++) {
      rolling.ok(i + 1, 1000 + i, 5, i < 540 ? "v1" : "v2");
    }
    for (int percent : percents) {
      rolling.held(1000, 5000, percent, "step");
    }
    return Analysis.analyse(rolling.build()).expectations().get(0);
  }

  /** 10.1 to 21.8 % holds the weight, which says nothing: it reaches over 16 % too. */
  @Test
  void aShareThatMayBeRightOrWrongIsUnknown() {
    answers(85, 15);
    canary.held(1000, 5000, 10, "step 1");

    assertThat(steps().get(0).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void threeAnswersSayNothing() {
    answers(3, 0);
    canary.held(1000, 5000, 10, "10").held(1000, 5000, 30, "30").held(1000, 5000, 50, "50");

    assertThat(steps()).extracting(CanaryStep::verdict).containsOnly(Verdict.UNKNOWN);
    assertThat(steps()).hasSize(3);
  }

  /**
   * The interval of two in three begins at 26 %, above 16 %, and yet it comes of chance at 10 %.
   */
  @Test
  void aHandfulOfAnswersIsNeverCalledWrong() {
    answers(1, 2);
    canary.held(1000, 5000, 10, "step 1");

    assertThat(steps().get(0).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  /** 32.3 to 48.2 %. */
  @Test
  void aShareFarFromTheWeightFails() {
    answers(60, 40);
    canary.held(1000, 5000, 10, "step 1");

    assertThat(steps().get(0).verdict()).isEqualTo(Verdict.FAIL);
  }

  /**
   * Ten answers each to 60 users, of whom 6 get v2: of 600 draws it would pass, of 60 it is 5.3 to
   * 18.2 %.
   */
  @Test
  void aUserWhoAlwaysGoesTheSameWayIsOneDraw() {
    for (int i = 0; i < 600; i++) {
      canary.user(i % 60).ok(i + 1, 1000 + i, 5, i % 60 < 6 ? "v2" : "v1");
    }
    canary.held(1000, 5000, 10, SplitBy.REQUEST).held(1000, 5000, 10, SplitBy.USER);

    assertThat(steps())
        .extracting(CanaryStep::verdict)
        .containsExactly(Verdict.PASS, Verdict.UNKNOWN);
    assertThat(steps().get(0).draws()).isNull();
    assertThat(steps().get(1).draws()).isEqualTo(Share.of(6, 60, 0.9));
    assertThat(steps().get(1).v2())
        .as("what is measured is the same")
        .isEqualTo(steps().get(0).v2());
    assertThat(steps().get(1).judged()).isEqualTo(Share.of(6, 60, 0.9));
  }

  /** 600 of 600 users, and none of them should have v2 but one in ten. */
  @Test
  void aSplitByUsersCanFail() {
    answers(300, 300);
    canary.held(1000, 5000, 10, SplitBy.COOKIE);

    assertThat(steps().get(0).draws()).isEqualTo(Share.of(300, 600, 0.9));
    assertThat(steps().get(0).verdict()).isEqualTo(Verdict.FAIL);
  }

  /** By the clock, not from x = 0: the request that comes late in a second says nothing of it. */
  @Test
  void aSecondIsOneDrawAndItsFirstRequestSaysWhich() {
    long second = Math.floorMod(-Histories.ZERO, 1000L) + 2000;
    canary
        .ok(1, second, 5, "v2")
        .ok(2, second + 500, 5, "v2")
        .ok(3, second + 999, 5, "v1")
        .ok(4, second + 1000, 5, "v1")
        .ok(5, second + 1500, 5, "v1")
        .held(second, second + 2000, 50, SplitBy.SECOND);

    assertThat(steps().get(0).draws()).isEqualTo(Share.of(1, 2, 0.9));
  }

  @Test
  void whereAllAreToGetV2NothingIsDrawn() {
    answers(1, 999);
    canary.held(1000, 5000, 100, SplitBy.USER).held(1001, 5000, 100, SplitBy.SECOND);

    assertThat(steps()).extracting(CanaryStep::verdict).containsExactly(Verdict.FAIL, Verdict.PASS);
    assertThat(steps()).allMatch(step -> step.draws() == null);
  }

  /** A margin of 10 points would take no answer at all for one in a hundred. */
  @Test
  void theMarginOfASmallCanaryIsSmallToo() {
    answers(6000, 0);
    canary.held(1000, 9000, 1, "none at all");

    assertThat(steps().get(0).margin()).isEqualTo(0.006, within(1e-9));
    assertThat(steps().get(0).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void allMeansAll() {
    answers(1, 999);
    canary.held(1000, 5000, 100, "with a straggler").held(1001, 5000, 100, "without");

    assertThat(steps()).extracting(CanaryStep::verdict).containsExactly(Verdict.FAIL, Verdict.PASS);
  }

  @Test
  void nothingMeansNothing() {
    answers(999, 1);
    canary.held(1000, 5000, 0, "with a stray").held(1000, 1900, 0, "without");

    assertThat(steps()).extracting(CanaryStep::verdict).containsExactly(Verdict.FAIL, Verdict.PASS);
  }

  @Test
  void onlyRequestsSentAndAnsweredWhileItWasHeldCount() {
    canary
        .ok(1, 999, 5, "v1")
        .ok(2, 1000, 5, "v2")
        .ok(3, 1995, 5, "v2")
        .lost(4, 1500, 5, "refused")
        .held(1000, 2000, 10, "step 1")
        .held(3000, 4000, 10, "nobody came");

    assertThat(steps().get(0).v2()).isEqualTo(Share.of(1, 1, 0.9));
    assertThat(steps().get(1).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void listedUsersGetV2AndNobodyElseDoes() {
    byAddress
        .user(0)
        .ok(1, 1100, 5, "v2")
        .user(8)
        .ok(2, 1200, 5, "v2")
        .user(1)
        .ok(3, 1300, 5, "v1")
        // Before and after the rule is in force everybody may get v1.
        .user(0)
        .ok(4, 700, 5, "v1")
        .ok(5, 2050, 5, "v1");

    assertThat(rule())
        .isEqualTo(
            new UserRule(
                List.of("10.77.0.1", "10.77.0.8/30"),
                List.of(),
                new Span(1000, 2000),
                2,
                1,
                List.of(),
                List.of(),
                List.of(),
                Verdict.PASS));
  }

  @Test
  void aListedUserWithV1AndAnotherWithV2AreNamed() {
    byAddress.user(0).ok(1, 1100, 5, "v2").ok(2, 1200, 5, "v1");
    byAddress.user(1).ok(3, 1300, 5, "v1").ok(4, 1400, 5, "v2");
    byAddress.user(2).ok(5, 1500, 5, "v1").ok(6, 2500, 5, "v2");

    assertThat(rule().listedThatGotV1()).containsExactly(0);
    assertThat(rule().unlistedThatGotV2()).containsExactly(1);
    assertThat(rule().unlistedThatEverGotV2()).containsExactly(1, 2);
    assertThat(rule().verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void withoutListedUsersNothingIsShown() {
    byAddress.user(1).ok(1, 1100, 5, "v1");

    assertThat(rule().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  /**
   * Of 6,000 answers 12.3 to 13.7 % and 6.5 to 7.6 %: surely not 10 %, and within 6 points of it.
   */
  @Test
  void aShareThatIsSurelyAnotherOnePassesWithinTheMargin() {
    answers(5220, 780);
    canary.held(1000, 9000, 10, "more");
    assertThat(steps().get(0).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aShareThatIsSurelyLessPassesWithinTheMargin() {
    answers(5580, 420);
    canary.held(1000, 9000, 10, "less");
    assertThat(steps().get(0).verdict()).isEqualTo(Verdict.PASS);
  }

  /** Ten points around 10 and 90 %. */
  @Test
  void aMarginThatReachesNoneOrAllIncludesIt() {
    String text = "name: wide\nquestion: Why?\nstrategy: canary\ncanary: {marginPoints: 10}\n";
    for (int percent : new int[] {10, 90}) {
      Histories wide =
          Histories.of(
                  ScenarioReader.YAML
                      .read(Path.of("wide.yaml"), text.getBytes(StandardCharsets.UTF_8))
                      .value())
              .phase(0, PhaseKind.ROLLOUT)
              .held(1000, 5000, percent, "step 1");
      for (int i = 0; i < 100; i++) {
        wide.ok(i + 1, 1000 + i, 5, percent == 10 ? "v1" : "v2");
      }

      assertThat(Analysis.analyse(wide.build()).canarySteps().orThrow())
          .extracting(CanaryStep::verdict)
          .containsExactly(Verdict.PASS);
    }
  }

  @Test
  void theUsersOfAStepAreThoseOfItsOwnPass() {
    for (int user = 1; user <= 3; user++) {
      canary.user(user).ok(user, 100 * user, 5, "v2");
    }
    canary
        .phase(3000, PhaseKind.ROLLBACK)
        .phase(5000, PhaseKind.ROLLOUT)
        .user(4)
        .ok(4, 6000, 5, "v2")
        .user(5)
        .ok(5, 6100, 5, "v1")
        .held(1000, 2000, 10, "pass 1")
        .held(5500, 8000, 10, "pass 2");

    assertThat(steps())
        .extracting(CanaryStep::exposedUsers)
        .containsExactly(Share.counted(3, 5), Share.counted(1, 5));
  }

  /** Some route to v1 may have addresses of its own. */
  @Test
  void theLastRuleIsInForceUntilTheLastAnswerAndListsThoseOfV2() {
    Histories one =
        Histories.of(Strategy.CANARY_IP)
            .phase(0, PhaseKind.ROLLOUT)
            .routes(
                500,
                1000,
                new Event.Route("pyapp", "v1", 100, List.of("10.77.0.2")),
                new Event.Route("canary-pyapp", "v2", 0, List.of("10.77.0.1")))
            .user(0)
            .ok(1, 1100, 5, "v2")
            .user(1)
            .ok(2, 1200, 5, "v1");

    UserRule rule = Analysis.analyse(one.build()).userRules().orThrow().get(0);

    assertThat(rule.addresses()).containsExactly("10.77.0.1");
    assertThat(rule.listedUsers()).isEqualTo(1);
    assertThat(rule.unlistedUsers()).isEqualTo(1);
    assertThat(rule.verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void whoGotV2AsTheStepEndedWasNotExposedInIt() {
    canary.user(1).ok(1, 1100, 5, "v2").user(2).ok(2, 1200, 5, "v1");
    canary.held(1000, 1105, 10, "ended").held(1000, 1106, 10, "just then");

    assertThat(steps())
        .extracting(CanaryStep::exposedUsers)
        .containsExactly(Share.counted(0, 2), Share.counted(1, 2));
  }
}
