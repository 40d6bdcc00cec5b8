package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.analysis.versions.Feedback;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Strategy;
import org.junit.jupiter.api.Test;

class VersionMixTest {
  private final Histories history =
      Histories.of(Strategy.ROLLING).phase(-1000, PhaseKind.WARM_UP).phase(0, PhaseKind.ROLLOUT);

  private VersionMix versions() {
    return Analysis.analyse(history.build()).versions().orThrow();
  }

  @Test
  void firstLastAndTheMixedWindowAreEndsOfAnswers() {
    history.ok(1, -500, 10, "v1").ok(2, 100, 10, "v2").ok(3, 2000, 10, "v1").ok(4, 5000, 10, "v2");

    assertThat(versions().firstV2Millis()).hasValue(110);
    assertThat(versions().lastV1Millis()).hasValue(2010);
    assertThat(versions().mixedWindow()).contains(new Span(110, 2010));
    assertThat(versions().closestMillis()).hasValue(600);
    assertThat(versions().mixed()).isTrue();
    assertThat(versions().secondsWithBoth()).isZero();
  }

  @Test
  void aCleanSwitchHasNoMixedWindow() {
    history.ok(1, 100, 10, "v1").ok(2, 1200, 10, "v2");

    assertThat(versions().mixedWindow()).isEmpty();
    assertThat(versions().closestMillis()).hasValue(1100);
    assertThat(versions().mixed()).isFalse();
  }

  @Test
  void theClosestAnswersOfDifferentVersionsAreFoundWhereverTheyAre() {
    history
        .ok(1, 0, 10, "v2")
        .ok(2, 3000, 10, "v1")
        .ok(3, 5000, 10, "v1")
        .ok(4, 5300, 10, "v2")
        .ok(5, 9000, 10, "v2");

    assertThat(versions().closestMillis()).hasValue(300);
  }

  @Test
  void anErrorOfAVersionIsAnAnswerOfItButNoSuccess() {
    history
        .request(1, 100, 10, Outcome.FAILED, "http-500", 500, "v2")
        .hit(1, 110, 500, "v2")
        .ok(2, 200, 10, "v1");

    assertThat(versions().firstV2Millis()).hasValue(110);
    assertThat(versions().perSecond()).containsExactly(new VersionMix.Second(0, 1, 0, 0, 1));
    assertThat(versions().secondsWithBoth()).isEqualTo(1);
    assertThat(versions().passes().get(0).exposedUsers()).isEqualTo(Share.counted(1, 1));
  }

  @Test
  void aUserSeesV1AgainOnlyWithARequestSentAfterItsFirstV2Answer() {
    history.user(1).ok(1, 100, 50, "v2").ok(2, 120, 100, "v1");
    history.user(2).ok(3, 100, 50, "v2").ok(4, 200, 10, "v1");
    history.user(3).ok(5, 100, 50, "v2").ok(6, 200, 10, "v2");
    history.user(4).ok(7, 100, 50, "v1");

    VersionMix.Pass pass = versions().passes().get(0);

    assertThat(pass.sawV1Again()).isEqualTo(Share.counted(1, 3));
    assertThat(pass.exposedUsers()).isEqualTo(Share.counted(3, 4));
    assertThat(pass.exposedRequests()).isEqualTo(Share.of(4, 7));
  }

  @Test
  void v1AfterARollbackIsNotV1Again() {
    history.phase(1000, PhaseKind.ROLLBACK).ok(1, 100, 10, "v2").ok(2, 1100, 10, "v1");

    assertThat(versions().passes()).hasSize(1);
    assertThat(versions().passes().get(0).sawV1Again()).isEqualTo(Share.counted(0, 1));
  }

  @Test
  void exposureGrowsSecondBySecondAndStartsAnewInTheNextPass() {
    history.phase(3000, PhaseKind.RESET).phase(4000, PhaseKind.ROLLOUT);
    history.user(1).ok(1, 100, 10, "v2").user(2).ok(2, 2100, 10, "v2").ok(3, 2200, 10, "v1");
    history.user(1).ok(4, 3500, 10, "v1").ok(5, 4100, 10, "v1");

    assertThat(versions().passes().get(0).perSecond())
        .containsExactly(
            new VersionMix.Exposure(0, 1, 0.5, 1, 1),
            new VersionMix.Exposure(1, 1, 0.5, 1, 1),
            new VersionMix.Exposure(2, 2, 1, 2, 3));
    assertThat(versions().passes().get(1).perSecond())
        .containsExactly(new VersionMix.Exposure(4, 0, 0, 0, 1));
  }

  @Test
  void answersAreTakenInTheOrderInWhichTheyEnded() {
    history.ok(1, 5000, 10, "v2").ok(2, 100, 10, "v2").ok(3, 5300, 10, "v1").ok(4, 300, 10, "v1");

    assertThat(versions().firstV2Millis()).hasValue(110);
    assertThat(versions().closestMillis()).hasValue(200);
  }

  @Test
  void aWayBackBeforeTheRolloutIsNotTheRollout() {
    Histories back =
        Histories.of(Strategy.ROLLING)
            .phase(-1000, PhaseKind.ROLLBACK)
            .phase(-200, PhaseKind.RESET)
            .phase(0, PhaseKind.ROLLOUT)
            .ok(1, -400, 10, "v2")
            .ok(2, 100, 10, "v1");

    assertThat(Analysis.analyse(back.build()).versions().orThrow().lastV1Millis()).hasValue(110);
  }

  @Test
  void passesAreNumberedFromOne() {
    history.phase(3000, PhaseKind.RESET).phase(4000, PhaseKind.ROLLOUT).ok(1, 4100, 10, "v2");

    assertThat(versions().passes()).extracting(VersionMix.Pass::number).containsExactly(1, 2);
  }

  @Test
  void v1InTheMomentOfTheFirstV2AnswerIsNotV1Again() {
    history.user(1).ok(1, 100, 50, "v2").ok(2, 150, 10, "v1");
    assertThat(versions().passes().get(0).sawV1Again()).isEqualTo(Share.counted(0, 1));

    history.user(1).ok(3, 151, 10, "v1");
    assertThat(versions().passes().get(0).sawV1Again()).isEqualTo(Share.counted(1, 1));
  }

  @Test
  void onlyTheBeginningOfALongHeaderIsQuoted() {
    String forty = "x".repeat(40);
    history
        .request(1, 100, 5, Outcome.OK, "", 200, forty)
        .hit(1, 105, 200, forty)
        .request(2, 200, 5, Outcome.OK, "", 200, forty + "y")
        .hit(2, 205, 200, forty + "y");

    assertThat(versions().others())
        .containsExactlyInAnyOrder(
            new VersionMix.Other(forty, 1), new VersionMix.Other(forty + "...", 1));
  }

  @Test
  void fiveHeadersAreQuotedAndThatThereAreMore() {
    for (int i = 1; i <= 5; i++) {
      history.request(i, i, 5, Outcome.OK, "", 200, "x" + i).hit(i, i + 5, 200, "x" + i);
    }
    assertThat(versions().strangers().orElseThrow()).endsWith("\"x5\" in 1");

    history.request(6, 6, 5, Outcome.OK, "", 200, "x6").hit(6, 11, 200, "x6");
    assertThat(versions().strangers().orElseThrow()).endsWith("\"x5\" in 1, ...");
  }

  /** 15 s from the second of the first v2 answer on; what came before it is left out. */
  @Test
  void feedbackIsThatOfFifteenSecondsFromTheFirstV2AnswerOn() {
    history.user(1).ok(1, 100, 10, "v1").ok(2, 1100, 10, "v2");
    history.user(2).ok(3, 15_500, 10, "v2").user(3).ok(4, 16_000, 10, "v2");

    Feedback feedback = Feedback.of(versions());

    assertThat(feedback.users()).isEqualTo(Share.counted(2, 3));
    assertThat(feedback.requests()).isEqualTo(Share.of(2, 2));
  }

  @Test
  void aUserNumberBeyondTheMostIsRefused() {
    history.user(10_000_000).ok(1, 100, 10, "v1");

    assertThat(Analysis.analyse(history.build()).versions().cause())
        .isEqualTo("request 1 is of user 10000000; users are from 0 to 9999999");
  }

  /** Whether there was an app behind it is not known. */
  @Test
  void anErrorOfTheServerWithoutAVersionIsNobodysAnswer() {
    history.request(1, 100, 5, Outcome.FAILED, "http-500", 500, "").hit(1, 105, 500, "");
    assertThat(versions().others()).isEmpty();

    history.request(2, 200, 5, Outcome.FAILED, "http-499", 499, "").hit(2, 205, 499, "");
    assertThat(versions().others()).containsExactly(new VersionMix.Other("", 1));
  }
}
