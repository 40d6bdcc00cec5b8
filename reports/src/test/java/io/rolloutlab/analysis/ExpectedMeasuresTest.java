package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.verdict.ExpectationResult;
import io.rolloutlab.compare.Batch;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.expect.Bound;
import io.rolloutlab.scenario.expect.Expectations;
import io.rolloutlab.scenario.expect.Limit;
import io.rolloutlab.scenario.expect.LoadPhase;
import io.rolloutlab.scenario.json.Json;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.text.Runs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Any measure can be expected, with bounds of its own or counted from the baseline. */
class ExpectedMeasuresTest {
  private static final String[] CALM = {"1122", "2222"};

  private static Scenario scenario(String name, String strategy, String... expect) {
    String text =
        "name: %s\nquestion: Why?\nstrategy: %s\nexpect:\n  %s\n"
            .formatted(name, strategy, String.join("\n  ", expect));
    return ScenarioReader.YAML
        .read(Path.of("toy.yaml"), text.getBytes(StandardCharsets.UTF_8))
        .value();
  }

  private static Findings run(String expect, String... seconds) {
    return SampleFindings.answers(
        "run-1", Manifest.Origin.LIVE, scenario("toy", "rolling", expect), seconds);
  }

  private static Findings baseline(String more) {
    String text = "name: base\nquestion: Why?\nstrategy: baseline\n" + more;
    Scenario scenario =
        ScenarioReader.YAML
            .read(Path.of("base.yaml"), text.getBytes(StandardCharsets.UTF_8))
            .value();
    return SampleFindings.answers("run-0", Manifest.Origin.LIVE, scenario, "1111", "1111");
  }

  private static String said(Findings run) {
    assertThat(run.expectations()).hasSize(1);
    return run.expectations().get(0).sentence();
  }

  @Test
  void aBoundIsInTheUnitOfItsMeasure() {
    assertThat(said(run("p50Millis: {atMost: 5}", CALM)))
        .isEqualTo("Latency p50: wanted at most 5 ms, measured 5 ms: PASS.");
    assertThat(said(run("p50Millis: {atMost: 4.5}", CALM)))
        .isEqualTo("Latency p50: wanted at most 4.5 ms, measured 5 ms: FAIL.");
    assertThat(said(run("errorPercent: {atLeast: 10, atMost: 20}", "1x22", "2222")))
        .isEqualTo(
            "Failed requests: wanted at most 20 % and at least 10 %, measured 12.5 %: PASS.");
    assertThat(said(run("requests: {atLeast: 9}", CALM)))
        .isEqualTo("Requests: wanted at least 9, measured 8: FAIL.");
  }

  @Test
  void aMeasureOfSweepsCanBeExpectedToo() {
    assertThat(said(run("failedRequests: {atMost: 0}", "1x22", "2222")))
        .isEqualTo("Failed requests: wanted at most 0, measured 1: FAIL.");
  }

  @Test
  void whatIsNotThereIsUnknownAndNeverMet() {
    Findings run = run("abortSeconds: {atMost: 3600}", CALM);

    assertThat(said(run))
        .startsWith("Abort until served: wanted at most 3600 s, measured unknown: there is no such")
        .endsWith(": UNKNOWN.");
    assertThat(run.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(run.reasons()).contains(said(run));
  }

  @Test
  void whatNeverCameBreaksABoundByWhatIsProvenAndKeepsNone() {
    assertThat(neverServed("rolloutSeconds: {atMost: 8}"))
        .isEqualTo("Rollout until served: wanted at most 8 s, measured > 8 s: FAIL.");
    assertThat(neverServed("rolloutSeconds: {atMost: 8.5}"))
        .as("it was watched for 9 s")
        .isEqualTo("Rollout until served: wanted at most 8.5 s, measured unknown: > 8 s: UNKNOWN.");
    assertThat(neverServed("rolloutSeconds: {atLeast: 5}"))
        .isEqualTo("Rollout until served: wanted at least 5 s, measured unknown: > 8 s: UNKNOWN.");
  }

  /** Watched for 9 s; the last request that failed was sent after 8. */
  private static String neverServed(String expect) {
    Histories history = Histories.of(scenario("toy", "rolling", expect));
    history.phase(-1000, PhaseKind.WARM_UP).ok(1, -500, 5, "v1").phase(0, PhaseKind.ROLLOUT);
    for (int i = 0; i < 30; i++) {
      history.ok(i + 2, i * 100, 5, "v2");
    }
    history.lost(40, 8000, 10, "timeout").unfinished(41, 8600).phase(9000, PhaseKind.ROLLBACK);
    for (int i = 0; i < 30; i++) {
      history.ok(i + 50, 9000 + i * 100, 5, "v1");
    }
    history.end(13_000, Event.End.COMPLETED);
    return said(Analysis.analyse(history.build()));
  }

  @Test
  void usersOfRequestsWithoutAKnownEndMayHaveBeenHurt() {
    assertThat(unfinished("usersHurtPercent: {atMost: 50}").verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(unfinished("usersHurtPercent: {atMost: 50}").sentence())
        .contains("the end of 1 requests is not known");
  }

  @Test
  void requestsWithoutAKnownEndMayHaveFailed() {
    assertThat(unfinished("errorPercent: {atMost: 5}").verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(unfinished("errorPercent: {atMost: 10}").verdict()).isEqualTo(Verdict.PASS);
  }

  /** Ten requests, of which the last has no known end. */
  private static ExpectationResult unfinished(String expect) {
    Histories history = Histories.of(scenario("toy", "rolling", expect));
    history.phase(0, PhaseKind.ROLLOUT);
    for (int i = 0; i < 9; i++) {
      history.ok(i + 1, i * 100, 5, "v2");
    }
    history.unfinished(10, 900).end(2000, Event.End.COMPLETED);
    return Analysis.analyse(history.build()).expectations().get(0);
  }

  @Test
  void aPhaseCanBeLookedAtByItself() {
    String[] slowHold = {"2222", "2222", "ssss", "ssss"};

    assertThat(said(run("p50Millis: {atMost: 10, in: rollout}", slowHold)))
        .isEqualTo(
            "Latency p50 in rollout: wanted at most 10 ms, in every phase of this kind, measured 5"
                + " ms: PASS.");
    assertThat(said(run("p50Millis: {atMost: 10, in: hold}", slowHold)))
        .contains("measured 300 ms: FAIL");
    assertThat(said(run("errorPercent: {atMost: 0, in: rollback}", slowHold)))
        .contains("measured unknown: the run had no phase of this kind: UNKNOWN");
  }

  @Test
  void aPhaseHasItsOwnDoubtsAndThoseOfNoOther() {
    assertThat(doubted("p50Millis: {atMost: 10, in: warm-up}")).endsWith("measured 5 ms: PASS.");
    assertThat(doubted("p50Millis: {atMost: 400, in: hold}")).endsWith("measured 305 ms: PASS.");
    assertThat(doubted("p50Millis: {atMost: 400, in: rollout}"))
        .contains("it is doubtful: The latency of the phase \"ROLLOUT\" blends two versions")
        .endsWith(": UNKNOWN.");
    assertThat(doubted("p50Millis: {atMost: 400, in: rollback}"))
        .contains(
            "it is doubtful: The latencies of the phase \"ROLLBACK\" are doubtful: the machine had no"
                + " idle time in 10 of the 10 seconds")
        .endsWith(": UNKNOWN.");
    assertThat(doubted("p50Millis: {atMost: 400}"))
        .contains("The latencies are doubtful", "The latency of the whole run blends");
  }

  /** v1 takes 5 ms and v2 305; in the rollback nothing of the machine is idle. */
  private static String doubted(String expect) {
    Histories history =
        Histories.of(scenario("toy", "rolling", expect))
            .phase(-10_000, PhaseKind.WARM_UP)
            .phase(0, PhaseKind.ROLLOUT)
            .phase(10_000, PhaseKind.HOLD)
            .phase(20_000, PhaseKind.ROLLBACK)
            .phase(30_000, PhaseKind.COOL_DOWN)
            .end(40_000, Event.End.COMPLETED);
    double busy = 5000;
    for (int second = -10; second < 40; second++) {
      boolean v2 = second >= 10 && second < 20 || second >= 0 && second < 10 && second % 2 == 0;
      history.ok(second + 11, second * 1000, v2 ? 305 : 5, v2 ? "v2" : "v1");
      history.machineUse(second * 1000, "busy", busy);
      history.machineUse(second * 1000, "idle", 9000 + 2 * second - (busy - 5000));
      busy += second >= 20 && second < 30 ? 2 : 1;
    }
    return said(Analysis.analyse(history.build()));
  }

  @Test
  void everyPhaseWithLoadHasItsName() {
    assertThat(Stream.of(PhaseKind.values()).map(Enum::name))
        .containsAll(Stream.of(LoadPhase.values()).map(Enum::name).toList());
  }

  @Test
  void theBaselineOfTheBatchCanBeCountedFrom() {
    Findings calm = run("p50Millis: {atMost: baseline + 20}", CALM);
    Findings slow = run("p50Millis: {atMost: baseline + 20}", "ssss", "ssss");

    List<Findings> judged = Batch.judged(List.of(calm, baseline(""), slow));

    assertThat(said(judged.get(0)))
        .isEqualTo(
            "Latency p50: wanted at most baseline + 20, which is 25 ms, measured 5 ms: PASS.");
    assertThat(judged.get(0).reasons()).noneMatch(reason -> reason.contains("p50"));
    assertThat(said(judged.get(2))).endsWith("which is 25 ms, measured 300 ms: FAIL.");
    assertThat(judged.get(2).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(Batch.judged(judged)).isEqualTo(judged);
    assertThat(Runs.of(List.of(calm, baseline(""))).findings().get(1).expectations())
        .isEqualTo(judged.get(0).expectations());
  }

  @Test
  void withoutABaselineItIsUnknownWithItsCause() {
    Findings alone = run("p50Millis: {atMost: baseline}", CALM);

    assertThat(said(alone))
        .isEqualTo(
            "Latency p50: wanted at most baseline, measured unknown: no baseline stands beside this"
                + " run: run one in the same batch: UNKNOWN.");
    assertThat(alone.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(said(Batch.judged(alone, List.of(alone)))).isEqualTo(said(alone));
  }

  @Test
  void aBaselineUnderOtherConditionsIsNone() {
    Findings run = run("p50Millis: {atMost: baseline}", CALM);

    assertThat(said(Batch.judged(run, List.of(baseline("app: {replicas: 2}\n")))))
        .contains(
            "unknown: the baseline was run under other conditions (baseline / this run):"
                + " app.replicas: 2 / 4: UNKNOWN");
  }

  @Test
  void whatCanNeverBeJudgedIsRefusedWithItsLine() {
    refused(
        "peakTasks: {atMost: 4, in: hold}",
        "toy.yaml:5: expect.peakTasks.in: is given, but peakTasks cannot be read per phase; what can"
            + " is brokenVisitsPercent, errorPercent, ");
    refused("p99Millis: {}", "toy.yaml:5: expect.p99Millis: says nothing: give atMost, atLeast");
    refused(
        "p99Millis: {atMost: 20ms}", "toy.yaml:5: expect.p99Millis.atMost: \"20ms\" is no limit");
    refused(
        "p99Millis: {atMost: \"20\"}", "expect.p99Millis.atMost: wrong type: a number, baseline");
    refused("p99Millis: {atMost: 1, atLeast: 2}", "expect.p99Millis.atLeast: is more than atMost");
    refused("p99Millis: 20", "toy.yaml:5: expect.p99Millis: wrong type: a block of keys");
    refused("p99Milis: {atMost: 1}", "expect.p99Milis: unknown key (did you mean \"p99Millis\"?)");
    refused("measures: {p99Millis: {atMost: 1}}", "expect.measures: unknown key");
    assertThatThrownBy(() -> scenario("toy", "baseline", "p99Millis: {atMost: baseline}"))
        .hasMessageContaining("toy.yaml:5: expect.p99Millis: is counted from the baseline, which");
  }

  private static void refused(String expect, String message) {
    assertThatThrownBy(() -> scenario("toy", "rolling", expect)).hasMessageContaining(message);
  }

  @Test
  void historiesKeepThemAsFilesHaveThem() throws JsonProcessingException {
    JsonMapper json = Json.strict(JsonMapper.builder()).build();
    Expectations expected =
        scenario(
                "toy",
                "rolling",
                "errorShareAtMost: 0.5",
                "p99Millis: {atMost: 200, in: warm-up}",
                "p50Millis: {atMost: baseline + 1.5, atLeast: 0.25}")
            .expect();

    String written = json.writeValueAsString(expected);

    assertThat(written)
        .contains(
            "\"p99Millis\":{\"atMost\":200,\"in\":\"warm-up\"}",
            "\"p50Millis\":{\"atMost\":\"baseline + 1.5\",\"atLeast\":0.25}")
        .doesNotContain("measures");
    assertThat(json.readValue(written, Expectations.class)).isEqualTo(expected);
  }

  @Test
  void aNumberAtItsBoundIsWithinIt() {
    assertThat(said(run("errorPercent: {atLeast: 12.5, atMost: 12.5}", "1x22", "2222")))
        .endsWith("measured 12.5 %: PASS.");
    assertThat(said(run("p50Millis: {atLeast: 5, atMost: 5, in: rollout}", CALM)))
        .endsWith("measured 5 ms: PASS.");
    assertThat(said(run("p50Millis: {atLeast: 5.5, in: rollout}", CALM)))
        .endsWith("measured 5 ms: FAIL.");
  }

  @Test
  void theLeastCanBeCountedFromTheBaselineToo() {
    Findings alone = run("p50Millis: {atLeast: baseline - 2}", CALM);

    assertThat(said(alone))
        .contains("measured unknown: no baseline stands beside this run")
        .endsWith(": UNKNOWN.");
    assertThat(said(Batch.judged(alone, List.of(alone, baseline("")))))
        .isEqualTo(
            "Latency p50: wanted at least baseline - 2, which is 3 ms, measured 5 ms: PASS.");
  }

  @Test
  void whatTheBaselineDoesNotHaveCannotBeCountedFromIt() {
    Findings run = run("rolloutSeconds: {atMost: baseline + 1}", CALM);

    assertThat(said(Batch.judged(run, List.of(run, baseline("")))))
        .contains("measured unknown: the baseline has no number: there is no such number")
        .endsWith(": UNKNOWN.");
  }

  /** A history may be older than the list of measures, or younger. */
  @Test
  void aMeasureThatThisLabDoesNotHaveIsUnknown() {
    Expectations former =
        new Expectations(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Map.of("formerNumber", new Bound(Limit.parse(5), null, null)));
    Histories history =
        Histories.expecting(Strategy.ROLLING, former)
            .phase(0, PhaseKind.ROLLOUT)
            .ok(1, 100, 5, "v1")
            .end(2000, Event.End.COMPLETED);

    assertThat(said(Analysis.analyse(history.build())))
        .isEqualTo("formerNumber: unknown: this lab has no such measure: UNKNOWN.");
  }
}
