package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private static final List<Findings> SAMPLES =
      SampleRuns.all(1).stream().map(Analysis::analyse).toList();

  private static Claim claim(String key, List<Findings> runs) {
    return Claims.of(runs).stream().filter(c -> c.key().equals(key)).findFirst().orElseThrow();
  }

  @Test
  void allHoldInTheSampleRuns() {
    assertThat(Claims.of(SAMPLES))
        .extracting(Claim::key, Claim::holds)
        .containsExactly(
            holds("rolling-mixes"),
            holds("rolling-rollback"),
            holds("blue-green-twice"),
            holds("blue-green-rollback"),
            holds("canary-risk"),
            holds("canary-few-users"),
            holds("canary-ip"));
  }

  private static org.assertj.core.groups.Tuple holds(String key) {
    return org.assertj.core.groups.Tuple.tuple(key, Claim.Holds.HOLDS);
  }

  @Test
  void theEvidenceHasItsNumbers() {
    assertThat(claim("rolling-rollback", SAMPLES).evidence())
        .matches(
            "v1 served everybody again 13\\.\\d\\d s after the command, in blue-green 0\\.\\d\\d s: .*×\\.");
    assertThat(claim("blue-green-twice", SAMPLES).evidence())
        .startsWith("At its peak 8 tasks for 4 replicas (2.00×), memory of the app 2.0");
  }

  @Test
  void aClaimWhoseRunIsMissingIsUnknown() {
    List<Findings> withoutBlueGreen = new ArrayList<>(SAMPLES);
    withoutBlueGreen.removeIf(run -> run.manifest().scenario().strategy() == Strategy.BLUE_GREEN);

    Claim claim = claim("rolling-rollback", withoutBlueGreen);

    assertThat(claim.holds()).isEqualTo(Claim.Holds.UNKNOWN);
    assertThat(claim.evidence()).isEqualTo("no run of blue-green");
  }

  @Test
  void aClaimWhoseRunDidNotReconcileIsUnknown() {
    Histories history = rollback(10).hit(99, 1000, 200, "v1");

    assertThat(claim("blue-green-rollback", List.of(Analysis.analyse(history.build()))).evidence())
        .isEqualTo("blue-green: its requests do not reconcile");
  }

  @Test
  void aSlowRollbackIsNotAtOnce() {
    Claim fast = claim("blue-green-rollback", List.of(Analysis.analyse(rollback(2000).build())));
    Claim slow = claim("blue-green-rollback", List.of(Analysis.analyse(rollback(3000).build())));

    assertThat(fast.holds()).isEqualTo(Claim.Holds.HOLDS);
    assertThat(slow.holds()).isEqualTo(Claim.Holds.DOES_NOT);
    assertThat(slow.evidence()).isEqualTo("v1 served everybody again 3.00 s after the command.");
  }

  /** A blue-green run whose last v2 answer is sent 10 ms before v1 serves everybody again. */
  private static Histories rollback(long served) {
    Histories history =
        Histories.of(Strategy.BLUE_GREEN)
            .phase(0, PhaseKind.ROLLOUT)
            .phase(1000, PhaseKind.ROLLBACK)
            .routes(100, 200, new Event.Route("green", "v2", 100, List.of()))
            .routes(1000, 1500, new Event.Route("pyapp", "v1", 100, List.of()))
            .ok(1, 500, 10, "v2")
            .ok(2, 1000 + served - 10, 10, "v2");
    for (int i = 0; i < 20; i++) {
      history.ok(3 + i, 1000 + served + i, 10, "v1");
    }
    return history.end(8000, Event.End.COMPLETED);
  }

  @Test
  void realAndSimulatedRunsAreNeverMixed() {
    List<Findings> mixed =
        List.of(
            SAMPLES.get(0),
            Analysis.analyse(Histories.of(Strategy.CANARY).simulated().runId("t1").build()));

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Claims.of(mixed))
        .withMessage(
            "real (LIVE) and simulated (TWIN) runs must not be compared with each other:"
                + " baseline-sample-1 is LIVE, t1 is TWIN");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Comparison.of(mixed));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> AgainstBaseline.of(mixed.get(1), mixed.get(0)));
  }
}
