package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.verdict.ExpectationResult;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.expect.Expectations;
import io.rolloutlab.scenario.update.UpdateEnd;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a scenario expects, exactly at its limits, and how the answer is worded. */
class ExpectingTest {
  private static final Event.Route ALL_V1 = new Event.Route("blue", "v1", 100, List.of());
  private static final Event.Route ALL_V2 = new Event.Route("green", "v2", 100, List.of());

  private static Histories expecting(Strategy strategy, String key, Object value) {
    return Histories.expecting(strategy, Changed.with(Expectations.NONE, key, value))
        .phase(0, PhaseKind.ROLLOUT);
  }

  private static ExpectationResult judged(Histories history) {
    List<ExpectationResult> all =
        Analysis.analyse(history.end(9000, Event.End.COMPLETED).build()).expectations();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static ExpectationResult mixed(boolean wanted, long v1Ends, long v2Ends) {
    return judged(
        expecting(Strategy.ROLLING, "mixedVersions", wanted)
            .ok(1, v1Ends - 10, 10, "v1")
            .ok(2, v2Ends - 10, 10, "v2"));
  }

  @Test
  void bothVersionsAreMixedWhereTheyAnswerWithinASecond() {
    assertThat(mixed(true, 110, 1110).sentence())
        .isEqualTo(
            "Both versions within one second: wanted yes, measured yes, 1000 ms apart at the"
                + " closest: PASS.");
    assertThat(mixed(true, 110, 1111).sentence())
        .isEqualTo(
            "Both versions within one second: wanted yes, measured no, 1001 ms apart at the"
                + " closest: FAIL.");
  }

  @Test
  void thatVersionsAreNotMixedCanBeExpectedToo() {
    assertThat(mixed(false, 110, 1110).sentence()).contains("wanted no, ").endsWith(": FAIL.");
    assertThat(mixed(false, 110, 1111).sentence()).contains("wanted no, ").endsWith(": PASS.");
  }

  /** One in ten is v2's: right for the first step and wrong for the second. */
  private static ExpectationResult steps(boolean wanted) {
    Histories rolling = expecting(Strategy.ROLLING, "stepsWithinInterval", wanted);
    for (int i = 0; i < 600; i++) {
      rolling.ok(i + 1, 1000 + i, 5, i < 540 ? "v1" : "v2");
    }
    return judged(rolling.held(1000, 5000, 10, "right").held(1000, 5000, 50, "wrong"));
  }

  @Test
  void stepsAreCountedByWhatCameOfThem() {
    assertThat(steps(true).sentence())
        .isEqualTo(
            "Measured share agrees with weight: wanted every step, measured 1 of 2 steps agree, 1"
                + " differ: FAIL.");
    assertThat(steps(false).sentence()).contains("wanted not every step, ").endsWith(": PASS.");
  }

  private static Histories byAddress(boolean wanted) {
    return expecting(Strategy.CANARY_IP, "onlyListedUsersSeeV2", wanted);
  }

  /** User 0 is listed and user 1 is not. */
  private static Histories inForce(Histories history, long from) {
    return history.routes(
        from,
        from,
        new Event.Route("pyapp", "v1", 100, List.of()),
        new Event.Route("canary-pyapp", "v2", 0, List.of("10.77.0.1")));
  }

  private static Histories answers(Histories history, long at, String listed) {
    return history.user(0).ok(at, at, 5, listed).user(1).ok(at + 1, at + 1, 5, "v1");
  }

  @Test
  void listedUsersAloneHaveV2WhereEveryRuleIsKept() {
    assertThat(judged(answers(inForce(byAddress(true), 1000), 1100, "v2")).sentence())
        .startsWith("Listed users get v2 and nobody else does: wanted yes, measured while the rule")
        .endsWith(": PASS.");
    assertThat(judged(answers(inForce(byAddress(false), 1000), 1100, "v2")).sentence())
        .contains("wanted no, ")
        .endsWith(": FAIL.");
  }

  @Test
  void oneRuleThatIsBrokenIsEnoughAndIsTheOneThatIsTold() {
    for (boolean wanted : new boolean[] {true, false}) {
      Histories history = answers(inForce(byAddress(wanted), 1000), 1100, "v2");

      ExpectationResult result = judged(answers(inForce(history, 2000), 2100, "v1"));

      assertThat(result.verdict()).isEqualTo(wanted ? Verdict.FAIL : Verdict.PASS);
      assertThat(result.measured()).contains("1 listed users were answered, of them 1 got v1");
    }
  }

  @Test
  void aRuleThatNoListedUserMetSaysNothingOfTheOthers() {
    Histories history = answers(inForce(byAddress(true), 1000), 1100, "v2");

    ExpectationResult result = judged(inForce(history, 2000).user(1).ok(3000, 3000, 5, "v1"));

    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void withoutARuleByAddressItIsNotKnownWhoWasListed() {
    assertThat(judged(answers(byAddress(true), 1100, "v2")).measured())
        .isEqualTo("unknown: no rule for some users was in force");
  }

  private static ExpectationResult outage(long mostMillis) {
    return judged(
        expecting(Strategy.ROLLING, "longestOutageAtMost", Duration.ofMillis(mostMillis))
            .ok(1, 900, 10, "v1")
            .lost(2, 1400, 5, "refused")
            .ok(3, 1450, 10, "v1"));
  }

  @Test
  void anOutageAsLongAsItMayBePasses() {
    assertThat(outage(60).verdict()).isEqualTo(Verdict.PASS);
    assertThat(outage(59).verdict()).isEqualTo(Verdict.FAIL);
  }

  /** Served after 170 ms; a second pass is broken off. */
  private static ExpectationResult rollout(long mostMillis) {
    Histories history =
        expecting(Strategy.BLUE_GREEN, "rolloutAtMost", Duration.ofMillis(mostMillis))
            .routes(100, 160, ALL_V2)
            .ok(1, 150, 10, "v1");
    for (int i = 0; i < 20; i++) {
      history.ok(10 + i, 170 + 10 * i, 5, "v2");
    }
    history.phase(1000, PhaseKind.ROLLBACK).routes(1000, 1100, ALL_V1);
    history.ok(40, 1200, 5, "v1").phase(3000, PhaseKind.ROLLOUT).ok(41, 3100, 5, "v1");
    return judged(history.phase(4000, PhaseKind.ROLLBACK).ok(42, 4100, 5, "v1"));
  }

  @Test
  void aRolloutAsLongAsItMayBePassesThoughASecondOneIsBrokenOff() {
    assertThat(rollout(170).sentence())
        .isEqualTo(
            "Longest rollout until all were served: wanted at most 170ms, measured 0.17 s: PASS.");
    assertThat(rollout(169).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aWayBackIsNeverMeantToBeBrokenOff() {
    Histories history =
        expecting(Strategy.CANARY, "abortAtMost", Duration.ofSeconds(10))
            .routes(0, 100, new Event.Route("blue", "v1", 50, List.of()))
            .ok(1, 200, 10, "v2")
            .phase(1000, PhaseKind.ROLLBACK)
            .routes(1000, 1100, ALL_V1)
            .ok(2, 1200, 10, "v2");
    for (int i = 0; i < 20; i++) {
      history.ok(10 + i, 1300 + i, 10, "v1");
    }
    history.phase(3000, PhaseKind.ROLLOUT).phase(3100, PhaseKind.ROLLBACK).ok(40, 3200, 10, "v1");

    assertThat(judged(history).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  private static ExpectationResult neverServed(Strategy strategy, long lastV1) {
    return judged(
        expecting(strategy, "rolloutAtMost", Duration.ofSeconds(1)).ok(1, lastV1, 10, "v1"));
  }

  @Test
  void whatIsProvenToLastAsLongAsItMayLastsLonger() {
    assertThat(neverServed(Strategy.ROLLING, 1000).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(neverServed(Strategy.ROLLING, 999).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aRequestAtTheCommandProvesThatItTookSomeTime() {
    assertThat(neverServed(Strategy.ROLLING, 0).measured())
        .isEqualTo("unknown: > 0.00 s in \"ROLLOUT\": v2 did not take over");
  }

  /** Its other users were not to get v2. */
  @Test
  void whereV2IsForListedUsersAnAnswerOfV1ProvesNothing() {
    assertThat(neverServed(Strategy.CANARY_IP, 1200).measured())
        .isEqualTo("unknown: \"ROLLOUT\": v2 did not take over");
  }

  private static Event ended(boolean rollback, UpdateEnd end) {
    return new Event.UpdateEnded(
        Histories.ZERO + 5000, Histories.ZERO, "pyapp", rollback, end, "as it said");
  }

  @Test
  void theEndOfARollbackIsNotThatOfTheUpdate() {
    Histories rollback =
        expecting(Strategy.ROLLING, "endsIn", UpdateEnd.ROLLED_BACK)
            .ok(1, 100, 5, "v1")
            .event(ended(true, UpdateEnd.ROLLED_BACK));
    assertThat(judged(rollback).measured()).isEqualTo("unknown: the end of no update was recorded");

    Histories both =
        expecting(Strategy.ROLLING, "endsIn", UpdateEnd.PAUSED)
            .ok(1, 100, 5, "v1")
            .event(ended(true, UpdateEnd.ROLLED_BACK))
            .event(ended(false, UpdateEnd.PAUSED));
    assertThat(judged(both).verdict()).isEqualTo(Verdict.PASS);
  }
}
