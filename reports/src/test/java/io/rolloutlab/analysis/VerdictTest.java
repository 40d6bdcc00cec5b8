package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.verdict.ExpectationResult;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.expect.Expectations;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Expectations NO_ERRORS =
      Changed.with(Expectations.NONE, "errorShareAtMost", 0.0);

  private static Histories expecting(Expectations expectations) {
    return Histories.expecting(Strategy.ROLLING, expectations).phase(0, PhaseKind.ROLLOUT);
  }

  private static Findings completed(Histories history) {
    return Analysis.analyse(history.end(5000, Event.End.COMPLETED).build());
  }

  @Test
  void aRunThatMeetsItsExpectationsPasses() {
    Findings findings = completed(expecting(NO_ERRORS).ok(1, 100, 10, "v1"));

    assertThat(findings.verdict()).isEqualTo(Verdict.PASS);
    assertThat(findings.reasons()).isEmpty();
  }

  @Test
  void aBrokenExpectationFailsAndSaysWhatWasMeasured() {
    Findings findings =
        completed(expecting(NO_ERRORS).ok(1, 100, 10, "v1").lost(2, 200, 5, "refused"));

    assertThat(findings.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(findings.reasons())
        .containsExactly(
            "Failed requests since the rollout began: wanted at most 0 %, measured 50 % (1 of 2;"
                + " 95 % interval 9.5 % to 90.5 %): FAIL.");
  }

  @Test
  void numbersThatDoNotReconcileProveNoFailure() {
    Histories history =
        expecting(NO_ERRORS)
            .request(1, 100, 10, Outcome.OK, "", 200, "v1")
            .refusedByEdge(2, 200, 5, 502);

    Findings findings = completed(history);

    assertThat(findings.expectations().get(0).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(findings.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void anEndThatIsNotKnownCanDecide() {
    Findings strict = completed(expecting(NO_ERRORS).ok(1, 100, 10, "v1").unfinished(2, 200));
    Expectations half = Changed.with(Expectations.NONE, "errorShareAtMost", 0.5);
    Findings lenient = completed(expecting(half).ok(1, 100, 10, "v1").unfinished(2, 200));

    assertThat(strict.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(lenient.verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void howTheRunEndedCounts() {
    Histories failed = expecting(NO_ERRORS).ok(1, 100, 10, "v1").end(900, Event.End.FAILED);
    Histories stopped = expecting(NO_ERRORS).ok(1, 100, 10, "v1").end(900, Event.End.INTERRUPTED);
    Histories killed = expecting(NO_ERRORS).ok(1, 100, 10, "v1");
    Histories torn = expecting(NO_ERRORS).ok(1, 100, 10, "v1").damaged("events.jsonl:9: torn");

    assertThat(Analysis.analyse(failed.build()).reasons())
        .containsExactly("The run failed: the test said so");
    assertThat(Analysis.analyse(failed.build()).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(Analysis.analyse(stopped.build()).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(Analysis.analyse(killed.build()).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(completed(torn).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aFaultOfTheMeasurementForbidsAPassAndOneOfTheAppDoesNot() {
    Event.Fault task = new Event.Fault(Histories.ZERO + 200, "task failed", "exit 1", false);
    Event.Fault load = new Event.Fault(Histories.ZERO + 200, "the record is damaged", "torn", true);

    assertThat(completed(expecting(NO_ERRORS).ok(1, 100, 10, "v1").event(task)).verdict())
        .isEqualTo(Verdict.PASS);
    Findings doubtful = completed(expecting(NO_ERRORS).ok(1, 100, 10, "v1").event(load));
    assertThat(doubtful.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(doubtful.reasons())
        .containsExactly("What was recorded is doubtful: the record is damaged: torn");
  }

  @Test
  void aPartThatCannotBeAnalysedIsUnknownAndTheOthersStay() {
    Histories history = expecting(NO_ERRORS).user(-1).ok(1, 100, 10, "v1");
    history.task(-100, "a", 1, "v1", "running");

    Findings findings = completed(history);

    assertThat(findings.errors())
        .isEqualTo(Part.unknown("request 1 is of user -1; users are from 0 to 9999999"));
    assertThat(findings.tasks().orThrow().peak()).isEqualTo(1);
    assertThat(findings.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(findings.expectations().get(0).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aTimeThatCannotBeIsNamedAndTakesNoMemory() {
    Histories history = expecting(NO_ERRORS).ok(1, 100, 10, "v1").ok(2, -Histories.ZERO, 10, "v1");
    history.taskUse(0, "a", "v1", 1, 1);

    Findings findings = completed(history);

    assertThat(findings.errors().cause()).startsWith("the times are wrong");
    assertThat(findings.resources().cause()).startsWith("the times are wrong");
    assertThat(findings.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void anEmptyHistoryIsUnknownAndBreaksNothing() {
    Findings findings = Analysis.analyse(Histories.of(Strategy.CANARY).build());

    assertThat(findings.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(findings.errors().known()).isPresent();
    assertThat(findings.resources().known()).isPresent();
    assertThat(findings.versions().known()).isPresent();
  }

  @Test
  void timesAreJudgedByTheLongest() {
    Expectations fast =
        Changed.with(
            Changed.with(Expectations.NONE, "longestOutageAtMost", Duration.ofMillis(50)),
            "abortAtMost",
            Duration.ofMillis(500));
    Event.Route v1 = new Event.Route("blue", "v1", 100, java.util.List.of());
    Histories history =
        expecting(fast)
            .phase(1000, PhaseKind.ROLLBACK)
            .routes(1000, 1100, v1)
            .ok(1, 900, 10, "v2")
            .ok(2, 1390, 10, "v2")
            .lost(3, 1400, 5, "refused");
    for (int i = 0; i < 20; i++) {
      history.ok(10 + i, 1450 + i, 10, "v1");
    }

    Findings findings = completed(history);

    assertThat(findings.expectations())
        .extracting(ExpectationResult::verdict, ExpectationResult::measured)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Verdict.FAIL, "0.06 s"),
            org.assertj.core.groups.Tuple.tuple(Verdict.PASS, "0.45 s"));
  }

  @Test
  void tooFewRequestsBehindTheLastBadOneAreNoEvidence() {
    Expectations rollback = Changed.with(Expectations.NONE, "abortAtMost", Duration.ofSeconds(1));
    Event.Route v1 = new Event.Route("blue", "v1", 100, java.util.List.of());
    Histories history =
        expecting(rollback)
            .phase(1000, PhaseKind.ROLLBACK)
            .routes(1000, 1100, v1)
            .ok(1, 1390, 10, "v2")
            .ok(2, 1500, 10, "v1");
    Histories late =
        expecting(rollback)
            .phase(1000, PhaseKind.ROLLBACK)
            .routes(1000, 1100, v1)
            .ok(1, 2390, 10, "v2")
            .ok(2, 2500, 10, "v1");

    assertThat(completed(history).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(completed(late).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aRolloutThatNeverEndsBreaksItsLimitWhereARequestProvesIt() {
    Expectations rollout = Changed.with(Expectations.NONE, "rolloutAtMost", Duration.ofSeconds(1));
    Histories early = expecting(rollout).ok(1, 100, 10, "v1");
    Histories late = expecting(rollout).ok(1, 100, 10, "v1").ok(2, 1200, 10, "v1");

    assertThat(completed(late).reasons())
        .containsExactly(
            "Longest rollout until all were served: wanted at most 1s, measured > 1.20 s in"
                + " \"ROLLOUT\": v2 did not take over: FAIL.");
    assertThat(completed(early).reasons())
        .containsExactly(
            "Longest rollout until all were served: wanted at most 1s, measured unknown: > 0.10 s in"
                + " \"ROLLOUT\": v2 did not take over: UNKNOWN.");
  }

  @Test
  void aLongWayThatEndedBreaksALimitThoughAnotherIsUnknown() {
    Expectations abort = Changed.with(Expectations.NONE, "abortAtMost", Duration.ofSeconds(1));
    Histories history =
        expecting(abort)
            .routes(0, 100, new Event.Route("blue", "v1", 50, java.util.List.of()))
            .ok(1, 200, 10, "v2")
            .phase(1000, PhaseKind.ROLLBACK)
            .routes(1000, 1100, new Event.Route("blue", "v1", 100, java.util.List.of()))
            .ok(2, 2500, 10, "v2");
    for (int i = 0; i < 20; i++) {
      history.ok(10 + i, 2600 + i, 10, "v1");
    }
    history.phase(3000, PhaseKind.ROLLOUT).phase(3100, PhaseKind.ROLLBACK).ok(40, 3200, 10, "v1");

    assertThat(completed(history).expectations())
        .extracting(ExpectationResult::verdict, ExpectationResult::measured)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Verdict.FAIL, "1.60 s"));
  }

  @Test
  void whatDidNotHappenIsNotJudged() {
    Expectations rollback =
        Changed.with(Expectations.NONE, "rollbackAtMost", Duration.ofSeconds(5));

    assertThat(completed(expecting(rollback).ok(1, 100, 10, "v1")).reasons())
        .containsExactly(
            "Longest rollback until all were served: wanted at most 5s, measured unknown:"
                + " there was none: UNKNOWN.");
  }
}
