package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.requests.TaskWitness;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.expect.Expectations;
import org.junit.jupiter.api.Test;

/** Task a (v1) had 10.0.1.5 up to 3 s, then b (v2) got another address, and c (v2) that of a. */
class TaskWitnessTest {
  private final Histories history =
      Histories.expecting(Strategy.ROLLING, Expectations.NONE)
          .phase(-5000, PhaseKind.WARM_UP)
          .phase(0, PhaseKind.ROLLOUT)
          .address(-6000, "a", 1, "v1", "10.0.1.5")
          .task(-6000, "a", 1, "v1", "running")
          .task(3000, "a", 1, "v1", "shutdown")
          .address(2900, "b", 2, "v2", "10.0.1.6")
          .task(3000, "b", 2, "v2", "running")
          .address(2900, "c", 1, "v2", "10.0.1.5")
          .task(3500, "c", 1, "v2", "running")
          .end(30_000, Event.End.COMPLETED);

  private Findings findings() {
    return Analysis.analyse(history.build());
  }

  private TaskWitness witness() {
    return findings().reconciliation().orThrow().tasks();
  }

  @Test
  void withoutHeadersTheAddressAndTheTimeTellTheVersion() {
    history
        .from("10.0.1.5", 1, 100, 5, "", "")
        .from("10.0.1.6", 2, 3200, 5, "", "")
        .from("10.0.1.5", 3, 4000, 5, "", "");

    Findings findings = findings();

    assertThat(findings.verdict()).isEqualTo(Verdict.NOTHING_EXPECTED);
    VersionMix versions = findings.versions().orThrow();
    assertThat(versions.others()).isEmpty();
    assertThat(versions.firstV2Millis()).hasValue(3205);
    assertThat(versions.perSecond().get(0)).isEqualTo(new VersionMix.Second(0, 1, 0, 0, 0));
    assertThat(versions.perSecond().get(3)).isEqualTo(new VersionMix.Second(3, 0, 1, 0, 0));
    assertThat(versions.perSecond().get(4)).isEqualTo(new VersionMix.Second(4, 0, 1, 0, 0));
    assertThat(witness().tasks())
        .containsExactly(
            new TaskWitness.ByTask("a", "pyapp.1", "v1", "workerN1", 1),
            new TaskWitness.ByTask("b", "pyapp.2", "v2", "workerN1", 1),
            new TaskWitness.ByTask("c", "pyapp.1", "v2", "workerN1", 1));
    assertThat(witness().sentence())
        .isEqualTo(
            "3 of 3 answers are known by the address of the task that gave them: 3 tasks on 1 node."
                + " Contradictions: 0.");
  }

  @Test
  void anAnswerThatNamesAnotherVersionThanItsTaskMakesTheRunUnknown() {
    history.from("10.0.1.5", 1, 100, 5, "v1", "x").from("10.0.1.6", 2, 4000, 5, "v1", "y");

    Findings findings = findings();

    assertThat(findings.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(findings.reconciled()).isFalse();
    assertThat(findings.reconciliation().orThrow().reasons())
        .containsExactly(
            "1 answer named another version than the task has whose address it came from: request 2"
                + " from 10.0.1.6 was of pyapp.2, which runs v2, and its X-App-Version was \"v1\"");
    assertThat(findings.versions().orThrow().firstV2Millis()).hasValue(4005);
  }

  /** A header of one's own that says something else is still no version. */
  @Test
  void aHeaderThatNamesNeitherVersionIsNotOverruled() {
    history.from("10.0.1.6", 1, 4000, 5, "2.0", "");

    assertThat(findings().verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(findings().versions().orThrow().others())
        .containsExactly(new VersionMix.Other("2.0", 1));
    assertThat(witness().contradictions()).isEqualTo(1);
  }

  @Test
  void twoContainersOfOneTaskAreAContradiction() {
    history.from("10.0.1.5", 1, 100, 5, "v1", "x").from("10.0.1.5", 2, 200, 5, "v1", "y");

    assertThat(findings().reconciliation().orThrow().reasons())
        .containsExactly(
            "1 answer named another container than earlier answers of the same task: request 2 from"
                + " 10.0.1.5 was of pyapp.1, whose X-App-Host had been \"x\", and it was \"y\"");
    assertThat(findings().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void anAddressThatNobodyHadIsSaid() {
    history.from("10.0.1.9", 1, 100, 5, "v1", "x");

    assertThat(witness().nobodys()).isEqualTo(1);
    assertThat(witness().sentence())
        .startsWith("0 of 1 answers")
        .endsWith("The address of 1 was no task's at that time: 10.0.1.9 (request 1).");
    assertThat(findings().verdict()).isEqualTo(Verdict.NOTHING_EXPECTED);

    history.from("10.0.1.9", 2, 200, 5, "", "");
    assertThat(findings().verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(findings().versions().orThrow().others())
        .containsExactly(new VersionMix.Other("", 1));
  }

  /** It says no more than that one of two had it. */
  @Test
  void anAddressThatChangesHandsDuringTheAnswerNamesNobody() {
    history.from("10.0.1.5", 1, 2990, 20, "v2", "x");

    assertThat(witness().unclear()).isEqualTo(1);
    assertThat(witness().named()).isZero();
    assertThat(findings().versions().orThrow().firstV2Millis()).hasValue(3010);
  }

  @Test
  void aTaskMayAnswerALittleBeforeItIsKnownToBeThere() {
    history.from("10.0.1.6", 1, 1000, 5, "", "").from("10.0.1.6", 2, 800, 5, "v2", "");

    assertThat(witness().named()).isEqualTo(1);
    assertThat(witness().nobodys()).isEqualTo(1);
  }

  @Test
  void theLastTryIsTheOneThatAnsweredUnlessNobodyDid() {
    history
        .request(1, 4000, 10, Outcome.OK, "", 200, "")
        .add(tries(1, 4010, 200, "10.0.1.5:5000, 10.0.1.6:5000", "502, 200"))
        .request(2, 4100, 10, Outcome.FAILED, "http-504", 504, "")
        .add(tries(2, 4110, 504, "10.0.1.5:5000, 10.0.1.6:5000", "502, 504"));

    assertThat(witness().answers()).isEqualTo(1);
    assertThat(witness().tasks()).extracting(TaskWitness.ByTask::task).containsExactly("b");
    assertThat(findings().versions().orThrow().others()).isEmpty();
  }

  private static Hit tries(long id, long at, int status, String upstream, String statuses) {
    long logged = Histories.ZERO + at;
    return new Hit(
        logged,
        id,
        "",
        new Hit.Answer(status, 10),
        new Hit.Tries(upstream, statuses),
        AppHeaders.NONE,
        new Hit.Connection("edge1", 30, id, 1));
  }

  @Test
  void aRequestThatWasSentAgainIsOfTheTaskThatItsUserHeard() {
    history.from("10.0.1.6", 1, 4000, 10, "", "").add(tries(1, 4002, 499, "10.0.1.5:5000", "-"));

    assertThat(witness().tasks()).extracting(TaskWitness.ByTask::task).containsExactly("b");
  }

  @Test
  void underVipAnAddressNamesNoTask() {
    history.vip().from("10.0.1.5", 1, 4000, 5, "v1", "x");

    assertThat(witness()).isEqualTo(TaskWitness.silent(TaskWitness.Asked.VIRTUAL));
    assertThat(witness().sentence()).contains("virtual addresses", "X-App-Version");
    assertThat(findings().verdict()).isEqualTo(Verdict.NOTHING_EXPECTED);
  }

  private Histories containers() {
    return history
        .vip()
        .container(-6000, "a", 1, "v1", "c0ffee000001")
        .container(2950, "b", 2, "v2", "c0ffee000002");
  }

  /** The address is that of the service; what an address book says of it does not count. */
  @Test
  void underVipTheContainerThatAnAnswerNamesHasATask() {
    containers()
        .from("10.0.1.2", 1, 100, 5, "", "c0ffee000001")
        .from("10.0.1.2", 2, 4000, 5, "v2", "c0ffee000002");

    Findings findings = findings();

    assertThat(findings.verdict()).isEqualTo(Verdict.NOTHING_EXPECTED);
    assertThat(findings.versions().orThrow().others()).isEmpty();
    assertThat(findings.versions().orThrow().perSecond().get(0))
        .isEqualTo(new VersionMix.Second(0, 1, 0, 0, 0));
    assertThat(witness().tasks())
        .containsExactly(
            new TaskWitness.ByTask("a", "pyapp.1", "v1", "workerN1", 1),
            new TaskWitness.ByTask("b", "pyapp.2", "v2", "workerN1", 1));
    assertThat(witness().sentence())
        .isEqualTo(
            "The edge spoke to virtual addresses (vip), which name a service and no task. 2 of 2"
                + " answers are known by the container that they named in X-App-Host, whose task Swarm"
                + " knows: 2 tasks on 1 node. Contradictions: 0. A request that no app answered has no"
                + " task.");
  }

  @Test
  void underVipAnAppThatNamesAnotherVersionThanItsTaskContradictsSwarm() {
    containers().from("10.0.1.2", 1, 4000, 5, "v1", "c0ffee000002");

    assertThat(findings().verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(findings().reconciliation().orThrow().reasons())
        .containsExactly(
            "1 answer named another version than the task has whose container it named: request 1 from"
                + " container c0ffee000002 was of pyapp.2, which runs v2, and its X-App-Version was"
                + " \"v1\"");
  }

  @Test
  void underVipWhoNamesNoContainerHasNoTaskAndWhoNamesAStrangersIsSaid() {
    containers()
        .from("10.0.1.2", 1, 100, 5, "v1", "")
        .from("10.0.1.2", 2, 200, 5, "v1", "my-own-name")
        .request(3, 300, 5, Outcome.FAILED, "http-502", 502, "")
        .add(tries(3, 305, 502, "10.0.1.2:5000", "502"));

    assertThat(witness().answers()).as("the edge's own answer is none").isEqualTo(2);
    assertThat(witness().named()).isZero();
    assertThat(witness().nameless()).isEqualTo(1);
    assertThat(witness().nobodys()).isEqualTo(1);
    assertThat(witness().sentence())
        .contains(
            " 1 named none, so their version is known where X-App-Version says it.",
            " The container of 1 was no task's: my-own-name (request 2).");
    assertThat(findings().verdict()).isEqualTo(Verdict.NOTHING_EXPECTED);
  }

  @Test
  void anOlderRunSaysThatItHasNoAddresses() {
    Findings older =
        Analysis.analyse(
            Histories.expecting(Strategy.ROLLING, Expectations.NONE)
                .phase(0, PhaseKind.ROLLOUT)
                .ok(1, 100, 5, "v1")
                .end(5000, Event.End.COMPLETED)
                .build());

    TaskWitness silent = older.reconciliation().orThrow().tasks();
    assertThat(silent.asked()).isEqualTo(TaskWitness.Asked.NOT_RECORDED);
    assertThat(silent.sentence()).contains("not recorded");
    assertThat(older.verdict()).isEqualTo(Verdict.NOTHING_EXPECTED);
  }

  @Test
  void bothHadAnAddressThatChangesHandsInTheMomentOfTheAnswer() {
    history.from("10.0.1.5", 1, 2990, 10, "", "").from("10.0.1.5", 2, 3000, 10, "", "");

    assertThat(witness().unclear()).isEqualTo(2);
  }

  /** Neither has ended, as far as the lab saw. */
  @Test
  void aTaskHasItsAddressUntilTheNextOneHasIt() {
    history
        .address(-6000, "d", 3, "v1", "10.0.1.7")
        .address(3000, "e", 3, "v2", "10.0.1.7")
        .from("10.0.1.7", 1, 1000, 5, "", "")
        .from("10.0.1.7", 2, 4000, 5, "", "");

    assertThat(witness().tasks()).extracting(TaskWitness.ByTask::task).containsExactly("d", "e");
  }

  @Test
  void anAnswerMayBeLoggedALittleAfterItsTaskHasEnded() {
    history
        .address(-6000, "d", 3, "v1", "10.0.1.7")
        .task(3000, "d", 3, "v1", "shutdown")
        .from("10.0.1.7", 1, 5000, 5, "", "")
        .from("10.0.1.7", 2, 5001, 5, "v1", "");

    assertThat(witness().named()).isEqualTo(1);
    assertThat(witness().nobodys()).isEqualTo(1);
  }

  @Test
  void aTaskWhoseVersionIsNotKnownLeavesItToTheAnswer() {
    history.address(-6000, "d", 3, "", "10.0.1.7").from("10.0.1.7", 1, 4000, 5, "v2", "x");

    assertThat(findings().versions().orThrow().firstV2Millis()).hasValue(4005);
    assertThat(witness().contradictions()).isZero();
  }

  @Test
  void contradictionsOfBothKindsAddUp() {
    history
        .from("10.0.1.6", 1, 4000, 5, "v1", "y")
        .from("10.0.1.5", 2, 100, 5, "v1", "x")
        .from("10.0.1.5", 3, 200, 5, "v1", "z");

    assertThat(witness().contradictions()).isEqualTo(2);
  }

  @Test
  void fiveContradictionsAreQuotedAndThatThereAreMore() {
    for (int i = 1; i <= 5; i++) {
      history.from("10.0.1.6", i, 4000 + i, 5, "v1", "y");
    }
    assertThat(findings().reconciliation().orThrow().reasons().get(0))
        .contains("5 answers named", "request 5 from")
        .doesNotContain("; ...");

    history.from("10.0.1.6", 6, 4006, 5, "v1", "y");
    assertThat(findings().reconciliation().orThrow().reasons().get(0))
        .contains("6 answers named", "request 5 from")
        .doesNotContain("request 6 from")
        .endsWith("; ...");
  }

  @Test
  void fiveAddressesThatNobodyHadAreQuotedAndThatThereAreMore() {
    for (int i = 1; i <= 5; i++) {
      history.from("10.0.1.9", i, 100 + i, 5, "v1", "x");
    }
    assertThat(witness().sentence()).contains("(request 5)").doesNotContain("...");

    history.from("10.0.1.9", 6, 106, 5, "v1", "x");
    assertThat(witness().sentence()).contains("(request 5), ...").doesNotContain("(request 6)");
  }
}
