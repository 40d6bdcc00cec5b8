package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rolloutlab.analysis.requests.Errors;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Population;
import io.rolloutlab.scenario.Strategy;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ErrorsTest {
  private final Histories history =
      Histories.of(Strategy.ROLLING)
          .phase(-1000, PhaseKind.WARM_UP)
          .phase(0, PhaseKind.ROLLOUT)
          .phase(2000, PhaseKind.HOLD);

  private Errors errors() {
    return Analysis.analyse(history.build()).errors().orThrow();
  }

  @Test
  void areCountedByClassPhaseAndPopulation() {
    history
        .lost(1, -500, 10, "closed")
        .refusedByEdge(2, 100, 5, 502)
        .refusedByEdge(3, 200, 5, 502)
        .over(Population.REUSED)
        .refusedByEdge(4, 300, 5, 502)
        .lost(5, 2100, 5, "closed")
        .ok(6, 2200, 5, "v1");

    assertThat(errors().classes()).containsExactly("closed", "http-502");
    assertThat(errors().counts())
        .containsExactly(
            new Errors.Count(0, "closed", Population.NEW, 1),
            new Errors.Count(1, "http-502", Population.NEW, 2),
            new Errors.Count(1, "http-502", Population.REUSED, 1),
            new Errors.Count(2, "closed", Population.REUSED, 1));
    assertThat(errors().sinceRollout()).isEqualTo(Share.of(4, 5));
    assertThat(errors().byPhase())
        .extracting(phase -> phase.failed().count())
        .containsExactly(1, 3, 1);
  }

  @Test
  void unknownEndsAreInNoShare() {
    history.ok(1, 100, 5, "v1").unfinished(2, 200).lost(3, 300, 5, "closed");

    assertThat(errors().sinceRollout()).isEqualTo(Share.of(1, 2));
    assertThat(errors().unknownSinceRollout()).isEqualTo(1);
    assertThat(errors().byPhase().get(1).sent()).isEqualTo(3);
  }

  @Test
  void everySecondOfTheLoadHasItsCounts() {
    history.ok(1, -900, 5, "v1").lost(2, 1100, 5, "closed").unfinished(3, 1999);

    assertThat(errors().perSecond())
        .containsExactly(
            new Errors.Second(-1, 1, 1, 0, 0, new TreeMap<>()),
            new Errors.Second(0, 0, 0, 0, 0, new TreeMap<>()),
            new Errors.Second(1, 2, 0, 1, 1, new TreeMap<>(Map.of("closed", 1))));
  }

  @Test
  void anOutageLastsFromTheFirstFailureToTheNextSuccess() {
    history
        .ok(1, 100, 10, "v1")
        .lost(2, 200, 10, "refused")
        .lost(3, 300, 10, "refused")
        .ok(4, 400, 50, "v1")
        .lost(5, 500, 10, "refused")
        .ok(6, 510, 10, "v1");

    assertThat(errors().longestOutage()).contains(new Span(200, 450));
    assertThat(errors().longestSuccessGap()).contains(new Span(110, 450));
  }

  @Test
  void aFailureAmongSuccessesIsHardlyAnOutage() {
    history.ok(1, 100, 10, "v1").lost(2, 105, 900, "timeout").ok(3, 106, 10, "v1");

    assertThat(errors().longestOutage()).contains(new Span(105, 110));
  }

  @Test
  void slowAnswersAreAGapButNoOutage() {
    history.ok(1, 100, 10, "v1").ok(2, 200, 900, "v1");

    assertThat(errors().longestOutage()).isEmpty();
    assertThat(errors().longestSuccessGap()).contains(new Span(110, 1100));
  }

  @Test
  void anOutageThatNeverEndsLastsToTheEndOfTheLoad() {
    history.ok(1, 100, 10, "v1").lost(2, 200, 10, "refused").lost(3, 900, 40, "refused");

    assertThat(errors().longestOutage()).contains(new Span(200, 940));
  }

  @Test
  void theWarmUpsOutagesDoNotCount() {
    history
        .lost(1, -900, 10, "refused")
        .ok(2, -300, 10, "v1")
        .ok(3, -10, 5, "v1")
        .ok(4, 10, 5, "v1");

    assertThat(errors().longestOutage()).isEmpty();
    assertThat(errors().longestSuccessGap()).contains(new Span(-5, 15));
  }

  @Test
  void wilsonsIntervalIsTheOneOfTheTables() {
    // 1 of 10 at 95 %: 0.0179 to 0.4042.
    assertThat(Share.of(1, 10).low()).isBetween(0.01786, 0.01788);
    assertThat(Share.of(1, 10).high()).isBetween(0.40414, 0.40416);
    assertThat(Share.counted(3, 12))
        .as("a complete count has no interval")
        .isEqualTo(new Share(3, 12, 0.25, null, null, null));
    assertThat(Share.of(0, 0)).isEqualTo(new Share(0, 0, 0, 0.0, 1.0, 0.95));
    assertThat(Share.of(3, 3).high()).isEqualTo(1);
    assertThat(Share.of(0, 3).low()).isZero();
  }

  @Test
  void whatIsSentAtTheCommandIsOfTheRollout() {
    history.unfinished(1, 0).unfinished(2, -1).lost(3, 0, 5, "closed");

    assertThat(errors().unknownSinceRollout()).isEqualTo(1);
    assertThat(errors().longestOutage()).contains(new Span(0, 5));
  }

  @Test
  void classesStandInAlphabeticalOrderWhicheverCameFirst() {
    history.lost(1, 100, 5, "timeout").lost(2, 200, 5, "closed");

    assertThat(errors().counts())
        .extracting(Errors.Count::errorClass)
        .containsExactly("closed", "timeout");
  }

  @Test
  void ofTwoOutagesOfOneLengthTheFirstIsTold() {
    history
        .lost(1, 100, 5, "refused")
        .ok(2, 200, 10, "v1")
        .lost(3, 1100, 5, "refused")
        .ok(4, 1200, 10, "v1");

    assertThat(errors().longestOutage()).contains(new Span(100, 210));
  }

  @Test
  void requestsMayBeRecordedOutOfTurn() {
    history
        .ok(1, 2000, 10, "v1")
        .ok(2, 100, 10, "v1")
        .lost(3, 1500, 5, "refused")
        .lost(4, 1000, 5, "refused")
        .ok(5, 1200, 10, "v1");

    assertThat(errors().longestOutage()).contains(new Span(1500, 2010));
    assertThat(errors().longestSuccessGap()).contains(new Span(110, 1210));
  }

  @Test
  void ofTwoGapsOfOneLengthTheFirstIsTold() {
    history.ok(1, 0, 10, "v1").ok(2, 1000, 10, "v1").ok(3, 2000, 10, "v1");

    assertThat(errors().longestSuccessGap()).contains(new Span(10, 1010));
  }

  @Test
  void aGapThatEndsWithTheCommandIsOfTheTimeBefore() {
    history.ok(1, -900, 10, "v1").ok(2, -10, 10, "v1").ok(3, 100, 10, "v1");

    assertThat(errors().longestSuccessGap()).contains(new Span(0, 110));
  }

  @Test
  void aCountThatCannotBeIsRefused() {
    for (int count : new int[] {-1, 3}) {
      assertThatThrownBy(() -> Share.of(count, 2)).hasMessage(count + " is no count out of 2");
      assertThatThrownBy(() -> Share.counted(count, 2)).hasMessage(count + " is no count out of 2");
    }
  }

  @Test
  void aCompleteCountIsItsShareAndNoOther() {
    assertThat(Share.counted(1, 2).contains(0.5)).isTrue();
    assertThat(Share.counted(1, 2).contains(0.51)).isFalse();
  }
}
