package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.requests.Errors;
import io.rolloutlab.analysis.requests.Reconciliation;
import io.rolloutlab.analysis.requests.TaskWitness;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Population;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.expect.Expectations;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
  private final Histories history =
      Histories.expecting(Strategy.ROLLING, Expectations.NONE)
          .phase(0, PhaseKind.ROLLOUT)
          .end(5000, Event.End.COMPLETED);

  private Reconciliation reconciliation() {
    return Analysis.analyse(history.build()).reconciliation().orThrow();
  }

  @Test
  void everyEndIsCountedAndBothWitnessesAgree() {
    history
        .ok(1, 100, 10, "v1")
        .ok(2, 200, 10, "v2")
        .refusedByEdge(3, 300, 5, 502)
        .lost(4, 400, 1, "refused")
        .unfinished(5, 500);

    assertThat(reconciliation())
        .isEqualTo(
            new Reconciliation(
                new Reconciliation.Ends(5, 2, 2, 1),
                new Reconciliation.Logged(3, 3, 0, 0),
                0,
                new Reconciliation.Resends(0, 0),
                new Reconciliation.Failures(1, 1),
                new Reconciliation.Disagreements(0, 0),
                TaskWitness.silent(TaskWitness.Asked.NOT_RECORDED),
                Verdict.PASS,
                java.util.List.of()));
    assertThat(Analysis.analyse(history.build()).verdict()).isEqualTo(Verdict.NOTHING_EXPECTED);
  }

  @Test
  void theProbesOfTheLabAreIgnored() {
    history.ok(1, 100, 10, "v1").hit(0, 105, 200, "v1").hit(0, 106, 502, "");

    assertThat(reconciliation().logged().hits()).isEqualTo(1);
    assertThat(reconciliation().verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void anAnswerThatNginxDoesNotKnowMakesTheRunUnknown() {
    history.ok(1, 100, 10, "v1").request(7, 200, 10, Outcome.OK, "", 200, "v1");

    assertThat(reconciliation().logged().answeredWithoutHit()).isEqualTo(1);
    assertThat(reconciliation().reasons())
        .containsExactly("1 request answered, but the edge logged nothing of them: 7");
    assertThat(Analysis.analyse(history.build()).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void hitsThatWereNeverSentAreQuoted() {
    history.ok(1, 100, 10, "v1");
    for (int id = 11; id <= 17; id++) {
      history.hit(id, 200, 200, "v1");
    }

    assertThat(reconciliation().logged().hitsNeverSent()).isEqualTo(7);
    assertThat(reconciliation().reasons())
        .containsExactly(
            "7 requests in the edge's log, but the load process never sent them:"
                + " 11, 12, 13, 14, 15, ...");
  }

  @Test
  void aSilentResendIsAFailedRequestOfItsOwnClassButReconciles() {
    history.over(Population.REUSED).ok(1, 100, 10, "v1").hit(1, 101, 499, "").ok(2, 200, 10, "v1");

    Findings findings = Analysis.analyse(history.build());

    Reconciliation reconciliation = findings.reconciliation().orThrow();
    assertThat(reconciliation.resends().resent()).isEqualTo(1);
    assertThat(reconciliation.resends().butAnswered()).isEqualTo(1);
    assertThat(reconciliation.ends().answered()).isEqualTo(2);
    assertThat(reconciliation.verdict()).isEqualTo(Verdict.PASS);
    Errors errors = findings.errors().orThrow();
    assertThat(errors.sinceRollout()).isEqualTo(Share.of(1, 2));
    assertThat(errors.counts())
        .containsExactly(new Errors.Count(0, Errors.DROPPED_RESENT, Population.REUSED, 1));
    assertThat(findings.latency().orThrow().sinceRollout().orElseThrow().count()).isEqualTo(1);
  }

  @Test
  void aResendThatFailedAnywayKeepsItsClass() {
    history.refusedByEdge(1, 100, 5, 502).hit(1, 103, 499, "");

    Findings findings = Analysis.analyse(history.build());

    assertThat(findings.reconciliation().orThrow().resends().resent()).isEqualTo(1);
    assertThat(findings.reconciliation().orThrow().resends().butAnswered()).isZero();
    assertThat(findings.errors().orThrow().classes()).containsExactly("http-502");
  }

  @Test
  void witnessesThatContradictEachOtherMakeTheRunUnknown() {
    history
        .request(1, 100, 10, Outcome.OK, "", 200, "v1")
        .hit(1, 110, 404, "v1")
        .request(2, 200, 10, Outcome.OK, "", 200, "v1")
        .hit(2, 210, 200, "v2");

    assertThat(reconciliation().reasons())
        .containsExactly(
            "1 request of one status for the load process, of another for the edge: 1",
            "1 request of one version for the load process, of another for the edge: 2");
  }

  @Test
  void aRequestThatEndsTwiceIsCountedOnceAndMakesTheRunUnknown() {
    history.ok(1, 100, 10, "v1").request(1, 100, 20, Outcome.FAILED, "timeout", 0, "");

    assertThat(reconciliation().ends().sent()).isEqualTo(1);
    assertThat(reconciliation().reasons())
        .containsExactly("1 request recorded more than once by the load process: 1");
  }

  @Test
  void aFailureThatNginxAnsweredAndOneItNeverSawAreToldApart() {
    history.lost(1, 100, 10, "timeout").hit(1, 110, 499, "").lost(2, 200, 10, "closed");

    assertThat(reconciliation().failures().withHit()).isEqualTo(1);
    assertThat(reconciliation().failures().withoutHit()).isEqualTo(1);
    assertThat(reconciliation().verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void withoutTheSecondWitnessNothingIsReconciled() {
    history.lost(1, 100, 10, "timeout").damaged("hits.csv: missing");

    assertThat(reconciliation().reasons())
        .containsExactly("the edge's log of the requests is missing or empty");
  }

  @Test
  void withoutRequestsNothingIsReconciled() {
    assertThat(reconciliation().reasons()).containsExactly("no requests were recorded");
    assertThat(Analysis.analyse(history.build()).verdict()).isEqualTo(Verdict.UNKNOWN);
  }
}
