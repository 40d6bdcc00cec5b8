package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.causes.Cause;
import io.rolloutlab.analysis.causes.Caused;
import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.html.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Task a (v1) on 10.0.1.5 may use a tenth of a core, has answered at −3 s and runs on. A request of
 * 5 s has no answer after 10 s; samples are taken 300 ms after each second.
 */
class OverloadedTest {
  private static final String LIMITED = "app: {limits: {cpus: 0.1}}";
  private static final String A = "10.0.1.5:5000";
  private static final String VIRTUAL = "10.0.1.2:5000";

  @TempDir Path folder;

  private Histories history;

  @BeforeEach
  void limited() throws IOException {
    of(LIMITED);
  }

  private void of(String yaml) throws IOException {
    running(yaml, -8_000);
    history.from("10.0.1.5", 1, -3_000, 5, "v1", "r1");
  }

  private void running(String yaml, long since) throws IOException {
    history =
        Histories.of(folder, "strategy: rolling\n" + yaml)
            .phase(-5000, PhaseKind.WARM_UP)
            .phase(0, PhaseKind.ROLLOUT)
            .routes(-9000, -8900, new Event.Route("pyapp", "v1", 100, List.of()))
            .task(-9000, "n", "nginx", 1, "", "running", "running")
            .address(-9000, "a", 1, "v1", "10.0.1.5")
            .task(since, "a", 1, "v1", "running");
  }

  /** A task's container uses so many cores, and is sampled in these seconds. */
  private void uses(String task, double cores, int from, int until) {
    for (int second = from; second <= until; second++) {
      history.taskUse(second * 1000 + 300, task, "v1", 7 + cores * (second - from), 1_000);
    }
  }

  /** Two processors, of whose two seconds in each so much is idle. */
  private void idle(double seconds) {
    for (int second = 0; second <= 20; second++) {
      history
          .machineUse(second * 1000 + 300, "busy", 100 + (2 - seconds) * second)
          .machineUse(second * 1000 + 300, "idle", 900 + seconds * second);
    }
  }

  private void late(Hit.Tries tries) {
    late("timeout", Hit.CLIENT_GONE, tries);
  }

  private void late(String error, int edgeStatus, Hit.Tries tries) {
    int status = error.startsWith("http") ? edgeStatus : 0;
    history
        .request(2, 5_000, 10_000, Outcome.FAILED, error, status, "")
        .add(
            new Hit(
                Histories.ZERO + 15_000,
                2,
                "10.77.0.1",
                new Hit.Answer(edgeStatus, 10_000),
                tries,
                AppHeaders.NONE,
                new Hit.Connection("edge1", 30, 2, 1)));
  }

  private Caused only() {
    Causes causes = Analysis.analyse(history.build()).part(Causes.class).orThrow();
    assertThat(causes.requests()).hasSize(1);
    return causes.requests().get(0);
  }

  private Cause lateAt(String address) {
    late(new Hit.Tries(address, "", "0"));
    return only().cause();
  }

  private void isTooSlowAsEver() {
    assertThat(lateAt(A)).isEqualTo(Cause.TOO_SLOW);
    assertThat(only().setting()).isEqualTo("load.requestTimeout: 10s");
    assertThat(only().story()).endsWith("which had the request and did not answer in 10.0 s");
  }

  @Test
  void whoIsAtItsLimitAllTheTimeIsOverloaded() {
    uses("a", 0.1, 0, 20);

    assertThat(lateAt(A)).isEqualTo(Cause.OVERLOADED);
    assertThat(only().setting()).isEqualTo("app.limits.cpus: 0.1");
    assertThat(only().story())
        .isEqualTo(
            "no answer within 10.0 s at +5.0 s: nginx asked 10.0.1.5, pyapp.1 (v1) on workerN1,"
                + " which had the request and did not answer in 10.0 s; meanwhile its container"
                + " used at least 100 % of the CPU that its limit of 0.1 allows");
  }

  /** What it can have used before and after the request, a second's worth, is taken off. */
  @ParameterizedTest
  @CsvSource({"0.095, 94", "0.092, 91"})
  void nearlyAllIsEnough(double cores, int percent) {
    uses("a", cores, 0, 20);

    assertThat(lateAt(A)).isEqualTo(Cause.OVERLOADED);
    assertThat(only().story()).contains("used at least " + percent + " % of the CPU");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.09, 0.06, 0})
  void whoHasCpuLeftIsNot(double cores) {
    uses("a", cores, 0, 20);

    isTooSlowAsEver();
  }

  @Test
  void withoutSamplesNothingIsClaimed() {
    isTooSlowAsEver();
  }

  @Test
  void theSamplesOfAnotherTaskSayNothing() {
    uses("b", 0.1, 0, 20);

    isTooSlowAsEver();
  }

  @ParameterizedTest
  @CsvSource({"4, 15, true", "4, 14, true", "4, 13, false", "7, 20, false", "5, 5, false"})
  void theSamplesHaveToCoverTheRequest(int from, int until, boolean covered) {
    uses("a", 0.1, from, until);

    assertThat(lateAt(A)).isEqualTo(covered ? Cause.OVERLOADED : Cause.TOO_SLOW);
  }

  /** It cannot have used more outside of the request than it may. */
  @ParameterizedTest
  @CsvSource({"2.0, true", "1.92, true", "1.88, false"})
  void aHoleInTheSamplesIsSpannedByTheCounter(double used, boolean claimed) {
    history.taskUse(0, "a", "v1", 7, 1_000).taskUse(20_000, "a", "v1", 7 + used, 1_000);

    assertThat(lateAt(A)).isEqualTo(claimed ? Cause.OVERLOADED : Cause.TOO_SLOW);
  }

  @Test
  void whoHasNoLimitIsNotAtIt() throws IOException {
    of("app: {limits: {memory: 64MiB}}");
    uses("a", 2, 0, 20);
    isTooSlowAsEver();

    of("");
    uses("a", 2, 0, 20);
    isTooSlowAsEver();
  }

  @Test
  void whoIsMadeSlowIsSlowByThat() throws IOException {
    of(
        "app: {limits: {cpus: 0.1}, v1: {env: {APP_LATENCY_MILLIS: \"9000\"}}}\nload: {requestTimeout: 9s}");
    uses("a", 0.1, 0, 20);

    assertThat(lateAt(A)).isEqualTo(Cause.TOO_SLOW);
    assertThat(only().setting()).isEqualTo("app.v1.env.APP_LATENCY_MILLIS: 9000");
  }

  @Test
  void whoIsMadeSlowIsNotTheMachinesEither() throws IOException {
    of("app: {v1: {env: {APP_LATENCY_MILLIS: \"2000\"}}}");
    idle(0);

    isTooSlowAsEver();
  }

  @ParameterizedTest
  @CsvSource({"15000, TOO_SLOW", "15001, OVERLOADED"})
  void whoIsToldToStopMeanwhileMayHaveOtherReasons(long told, Cause cause) {
    uses("a", 0.1, 0, 20);
    history.task(told, "a", "pyapp", 1, "v1", "running", "shutdown");

    assertThat(lateAt(A)).isEqualTo(cause);
  }

  @ParameterizedTest
  @CsvSource({"-5000, OVERLOADED", "-4999, TOO_SLOW"})
  void whoHasNotAnsweredYetIsUpOnlyAfterAWhile(long since, Cause cause) throws IOException {
    running(LIMITED, since);
    uses("a", 0.1, 0, 20);

    assertThat(lateAt(A)).isEqualTo(cause);
  }

  @Test
  void whoseLimitTheEdgeReachesIsAllTheSame() {
    uses("a", 0.1, 0, 20);
    late("http-504", 504, new Hit.Tries(A, "504", "0"));

    assertThat(only().cause()).isEqualTo(Cause.OVERLOADED);
  }

  @Test
  void whoWasNotConnectedToDidNotHaveTheRequest() {
    uses("a", 0.1, 0, 20);
    late(new Hit.Tries(A, ""));

    assertThat(only().cause()).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void whereNoProcessorIsIdleEverybodyIsOverloaded() throws IOException {
    of("");
    idle(0);

    assertThat(lateAt(A)).isEqualTo(Cause.OVERLOADED);
    assertThat(only().setting()).isEmpty();
    assertThat(only().story())
        .endsWith(
            "10.0 s; no processor of the machine was idle for at least 10000 of these 10000 ms");
  }

  @ParameterizedTest
  @CsvSource({"0.05, OVERLOADED", "0.2, TOO_SLOW", "1, TOO_SLOW"})
  void theMachineMayHaveTimeToSpare(double idle, Cause cause) throws IOException {
    of("");
    idle(idle);

    assertThat(lateAt(A)).isEqualTo(cause);
  }

  @Test
  void aLimitThatIsNotReachedKeepsNobodyFromWaitingForTheMachine() {
    uses("a", 0.05, 0, 20);
    idle(0);

    assertThat(lateAt(A)).isEqualTo(Cause.OVERLOADED);
    assertThat(only().setting()).as("it is not the limit that decides").isEmpty();
  }

  /** Its samples are a model of what tasks cost, and no limit of CPU holds it. */
  @Test
  void aSimulatedTaskIsNeverOverloaded() {
    history.simulated();
    uses("a", 0.1, 0, 20);

    isTooSlowAsEver();
  }

  @ParameterizedTest
  @CsvSource({"0.1, OVERLOADED", "0.06, TOO_SLOW"})
  void behindAVirtualAddressAllThatCanHaveHadItAreAtTheirLimits(double other, Cause cause) {
    history.vip().task(-8_000, "b", 2, "v1", "running");
    uses("a", 0.1, 0, 20);
    uses("b", other, 0, 20);

    assertThat(lateAt(VIRTUAL)).isEqualTo(cause);
  }

  @Test
  void behindAVirtualAddressItSaysHowManyTheyWere() {
    history.vip().task(-8_000, "b", 2, "v1", "running").task(6_000, "c", 3, "v1", "running");
    uses("a", 0.1, 0, 20);
    uses("b", 0.095, 0, 20);

    assertThat(lateAt(VIRTUAL)).isEqualTo(Cause.OVERLOADED);
    assertThat(only().setting()).isEqualTo("app.limits.cpus: 0.1");
    assertThat(only().story())
        .endsWith(
            "nginx asked 10.0.1.2, one of its tasks, which had the request and did not answer in"
                + " 10.0 s; meanwhile each of the 2 tasks that can have had it used at least 94 %"
                + " of the CPU that its limit of 0.1 allows");
  }

  @Test
  void itStandsInTheReport() throws IOException {
    uses("a", 0.1, 0, 20);
    late(new Hit.Tries(A, "", "0"));

    Report.render(List.of(Analysis.analyse(history.build())), folder);

    assertThat(folder.resolve("index.html"))
        .content()
        .contains("<td title=", ">overloaded<br", "app.limits.cpus: 0.1");
    assertThat(folder.resolve("x.html"))
        .content()
        .contains(">overloaded</th>", "used at least 100 % of the CPU");
    assertThat(Files.readString(folder.resolve("results.json")))
        .contains("\"cause\" : \"overloaded\"", "\"setting\" : \"app.limits.cpus: 0.1\"");
  }
}
