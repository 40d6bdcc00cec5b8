package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.analysis.causes.slow.Slow;
import io.rolloutlab.analysis.causes.slow.SlowCause;
import io.rolloutlab.analysis.causes.slow.SlowCauses;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.html.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tasks a to d (v1) have 10.0.1.1 to 10.0.1.4 and run all the time; e (v2) has 10.0.1.5 and runs
 * from 8 s on. The warm-up is from -20 s to 0, and its later half has a hundred answers of 10 ms,
 * so that slow is what takes more than 110 ms.
 */
class SlowCausesTest {
  private static final String A = "10.0.1.1:5000";
  private static final String E = "10.0.1.5:5000";

  @TempDir Path folder;

  private Histories history;
  private int ids;

  @BeforeEach
  void plain() throws IOException {
    of("");
  }

  private void of(String yaml) throws IOException {
    ids = 0;
    history =
        Histories.of(folder, "strategy: rolling\n" + yaml)
            .phase(-20_000, PhaseKind.WARM_UP)
            .phase(0, PhaseKind.ROLLOUT)
            .routes(-30_000, -29_900, new Event.Route("pyapp", "v1", 100, List.of()))
            .task(-31_000, "n", "nginx", 1, "", "running", "running");
    for (int i = 0; i < 4; i++) {
      String task = "abcd".substring(i, i + 1);
      history
          .address(-30_000, task, 1 + i, "v1", "10.0.1." + (1 + i))
          .task(-29_000, task, 1 + i, "v1", "running");
    }
    history.address(7_000, "e", 5, "v2", "10.0.1.5").task(8_000, "e", 5, "v2", "running");
    usual(100, 10);
  }

  private void usual(int answers, int latency) {
    for (int i = 0; i < answers; i++) {
      history.from("10.0.1.1", ++ids, -9_000 + 50 * i, latency, "v1", "r1");
    }
  }

  /** Answered well, from an address, after a time that was all the task's. */
  private void answered(long at, int latency, String upstream) {
    answered(at, latency, latency - 2, new Hit.Tries(upstream, "200", "1", "" + (latency - 2)));
  }

  private void answered(long at, int latency, int atEdge, Hit.Tries tries) {
    String version = tries.upstream().endsWith(E) ? "v2" : "v1";
    history
        .request(++ids, at, latency, Outcome.OK, "", 200, version)
        .add(line(at + latency, atEdge, tries, version));
  }

  private Hit line(long at, int atEdge, Hit.Tries tries, String version) {
    return new Hit(
        Histories.ZERO + at,
        ids,
        "10.77.0.1",
        new Hit.Answer(200, atEdge),
        tries,
        new AppHeaders(version, version + "-replica"),
        new Hit.Connection("edge1", 30, ids, 1));
  }

  /** The edge had it for 5 ms, and its user waited. */
  private void waitedOutside(long at) {
    answered(at, 400, 5, new Hit.Tries(A, "200", "0", "4"));
  }

  private SlowCauses causes() {
    return Analysis.analyse(history.build()).part(SlowCauses.class).orThrow();
  }

  private Slow only() {
    SlowCauses causes = causes();
    assertThat(causes.slow()).isEqualTo(1);
    return causes.requests().get(0);
  }

  @Test
  void slowIsWhatTakesMuchLongerThanUsualAndThatCanBeNoticed() {
    answered(20_000, 110, A);
    answered(21_000, 111, A);
    answered(-1_000, 111, A);

    SlowCauses causes = causes();

    assertThat(causes.slowness().thresholdMillis()).hasValue(110);
    assertThat(causes.answered()).as("what was sent before x = 0 is not counted").isEqualTo(2);
    assertThat(causes.requests()).extracting(Slow::atMillis).containsExactly(21_000L);
    assertThat(causes.sentence())
        .startsWith("1 of the 2 requests")
        .contains("more than 110 ms", "101 answers had a p99 of 10 ms");
  }

  @Test
  void whereAnswersTakeLongSlowIsThreeTimesThat() {
    usual(100, 60);

    assertThat(causes().slowness().thresholdMillis()).hasValue(180);
  }

  @Test
  void aLoadThatStartsColdSaysNothingOfWhatIsUsual() {
    for (int i = 0; i < 50; i++) {
      history.from("10.0.1.1", ++ids, -19_000 + i, 500, "v1", "r1");
    }

    assertThat(causes().slowness().thresholdMillis()).hasValue(110);
  }

  /** The load of another run starts, which disturbs this one; the usual answers follow. */
  private void besideOthers(long allUnderLoad) throws IOException {
    of("");
    for (int i = 0; i < 50; i++) {
      history.from("10.0.1.1", ++ids, -9_500 + i, 500, "v1", "r1");
    }
    history.event(new Event.AllUnderLoad(Histories.ZERO + allUnderLoad));
  }

  @Test
  void whatIsSlowWhileOthersStartTheirLoadsIsNotUsual() throws IOException {
    besideOthers(-9_000);
    assertThat(causes().slowness().thresholdMillis()).hasValue(110);
    assertThat(causes().sentence())
        .contains(
            "in the later half of the warm-up, since all loads flowed, 100 answers had a p99 of 10");

    besideOthers(-19_000);
    assertThat(causes().slowness().thresholdMillis()).as("still the later half").hasValue(1_500);

    besideOthers(-8_999);
    assertThat(causes().slowness().thresholdMillis()).isEmpty();
    assertThat(causes().missing())
        .contains("the later half of the warm-up, since all loads flowed, has 99 good answers");

    besideOthers(1_000);
    assertThat(causes().slowness().answers()).as("it was over before").isZero();
  }

  @Test
  void ofFewAnswersNobodyKnowsWhatIsUsual() throws IOException {
    Histories thin =
        Histories.of(folder, "strategy: rolling")
            .phase(-20_000, PhaseKind.WARM_UP)
            .phase(0, PhaseKind.ROLLOUT);
    for (int i = 0; i < 99; i++) {
      thin.ok(1 + i, -9_000 + 50 * i, 10, "v1");
    }
    thin.ok(200, 5_000, 4_000, "v1");
    Findings run = Analysis.analyse(thin.build());

    SlowCauses causes = run.part(SlowCauses.class).orThrow();
    assertThat(causes.slowness().thresholdMillis()).isEmpty();
    assertThat(causes.slow()).isZero();
    assertThat(causes.missing())
        .isEqualTo(
            "Which requests were slow is unknown: the later half of the warm-up has 99 good"
                + " answers, and fewer than 100 do not tell what is usual.");
    Report.render(List.of(run), folder);
    assertThat(folder.resolve("x.html")).content().contains(causes.missing());
  }

  @Test
  void whoIsMadeSlowIsSo() throws IOException {
    of("app: {v2: {env: {APP_LATENCY_MILLIS: \"300\"}}}");
    answered(20_000, 312, E);

    assertThat(only().cause()).isEqualTo(SlowCause.MADE_SLOW);
    assertThat(only().setting()).isEqualTo("app.v2.env.APP_LATENCY_MILLIS: 300");
    assertThat(only().story())
        .isEqualTo(
            "312 ms at +20.0 s: nginx waited 310 ms for 10.0.1.5, pyapp.5 (v2) on workerN1, which is"
                + " made to take 300 ms longer");
  }

  @Test
  void whereOnlySomeAreMadeSlowTheShareIsSaid() throws IOException {
    of("app: {v2: {fault: cuts}}");
    answered(20_000, 3_012, E);

    assertThat(only().cause()).isEqualTo(SlowCause.MADE_SLOW);
    assertThat(only().setting()).isEqualTo("app.v2.fault: cuts");
    assertThat(only().story())
        .endsWith(
            "pyapp.5 (v2) on workerN1, of whose requests 20 % are made to take 3000 ms longer");
  }

  @Test
  void whereNoneIsMadeSlowNothingIsExplainedByIt() throws IOException {
    of("app: {v2: {env: {APP_LATENCY_MILLIS: \"300\", APP_LATENCY_SHARE: \"0\"}}}");
    answered(20_000, 312, E);

    assertThat(only().cause()).isEqualTo(SlowCause.UNKNOWN);
  }

  @Test
  void whatIsMadeSlowExplainsOnlyWhatItMakes() throws IOException {
    of("app: {v2: {env: {APP_LATENCY_MILLIS: \"60\"}}}");
    answered(20_000, 170, E);
    answered(21_000, 171, E);
    answered(22_000, 160, A);
    answered(23_000, 160, 158, new Hit.Tries(E, "200", "99", "158"));

    assertThat(causes().requests())
        .extracting(Slow::cause)
        .as("not slow without it; slow without it; another version; less than that")
        .containsExactly(
            SlowCause.MADE_SLOW, SlowCause.UNKNOWN, SlowCause.UNKNOWN, SlowCause.UNKNOWN);
  }

  @Test
  void whatWaitsForOthersThatAreMadeSlowIsSlowForTheSameReason() throws IOException {
    of("app: {v2: {env: {APP_LATENCY_MILLIS: \"300\"}}}");
    answered(20_000, 900, E);

    assertThat(only().cause()).isEqualTo(SlowCause.MADE_SLOW);
    assertThat(only().story())
        .endsWith(", which is made to take 300 ms longer, and it took 600 ms more");
  }

  @Test
  void behindAVirtualAddressTheVersionIsTheAnswers() throws IOException {
    of("app: {v2: {env: {APP_LATENCY_MILLIS: \"300\"}}}");
    history.vip();
    history
        .request(++ids, 20_000, 312, Outcome.OK, "", 200, "v2")
        .add(line(20_312, 310, new Hit.Tries("10.0.1.99:5000", "200", "1", "310"), "v2"));

    assertThat(only().cause()).isEqualTo(SlowCause.MADE_SLOW);
    assertThat(only().story()).contains("for 10.0.1.99, a task of v2, which is made");
  }

  @Test
  void whoHasJustStartedIsCold() {
    answered(8_600, 412, E);
    answered(12_999, 412, E);
    answered(13_000, 412, E);

    assertThat(causes().requests())
        .extracting(Slow::cause)
        .containsExactly(SlowCause.STARTING, SlowCause.STARTING, SlowCause.UNKNOWN);
    assertThat(causes().requests().get(0).story())
        .isEqualTo(
            "412 ms at +8.6 s: nginx waited 410 ms for 10.0.1.5, pyapp.5 (v2) on workerN1, running"
                + " for 0.6 s");
    assertThat(causes().requests().get(2).story())
        .endsWith("on workerN1, and nothing is recorded that explains it");
  }

  @Test
  void aConnectionThatTakesLongIsSaidToDoSo() {
    answered(8_600, 1_012, 1_010, new Hit.Tries(E, "200", "1003", "1010"));

    assertThat(only().story())
        .contains("waited 1010 ms for 10.0.1.5, pyapp.5 (v2) on workerN1, 1003 ms of them for the");
  }

  /** Its stop signal can have reached it 1.5 s after the order; slow it is after 110 ms. */
  @Test
  void whoWasToldToStopIsAskedForAsLongAsItsAddressIsKept() {
    history.task(20_000, "a", "pyapp", 1, "v1", "running", "shutdown");
    answered(21_390, 300, A);
    answered(21_389, 300, A);

    assertThat(causes().byCause())
        .extracting(Causes.ByCause::cause, Causes.ByCause::requests, Causes.ByCause::setting)
        .containsExactly(
            tuple(SlowCause.STOPPING, 1, "edge.dnsValid: 1s"), tuple(SlowCause.UNKNOWN, 1, ""));
    assertThat(causes().requests().get(0).story())
        .endsWith("pyapp.1 (v1) on workerN1, told to stop 1.4 s before");
  }

  private static Hit.Tries both(String statuses, String connects, String lengths) {
    return new Hit.Tries(A + ", " + E, statuses, connects, lengths);
  }

  @Test
  void whoIsAskedFirstInVainIsWaitedForAsTheEdgeIsTold() throws IOException {
    of("edge: {nginx: {connectTimeout: 1s, readTimeout: 2s}}");
    history
        .task(18_000, "a", "pyapp", 1, "v1", "running", "shutdown")
        .task(19_000, "a", "pyapp", 1, "v1", "shutdown", "shutdown");
    answered(20_000, 1_010, 1_008, both("504, 200", "-, 1", "1002, 6"));
    answered(21_000, 2_010, 2_008, both("504, 200", "1, 1", "2002, 6"));
    answered(22_000, 310, 308, both("502, 200", "-, 1", "300, 8"));

    assertThat(causes().requests())
        .extracting(Slow::cause, Slow::setting)
        .containsExactly(
            tuple(SlowCause.ANOTHER_FIRST, "edge.nginx.connectTimeout: 1s"),
            tuple(SlowCause.ANOTHER_FIRST, "edge.nginx.readTimeout: 2s"),
            tuple(SlowCause.ANOTHER_FIRST, "edge.dnsValid: 1s"));
    assertThat(causes().requests().get(0).story())
        .isEqualTo(
            "1010 ms at +20.0 s: nginx waited 1002 ms in vain for 10.0.1.1, pyapp.1 (v1) on"
                + " workerN1, told to stop 2.0 s before, and only then asked 10.0.1.5, pyapp.5 (v2)"
                + " on workerN1");
  }

  private static Hit.Tries cutOff(String first) {
    return new Hit.Tries(first + ":5000, " + E, "502, 200", "1, 1", "300, 8");
  }

  /** How long its address is kept does not matter where the edge had connected to it. */
  @Test
  void whoLosesTheRequestThatItHadDoesSoByItsOwnFault() throws IOException {
    of("app: {stopGrace: 4s, v1: {env: {APP_CRASH_AFTER_SECONDS: \"9\"}}}");
    history
        .task(18_000, "a", "pyapp", 1, "v1", "running", "shutdown")
        .task(20_200, "a", "pyapp", 1, "v1", "shutdown", "shutdown")
        .task(30_200, "b", "pyapp", 2, "v1", "failed", "running");
    answered(20_000, 310, 308, cutOff("10.0.1.1"));
    answered(30_000, 310, 308, cutOff("10.0.1.2"));
    answered(40_000, 310, 308, cutOff("10.0.1.3"));
    answered(50_000, 310, 308, cutOff("10.0.1.99"));

    assertThat(causes().requests())
        .extracting(Slow::cause, Slow::setting)
        .as("told to stop; ended by itself; went on; nobody's address")
        .containsExactly(
            tuple(SlowCause.ANOTHER_FIRST, "app.stopGrace: 4s"),
            tuple(SlowCause.ANOTHER_FIRST, "app.v1.env.APP_CRASH_AFTER_SECONDS: 9"),
            tuple(SlowCause.ANOTHER_FIRST, ""),
            tuple(SlowCause.ANOTHER_FIRST, ""));
  }

  @Test
  void whoAnswersBadlyIsSaidToHaveAnswered() throws IOException {
    of("edge: {nginx: {retryOn: [http-503]}}\napp: {v1: {env: {APP_ERROR_SHARE: \"0.1\"}}}");
    answered(20_000, 310, 308, both("503, 200", "1, 1", "300, 8"));

    assertThat(only().setting()).isEqualTo("app.v1.env.APP_ERROR_SHARE: 0.1");
    assertThat(only().story())
        .isEqualTo(
            "310 ms at +20.0 s: nginx waited 300 ms for 10.0.1.1, pyapp.1 (v1) on workerN1, was"
                + " answered 503, and only then asked 10.0.1.5, pyapp.5 (v2) on workerN1");
  }

  @Test
  void whoIsRefusedAtOnceWaitsForTheOneThatAnswers() {
    answered(8_600, 310, 308, both("502, 200", "-, 1", "2, 306"));

    assertThat(only().cause()).isEqualTo(SlowCause.STARTING);
  }

  @Test
  void whereTheLogDoesNotTellTheTriesApartNothingIsClaimed() {
    answered(8_600, 310, 308, both("502, 200", "-, 1", ""));

    assertThat(only().cause()).isEqualTo(SlowCause.UNKNOWN);
    assertThat(only().story())
        .isEqualTo(
            "310 ms at +8.6 s: nginx asked 10.0.1.1, 10.0.1.5, and its log does not say how long"
                + " each took");
  }

  @Test
  void whereTheLogNamesNobodyNobodyIsNamed() {
    answered(20_000, 300, 298, Hit.Tries.NONE);

    assertThat(only().cause()).isEqualTo(SlowCause.UNKNOWN);
    assertThat(only().story())
        .isEqualTo(
            "300 ms at +20.0 s: nginx had it for 298 ms, and its log does not say whom it asked");
  }

  @Test
  void whatTheEdgeDidNotLogIsUnknown() {
    history.request(++ids, 20_000, 300, Outcome.OK, "", 200, "v1");

    assertThat(only().cause()).isEqualTo(SlowCause.UNKNOWN);
    assertThat(only().story()).isEqualTo("300 ms at +20.0 s: nginx logged nothing of it");
  }

  private void gone(String... tasks) {
    for (String task : tasks) {
      history
          .task(20_000, task, "pyapp", 1 + "abcd".indexOf(task), "v1", "running", "shutdown")
          .task(21_000, task, "pyapp", 1 + "abcd".indexOf(task), "v1", "shutdown", "shutdown");
    }
  }

  @Test
  void halfOfTheTasksAreTooFew() {
    gone("b", "c");
    answered(40_000, 300, A);

    assertThat(only().cause()).as("three of four serve").isEqualTo(SlowCause.UNKNOWN);

    gone("d");
    assertThat(only().cause()).isEqualTo(SlowCause.FEW_TASKS);
    assertThat(only().setting()).isEqualTo("rolling.update: order stop-first, parallelism 1");
    assertThat(only().story()).endsWith("; 2 of 4 tasks of pyapp were running");
  }

  /** A canary is made smaller for the next try of the rollout, and has a small share again then. */
  @Test
  void whoHasOnlyAShareOfTheRequestsIsNotShortOfTasks() {
    Event.Route small = new Event.Route("pyapp", "v1", 10, List.of());
    Event.Route large = new Event.Route("stable", "v1", 90, List.of());
    gone("b", "c", "d");
    history.routes(22_000, 22_100, small, large);
    answered(40_000, 300, A);

    assertThat(only().cause()).isEqualTo(SlowCause.UNKNOWN);

    history.routes(30_000, 30_100, large);
    assertThat(only().cause()).as("a late answer").isEqualTo(SlowCause.UNKNOWN);

    history.routes(31_000, 31_100, small);
    assertThat(only().cause()).isEqualTo(SlowCause.FEW_TASKS);
  }

  /** Of two processors, which were idle for so long from 40 s to 41 s, both together. */
  private void idle(int millis) {
    history
        .machineUse(39_000, "busy", 10)
        .machineUse(39_000, "idle", 10)
        .machineUse(40_000, "busy", 11)
        .machineUse(40_000, "idle", 11)
        .machineUse(41_000, "busy", 13 - millis / 1e3)
        .machineUse(41_000, "idle", 11 + millis / 1e3);
  }

  @Test
  void whereTheMachineIsFullMoreTasksWouldNotHelp() {
    gone("b", "c", "d");
    idle(150);
    answered(40_300, 300, A);

    assertThat(only().cause()).isEqualTo(SlowCause.NO_IDLE_TIME);
    assertThat(only().story()).endsWith("; no processor was idle for at least 150 of these 300 ms");
  }

  @Test
  void whereTheMachineHasTimeItIsNotItsFault() {
    gone("b", "c", "d");
    idle(151);
    answered(40_300, 300, A);

    assertThat(only().cause()).isEqualTo(SlowCause.FEW_TASKS);
  }

  /** A second of idle time from 39 s to 40 s. */
  @Test
  void onlyTheTimeOfTheRequestCounts() {
    idle(10);
    answered(39_600, 819, A);
    answered(39_600, 820, A);
    answered(41_000, 400, A);

    assertThat(causes().requests())
        .extracting(Slow::cause)
        .containsExactly(SlowCause.UNKNOWN, SlowCause.NO_IDLE_TIME, SlowCause.UNKNOWN);
  }

  @Test
  void whatStartsBesideIsTheCauseOnlyWhereNothingTellsHowBusyTheMachineWas() {
    answered(5_500, 300, A);
    answered(9_900, 300, A);
    answered(10_001, 300, A);

    assertThat(causes().requests())
        .extracting(Slow::cause)
        .as("e runs from 8 s on, and is heard of from 7 s on")
        .containsExactly(SlowCause.UNKNOWN, SlowCause.BESIDE_STARTS, SlowCause.UNKNOWN);
    assertThat(causes().requests().get(1).story()).endsWith("; 1 task was starting");

    idle(10);
    assertThat(causes().requests()).extracting(Slow::cause).containsOnly(SlowCause.UNKNOWN);
  }

  @Test
  void aNodeThatGoesDisturbsTheOthers() {
    history.event(Event.Happened.nodeLost(Histories.ZERO + 30_000, "workerN2"));
    answered(33_000, 300, A);
    answered(35_001, 300, A);
    answered(29_890, 300, A);
    answered(29_889, 300, A);

    assertThat(causes().requests())
        .extracting(Slow::cause, Slow::setting)
        .as("in the last two it goes when they are slow, and have been for 1 ms")
        .containsExactly(
            tuple(SlowCause.NODE_WENT, "during: kill workerN2"),
            tuple(SlowCause.UNKNOWN, ""),
            tuple(SlowCause.NODE_WENT, "during: kill workerN2"),
            tuple(SlowCause.UNKNOWN, ""));
    assertThat(causes().requests().get(0).story()).endsWith("; workerN2 is lost, 3.0 s before");
  }

  @Test
  void whatWaitedBeforeTheEdgeHadItWaitedForNoTask() {
    history.routes(30_000, 30_300, new Event.Route("pyapp", "v2", 100, List.of()));
    waitedOutside(30_100);
    answered(30_100, 300, A);
    waitedOutside(29_890);
    waitedOutside(29_889);

    assertThat(causes().requests())
        .extracting(Slow::cause)
        .as("a task does not wait for the edge's routes, and who is slow already for none to come")
        .containsExactly(
            SlowCause.EDGE_CHANGED, SlowCause.UNKNOWN, SlowCause.EDGE_CHANGED, SlowCause.UNKNOWN);
    assertThat(causes().requests().get(0).story())
        .isEqualTo(
            "400 ms at +30.1 s: nginx had it for only 5 ms; nginx was asked to take up new routes"
                + " at +30.0 s");
  }

  @Test
  void whatTheEdgeItselfHeldWaitedForNoTask() {
    history.routes(30_000, 30_300, new Event.Route("pyapp", "v2", 100, List.of()));
    answered(30_100, 400, 398, new Hit.Tries(A, "200", "0", "4"));

    assertThat(only().cause()).isEqualTo(SlowCause.EDGE_CHANGED);
    assertThat(only().story())
        .contains("nginx had it for 398 ms, and waited only 4 ms of them for 10.0.1.1, pyapp.1");
  }

  @Test
  void withoutATaskOfTheEdgeWaitsAreItsFault() {
    history
        .task(29_000, "n", "nginx", 1, "", "failed", "shutdown")
        .task(31_000, "m", "nginx", 1, "", "running", "running");
    waitedOutside(30_900);

    assertThat(only().cause()).isEqualTo(SlowCause.EDGE_GONE);
    assertThat(only().story()).contains("; nginx.1, ", " 1.9 s before, was not there");
  }

  @Test
  void whatWasSlowBeforeTheEdgesTaskLeftDidNotWaitForIt() {
    history
        .task(29_000, "n", "nginx", 1, "", "failed", "shutdown")
        .task(31_000, "m", "nginx", 1, "", "running", "running");
    waitedOutside(28_890);
    waitedOutside(28_889);

    assertThat(causes().requests())
        .extracting(Slow::cause)
        .containsExactly(SlowCause.EDGE_GONE, SlowCause.UNKNOWN);
  }

  @Test
  void whatIsCopiedKeepsWhatComesBehindIt() {
    Event.Route all = new Event.Route("pyapp", "v1", 100, List.of());
    history.event(
        new Event.EdgeChange(
            Histories.ZERO + 25_000, Histories.ZERO + 25_100, List.of(all), "shadow"));
    waitedOutside(30_000);

    assertThat(only().cause()).isEqualTo(SlowCause.BEHIND_COPIES);
  }

  @Test
  void aLoadThatIsBehindSendsLate() {
    late(100);
    late(99);

    assertThat(causes().requests())
        .extracting(Slow::cause)
        .containsExactly(SlowCause.LOAD, SlowCause.UNKNOWN);
    assertThat(causes().requests().get(0).story()).endsWith("; it was sent 0.1 s late already");
  }

  private void late(int by) {
    long at = Histories.ZERO + 30_000 + by;
    history
        .add(
            new Request(
                ++ids,
                1,
                Population.NEW,
                new Request.Times(at - by, at),
                new Request.End(300, Outcome.OK, "", 200),
                new AppHeaders("v1", "v1-replica")))
        .add(line(at - Histories.ZERO + 300, 5, new Hit.Tries(A, "200", "0", "4"), "v1"));
  }

  @Test
  void theyStandOnTheRunsPageAndOnlyThere() throws IOException {
    of("app: {v2: {env: {APP_LATENCY_MILLIS: \"300\"}}}");
    for (int i = 0; i < 130; i++) {
      answered(20_000 + 10 * i, 312, E);
    }
    answered(30_000, 312, A);

    Report.render(List.of(Analysis.analyse(history.build())), folder);

    assertThat(causes().byCause())
        .extracting(Causes.ByCause::cause, Causes.ByCause::requests)
        .containsExactly(tuple(SlowCause.MADE_SLOW, 130), tuple(SlowCause.UNKNOWN, 1));
    assertThat(causes().requests()).hasSize(101);
    assertThat(causes().unknown()).isEqualTo(1);
    assertThat(folder.resolve("x.html"))
        .content()
        .contains(
            "<h2>Why requests were slow</h2>",
            "<code>app.v2.env.APP_LATENCY_MILLIS: 300</code>",
            "more than 110 ms",
            "90 more are in results.json, and 30 are only counted.")
        .doesNotContain("<h2>Causes of slow requests</h2>", "Why requests failed");
    assertThat(folder.resolve("index.html")).content().doesNotContain("were slow");
    String json = Files.readString(folder.resolve("results.json"));
    assertThat(json.lines().filter(line -> line.contains("\"story\" :"))).hasSize(101);
  }

  @Test
  void whereNothingWasSlowNothingIsSaid() throws IOException {
    answered(20_000, 50, A);

    Report.render(List.of(Analysis.analyse(history.build())), folder);

    assertThat(causes().slow()).isZero();
    assertThat(folder.resolve("x.html")).content().doesNotContain("were slow");
  }

  @Test
  void whatFailedIsNotSlow() {
    history.lost(++ids, 20_000, 4_000, "timeout");

    assertThat(causes().slow()).isZero();
    assertThat(causes().answered()).isZero();
  }

  @Test
  void eachCauseIsSaidInASentence() {
    assertThat(SlowCause.values())
        .extracting(SlowCause::sentence)
        .allMatch(one -> one.matches("[A-Z].+\\."));
  }
}
