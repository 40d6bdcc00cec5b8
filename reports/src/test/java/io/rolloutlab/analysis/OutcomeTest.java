package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.run.UpdateOutcome;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.expect.Expectations;
import io.rolloutlab.scenario.update.UpdateEnd;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What Swarm decides about an update is an outcome, with its times. */
class OutcomeTest {
  private static final Expectations PAUSED =
      Changed.with(Expectations.NONE, "endsIn", UpdateEnd.PAUSED);

  private static Histories rolling(Expectations expected) {
    return Histories.expecting(Strategy.ROLLING, expected)
        .phase(-1000, PhaseKind.WARM_UP)
        .phase(0, PhaseKind.ROLLOUT)
        .ok(1, 100, 10, "v1");
  }

  private static Histories said(Histories history, long at, String state) {
    return history.event(new Event.UpdateChange(Histories.ZERO + at, "pyapp", state, ""));
  }

  private static Histories ended(Histories history, long at, boolean rollback, UpdateEnd end) {
    long ordered = rollback ? 60_000 : 0;
    return history.event(
        new Event.UpdateEnded(
            Histories.ZERO + at, Histories.ZERO + ordered, "pyapp", rollback, end, "as it said"));
  }

  private static Findings analysed(Histories history) {
    return Analysis.analyse(history.end(100_000, Event.End.COMPLETED).build());
  }

  @Test
  void anUpdateThatSwarmTakesBackHasTheTimesOfBoth() {
    Histories history = rolling(PAUSED);
    said(
        said(said(history, 100, "updating"), 52_800, "rollback_started"),
        75_120,
        "rollback_completed");
    ended(history, 75_200, false, UpdateEnd.ROLLED_BACK);

    Findings findings = analysed(history);

    UpdateOutcome outcome = findings.outcomes().orThrow().get(0);
    assertThat(outcome.decidedAtMillis()).hasValue(52_800);
    assertThat(outcome.endedAtMillis()).hasValue(75_120);
    assertThat(outcome.inWords())
        .isEqualTo("rolled back by Swarm: decided at 52.80 s, done at 75.12 s");
    assertThat(findings.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(findings.reasons())
        .containsExactly(
            "What came of the update: wanted paused, measured rolled back by Swarm: decided at"
                + " 52.80 s, done at 75.12 s: FAIL.");
  }

  @Test
  void aPauseThatWasExpectedIsAPass() {
    Histories history = said(rolling(PAUSED), 45_000, "paused");
    ended(history, 45_100, false, UpdateEnd.PAUSED);
    said(said(history, 60_100, "rollback_started"), 70_000, "rollback_completed");
    ended(history, 70_100, true, UpdateEnd.ROLLED_BACK);

    Findings findings = analysed(history);

    assertThat(findings.verdict()).isEqualTo(Verdict.PASS);
    assertThat(findings.outcomes().orThrow())
        .extracting(UpdateOutcome::inWords)
        .containsExactly("paused at 45.00 s", "rolled back, done at 70.00 s");
  }

  @Test
  void whatNeverEndsHasNoTimeOfAnEnd() {
    Histories history = said(rolling(PAUSED), 100, "updating");
    ended(history, 90_000, false, UpdateEnd.NEVER_ENDED);

    UpdateOutcome outcome = analysed(history).outcomes().orThrow().get(0);

    assertThat(outcome.endedAtMillis()).isEmpty();
    assertThat(outcome.inWords()).isEqualTo("never ended within its limit");
  }

  @Test
  void aHistoryWithoutOutcomesCannotBeJudgedByThem() {
    Findings findings = analysed(said(rolling(PAUSED), 45_000, "paused"));

    assertThat(findings.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void whoExpectsNothingGetsNoPass() {
    assertThat(analysed(rolling(Expectations.NONE)).verdict()).isEqualTo(Verdict.NOTHING_EXPECTED);
  }

  @Test
  void aRunThatWasCutOffSaysSoInTheComparison() {
    Findings failed = Analysis.analyse(rolling(PAUSED).end(12_345, Event.End.FAILED).build());

    assertThat(failed.cutOff()).contains("it failed at 12.35 s");
    assertThat(Comparison.of(java.util.List.of(failed)).rows().get(0).cutOff())
        .isEqualTo("it failed at 12.35 s");
  }

  @Test
  void onlyWhatSwarmSaysOfTheServiceFromTheOrderToTheEndIsOfTheUpdate() {
    for (boolean within : new boolean[] {true, false}) {
      int beyond = within ? 0 : 1;
      Histories history = rolling(PAUSED);
      history.event(new Event.UpdateChange(Histories.ZERO + 500, "other", "paused", ""));
      said(said(history, 1000 - beyond, "rollback_started"), 5000 + beyond, "rollback_completed");
      history.event(
          new Event.UpdateEnded(
              Histories.ZERO + 5000,
              Histories.ZERO + 1000,
              "pyapp",
              false,
              UpdateEnd.ROLLED_BACK,
              ""));

      UpdateOutcome outcome = analysed(history).outcomes().orThrow().get(0);

      assertThat(outcome.orderedAtMillis()).isEqualTo(1000);
      assertThat(outcome.inWords())
          .isEqualTo(
              within
                  ? "rolled back by Swarm: decided at 1.00 s, done at 5.00 s"
                  : "rolled back by Swarm");
    }
  }

  @Test
  void whatAnotherServiceDoesIsNoDecisionOfThisOne() {
    Histories history = rolling(PAUSED);
    history.event(new Event.UpdateChange(Histories.ZERO + 500, "other", "paused", ""));
    ended(said(history, 45_000, "paused"), 45_100, false, UpdateEnd.PAUSED);

    assertThat(analysed(history).outcomes().orThrow().get(0).inWords())
        .isEqualTo("paused at 45.00 s");
  }

  @Test
  void aRollbackThatIsPausedSaysWhoDecidedIt() {
    assertThat(rollbackPaused(false))
        .isEqualTo("rolled back by Swarm, but paused halfway: decided at 1.00 s, paused at 2.00 s");
    assertThat(rollbackPaused(true)).isEqualTo("the rollback was paused halfway, at 2.00 s");
  }

  private static String rollbackPaused(boolean ordered) {
    return new UpdateOutcome(
            "pyapp",
            ordered,
            0,
            UpdateEnd.ROLLBACK_PAUSED,
            OptionalLong.of(1000),
            OptionalLong.of(2000),
            "")
        .inWords();
  }
}
