package io.rolloutlab.doctor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.doctor.Demonstration;
import io.rolloutlab.doctor.Diagnosis;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Remedy;
import io.rolloutlab.doctor.Sureness;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.html.DoctorPage;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.Stack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What live runs, often one each, are taken to show. */
class FewRunsProofTest {
  private static final Finding FINDING =
      new Finding(
          "a-rule", "web", new Place("a.yaml", 4), Sureness.CERTAIN, "it does", "change it");

  private static final Scenario SCENARIO =
      new Scenario(
          "web",
          "What changes?",
          Strategy.ROLLING,
          1L,
          Balancing.DNSRR,
          null,
          null,
          null,
          null,
          null,
          null);

  private static final Path PAGES = Path.of("/lab/doctor/1/report").toAbsolutePath();

  private static ProofPlan plan() {
    Remedy remedy = Remedy.set("deploy.x", "1").shown(Demonstration.ofUpdate());
    return new ProofPlan(FINDING, Optional.of(remedy), List.of(SCENARIO, SCENARIO), "", List.of());
  }

  /** Runs in which so many users failed each, of some hundred. */
  private static List<Findings> runs(String side, int... failed) {
    List<Findings> runs = new ArrayList<>();
    for (int each : failed) {
      String second = "x".repeat(each) + "1".repeat(60 - each);
      runs.add(
          SampleFindings.answersOfMany(
              "%s-%s".formatted(side, runs.size()), SCENARIO, second, "222222222", "222222222"));
    }
    return runs;
  }

  private static Proof proof(List<Findings> before, List<Findings> after) {
    return Proof.of(
        plan(),
        before,
        after,
        List.of(
            new KeptRun("1/2 web as its file has it, good v2", PAGES.resolve("web.html")),
            new KeptRun("2/2 web with deploy.x: 1, good v2", PAGES.resolve("web-2.html"))));
  }

  @Test
  void oneRunEachShowsWhatTheRuleForSingleRunsTellsApartWithBothNumbers() {
    Proof proof = proof(runs("a", 40), runs("b", 0));

    assertThat(proof.judged()).isEqualTo(Proof.Judged.SHOWN);
    assertThat(proof.showsHarm()).isTrue();
    assertThat(ProofLines.sentence(proof))
        .isEqualTo(
            "shown: with \"deploy.x: 1\" users fare better: Users hurt of 200: 40 without, 0 with;"
                + " Failed requests: 40 without, 0 with (live: one run each, a good v2)");
    assertThat(proof.numbers())
        .filteredOn(one -> one.measure().key().equals("usersHurt"))
        .singleElement()
        .extracting(ProofLines::told)
        .isEqualTo("a count says nothing of other runs");
  }

  @Test
  void whatOneRunEachDoesNotTellIsUnknownAndNeverShown() {
    Proof proof = proof(runs("a", 1), runs("b", 0));

    assertThat(proof.judged()).isEqualTo(Proof.Judged.UNKNOWN);
    assertThat(ProofLines.sentence(proof))
        .isEqualTo(
            "UNKNOWN: one run each does not tell whether with \"deploy.x: 1\" users fare better:"
                + " Users hurt of 200: 1 without, 0 with; Failed requests: 1 without, 0 with"
                + " (live: one run each, a good v2)");
    assertThat(proof.againstIt()).contains("so few runs do not tell what it is good for");
    assertThat(proof(runs("a", 0), runs("b", 0)).judged()).isEqualTo(Proof.Judged.UNKNOWN);
  }

  @Test
  void whatHurtsMoreIsWithdrawn() {
    Proof proof = proof(runs("a", 0), runs("b", 40));

    assertThat(proof.judged()).isEqualTo(Proof.Judged.WITHDRAWN);
    assertThat(ProofLines.sentence(proof))
        .startsWith(
            "advice withdrawn: with \"deploy.x: 1\" alone it does not show that users fare better:"
                + " Users hurt of 200: 0 without, 40 with");
  }

  @Test
  void aFewRunsOfASideMustAllBeBeyondThoseOfTheOther() {
    Proof meet = proof(runs("a", 40, 1), runs("b", 0, 2));
    Proof apart = proof(runs("a", 40, 38), runs("b", 0, 2));

    assertThat(ProofLines.sentence(meet)).startsWith("UNKNOWN: 2 runs each do not tell whether");
    assertThat(apart.judged()).isEqualTo(Proof.Judged.SHOWN);
    assertThat(ProofLines.sentence(apart))
        .contains("Users hurt of 200: 39.0 (38.0 to 40.0) without, 1.0 (0.0 to 2.0) with")
        .endsWith("(live: 2 runs each, a good v2)");
  }

  @Test
  void enoughLiveRunsAreJudgedAsSimulatedOnesAndCalledLive() {
    Proof shown = proof(runs("a", 40, 41, 40, 42, 41), runs("b", 0, 1, 0, 1, 0));
    Proof not = proof(runs("a", 1, 2, 1, 0, 1), runs("b", 0, 1, 2, 1, 1));

    assertThat(ProofLines.sentence(shown))
        .isEqualTo(
            "shown: with \"deploy.x: 1\" users fare better, beyond noise (live: 5 runs without it, 5"
                + " with it, a good v2)");
    assertThat(not.judged()).isEqualTo(Proof.Judged.WITHDRAWN);
  }

  /** The share of failures is smaller there, and the failures are as many. */
  @Test
  void aLongerRolloutAloneIsNoGain() {
    String first = "x".repeat(40) + "1".repeat(20);
    String more = "2".repeat(200);
    Findings brief =
        SampleFindings.answers("a", Manifest.Origin.LIVE, SCENARIO, first, "222222222");
    Findings lengthy =
        SampleFindings.answers(
            "b", Manifest.Origin.LIVE, SCENARIO, first, "222222222", more, more, more);

    assertThat(proof(List.of(brief), List.of(lengthy)).judged()).isEqualTo(Proof.Judged.UNKNOWN);
  }

  @Test
  void whatIsLostMakesItUnknown() {
    Proof lost = Proof.lost(plan(), Manifest.Origin.LIVE, "2/2 web: it failed at 1.0 s", List.of());

    assertThat(lost.judged()).isEqualTo(Proof.Judged.UNKNOWN);
    assertThat(ProofLines.sentence(lost))
        .isEqualTo("UNKNOWN: the runs cannot be used: 2/2 web: it failed at 1.0 s");
    assertThat(lost.againstIt().orElseThrow()).startsWith("the runs cannot be used");
  }

  @Test
  void consoleAndDataSayThatTheRunsAreLive() {
    Proof proof = proof(runs("a", 40), runs("b", 0));

    assertThat(ProofLines.of(List.of(proof)))
        .contains("a.yaml:4: a-rule: web: shown: with")
        .contains("1/2 web as its file has it, good v2: " + PAGES.resolve("web.html"))
        .contains(ProofLines.FEW)
        .endsWith("1 shown by live runs, 0 withdrawn, 0 unknown, 0 that no run shows.\n")
        .doesNotContain("nothing can be said", "simulated");
    JsonNode data = ProofJson.of(FINDING, List.of(proof)).orElseThrow();
    assertThat(data.path("origin").asText()).isEqualTo("live");
    assertThat(data.path("runs").asInt()).isEqualTo(1);
    assertThat(data.at("/pages/1/page").asText()).isEqualTo(PAGES.resolve("web-2.html").toString());
    JsonNode none =
        ProofJson.of(FINDING, List.of(Proof.notRun(plan(), Manifest.Origin.LIVE))).orElseThrow();
    assertThat(none.path("origin").asText()).isEqualTo("live");
  }

  @Test
  void thePageSaysSoAndLeadsToTheRuns() {
    Diagnosis found = new Diagnosis(new Stack(List.of(), List.of(), List.of()), List.of(FINDING));
    Proof proof = proof(runs("a", 40), runs("b", 0));

    String page =
        DoctorPage.of(List.of(found), List.of(proof), PAGES.resolveSibling("doctor.html"));

    assertThat(page)
        .contains("The runs are live", "href=\"report/web-2.html\"", "Live numbers of a-rule")
        .doesNotContain("imulated");
    assertThat(
            DoctorPage.of(
                List.of(found), List.of(proof), PAGES.resolve("my pages").resolve("x.html")))
        .contains("href=\"../web.html\"");
  }
}
