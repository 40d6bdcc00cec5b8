package io.rolloutlab.analysis.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Histories;
import io.rolloutlab.analysis.measure.CostMeasures;
import io.rolloutlab.analysis.measure.HarmMeasures;
import io.rolloutlab.analysis.measure.Measure;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Strategy;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Of what nobody sent nothing has failed, and what has no end may have. */
class KnownEndsTest {
  private static final String NONE = "no request that was sent since x = 0 has a known end";

  private final Histories history =
      Histories.of(Strategy.ROLLING)
          .phase(0, PhaseKind.ROLLOUT)
          .phase(5_000, PhaseKind.HOLD)
          .phase(9_000, PhaseKind.COOL_DOWN);

  private String missing(Measure measure) {
    return KnownEnds.missing(
        measure, Analysis.analyse(history.build()).evidence(), Optional.empty());
  }

  private String missingIn(PhaseKind phase) {
    return KnownEnds.missing(
        HarmMeasures.ERROR_PERCENT,
        Analysis.analyse(history.build()).evidence(),
        Optional.of(phase));
  }

  @Test
  void whereNoEndIsKnownNumbersOfRequestsProveNothing() {
    history.unfinished(1, 100);

    assertThat(missing(HarmMeasures.USERS_HURT)).isEqualTo(NONE);
    assertThat(missing(HarmMeasures.P99_MILLIS)).isEqualTo(NONE);
    assertThat(missing(CostMeasures.EXTRA_TASKS)).as("it is not about requests").isEmpty();
  }

  @Test
  void whatHasNoEndMayHaveHarmed() {
    history.ok(1, 100, 5, "v1");
    assertThat(missing(HarmMeasures.USERS_HURT)).isEmpty();

    history.unfinished(2, 200).unfinished(3, 300);
    assertThat(missing(HarmMeasures.USERS_HURT)).isEqualTo("the end of 2 requests is not known");
    assertThat(missing(HarmMeasures.ERROR_PERCENT))
        .as("it is known between which numbers it lies")
        .isEmpty();
    assertThat(missing(HarmMeasures.P99_MILLIS)).as("it is no harm").isEmpty();
  }

  @Test
  void ofAPhaseItsOwnRequestsCount() {
    history.ok(1, 100, 5, "v1").unfinished(2, 6_000).ok(3, 6_001, 5, "v1");

    assertThat(missingIn(PhaseKind.ROLLOUT)).isEmpty();
    assertThat(missingIn(PhaseKind.HOLD))
        .isEqualTo("the end of 1 requests that were sent in it is not known");
    assertThat(missingIn(PhaseKind.COOL_DOWN)).isEqualTo("no request was sent in it");
  }
}
