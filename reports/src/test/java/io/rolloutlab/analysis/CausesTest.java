package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rolloutlab.analysis.causes.Cause;
import io.rolloutlab.analysis.causes.Caused;
import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.TaskRef;
import io.rolloutlab.html.Report;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.read.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Task a (v1) on 10.0.1.5 is told to stop at 2 s and has ended at 6 s; b (v2), its successor, has
 * 10.0.1.6 and runs from 8 s on.
 */
class CausesTest {
  private static final String OLD = "10.0.1.5:5000";
  private static final String NEW = "10.0.1.6:5000";

  @TempDir Path folder;

  private Histories history = stopFirst(Histories.of(Strategy.ROLLING));

  private static Histories stopFirst(Histories history) {
    return history
        .phase(-5000, PhaseKind.WARM_UP)
        .phase(0, PhaseKind.ROLLOUT)
        .routes(-6000, -5900, new Event.Route("pyapp", "v1", 100, List.of()))
        .task(-9000, "n", "nginx", 1, "", "running", "running")
        .address(-9000, "a", 1, "v1", "10.0.1.5")
        .task(-8000, "a", 1, "v1", "running")
        .event(new Event.UpdateChange(Histories.ZERO + 1900, "pyapp", "updating", ""))
        .task(2000, "a", "pyapp", 1, "v1", "running", "shutdown")
        .address(2100, "b", 1, "v2", "10.0.1.6")
        .task(6000, "a", "pyapp", 1, "v1", "shutdown", "shutdown")
        .task(8000, "b", 1, "v2", "running");
  }

  @Test
  void nobodyIsReadyBetweenTheLastOfTheOldAndTheFirstOfTheNew() {
    failed(1, 4000, 2, "http-502", 502, new Hit.Tries("", ""));

    Caused one = only();

    assertThat(one.cause()).isEqualTo(Cause.NOBODY_READY);
    assertThat(one.setting()).isEqualTo("rolling.update: order stop-first, parallelism 1");
    assertThat(one.story())
        .isEqualTo(
            "502 at +4.0 s: nginx knew no address of pyapp: the last one, pyapp.1 (v1) on workerN1,"
                + " told to stop 2.0 s before; the next one, pyapp.1 (v2) on workerN1, was running"
                + " 4.0 s later");
  }

  @Test
  void whoIsReadyIsNoReasonToKnowNobody() {
    failed(1, -2000, 2, "http-502", 502, new Hit.Tries("", ""));

    assertThat(only().cause()).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void whoWasToldToStopListensNoMore() {
    history.from("10.0.1.5", 1, -3000, 5, "v1", "r1");
    failed(2, 5500, 2, "http-502", 502, new Hit.Tries(OLD, "502"));

    Caused one = only();

    assertThat(one.cause()).isEqualTo(Cause.TOLD_TO_STOP);
    assertThat(one.setting()).isEqualTo("edge.dnsValid: 1s");
    assertThat(one.story())
        .isEqualTo(
            "502 at +5.5 s: nginx knew only 10.0.1.5, pyapp.1 (v1) on workerN1, told to stop 3.5 s"
                + " before and no longer listening; its successor was running 2.5 s later");
  }

  @Test
  void whatIsRefusedBeforeTheStopSignalIsNotExplainedByIt() {
    history.from("10.0.1.5", 1, -3000, 5, "v1", "r1");
    failed(2, 2500, 2, "http-502", 502, new Hit.Tries(OLD, "502"));

    assertThat(only().cause()).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void nothingAnswersAtTheAddressOfWhoIsGone() {
    failed(1, 6500, 10_000, "timeout", 499, new Hit.Tries(OLD, ""));
    history.from("10.0.1.6", 2, 20_000, 5, "v2", "r2").hit(3, 100, 200, "v1");

    Caused one = causes().requests().get(0);

    assertThat(one.cause()).isEqualTo(Cause.GONE);
    assertThat(one.story())
        .isEqualTo(
            "no answer within 10.0 s at +6.5 s: nginx asked 10.0.1.5, pyapp.1 (v1) on workerN1, told"
                + " to stop 4.5 s before and gone 0.5 s before; its successor was running 1.5 s"
                + " later");
  }

  @Test
  void whatWasInFlightIsCutOff() {
    failed(1, 5000, 900, "http-502", 502, new Hit.Tries(OLD, "502", "1"));

    assertThat(only().cause()).isEqualTo(Cause.CUT_OFF);
    assertThat(only().setting()).isEqualTo("app.stopGrace: 10s");
  }

  @Test
  void whoRunsForSwarmMayNotListenYet() {
    failed(1, 8300, 2, "http-502", 502, new Hit.Tries(NEW, "502"));
    history.from("10.0.1.6", 2, 9000, 5, "v2", "r2");

    Caused one = only();

    assertThat(one.cause()).isEqualTo(Cause.NOT_LISTENING_YET);
    assertThat(one.setting()).isEqualTo("app.healthCheck: none");
    assertThat(one.story())
        .endsWith("running for 0.3 s and not listening yet; its first answer came 0.7 s later");
  }

  @Test
  void whoCrashedIsSaidToHaveEndedByItself() {
    history.from("10.0.1.6", 1, 9000, 5, "v2", "r2");
    failed(2, 12_000, 2, "http-502", 502, new Hit.Tries(NEW, "502"));
    failed(3, 11_990, 30, "http-502", 502, new Hit.Tries(NEW, "502", "0"));
    failed(4, 13_000, 10_000, "timeout", 499, new Hit.Tries(NEW, ""));
    failed(5, 9500, 2, "http-502", 502, new Hit.Tries("10.0.1.9:5000, " + NEW, "502, 500", "-, 1"));
    ended(12_400, "failed", "task: non-zero exit (1)");

    Causes causes = causes();

    assertThat(causes.byCause())
        .extracting(Causes.ByCause::cause, Causes.ByCause::requests)
        .containsExactly(tuple(Cause.CRASHED, 3), tuple(Cause.OWN_ERROR, 1));
    assertThat(causes.requests().get(0).story())
        .contains("ended by itself 0.4 s later (task: non-zero exit (1)); nothing took its place");
  }

  /** Seen live: the exit code stands beside Swarm's word that it has stopped. */
  @Test
  void whoEndsBetweenTheOrderAndTheSignalWasNotStopped() {
    history
        .from("10.0.1.6", 1, 9000, 5, "v2", "r2")
        .task(10_000, "b", "pyapp", 1, "v2", "running", "shutdown");
    failed(2, 10_800, 2, "http-502", 502, new Hit.Tries(NEW, "502"));
    failed(3, 12_500, 10_000, "timeout", 499, new Hit.Tries(NEW, ""));
    ended(13_400, "shutdown", "shutdown: non-zero exit (1)");

    assertThat(causes().requests())
        .extracting(Caused::cause)
        .containsExactly(Cause.CRASHED, Cause.CRASHED);
  }

  @Test
  void nobodyMayBeReadyForAMomentOnly() {
    ended(12_000, "failed", "task: non-zero exit (1)");
    history.task(12_300, "c", 2, "v2", "running");
    failed(1, 12_350, 2, "http-502", 502, new Hit.Tries("", ""));

    assertThat(only().cause()).isEqualTo(Cause.NOBODY_READY);
    assertThat(only().story())
        .contains("ended without an order 0.4 s before; the next one, pyapp.2 (v2)")
        .endsWith("was running 50 ms before");
  }

  @Test
  void whoListensAndIsWantedRefusesNobodyThatIsExplained() {
    history.from("10.0.1.6", 1, 9000, 5, "v2", "r2");
    failed(2, 12_000, 2, "http-502", 502, new Hit.Tries(NEW, "502"));

    assertThat(only().cause()).isEqualTo(Cause.UNKNOWN);
    assertThat(only().story())
        .isEqualTo(
            "502 at +12.0 s: nginx knew only 10.0.1.6, pyapp.1 (v2) on workerN1, about which nothing"
                + " is recorded that explains it, and had the request for 2 ms");
  }

  @Test
  void aLostNodeTakesItsTasksWithIt() {
    history.event(Event.Happened.nodeLost(Histories.ZERO + 9000, "workerN1"));
    failed(1, 9500, 10_000, "timeout", 499, new Hit.Tries(NEW, ""));

    assertThat(only().cause()).isEqualTo(Cause.NODE_LOST);
    assertThat(only().setting()).isEqualTo("during: kill workerN1");
  }

  @Test
  void whoAnswersTooLateWasTooSlow() {
    failed(1, 9500, 10_000, "timeout", 499, new Hit.Tries(NEW, "", "0"));

    assertThat(only().cause()).isEqualTo(Cause.TOO_SLOW);
    assertThat(only().setting()).isEqualTo("load.requestTimeout: 10s");
  }

  @Test
  void nginxsOwnLimitIsNotTheUsers() {
    failed(1, 9500, 60_000, "http-504", 504, new Hit.Tries(NEW, "504", "0"));

    assertThat(only().cause()).isEqualTo(Cause.TOO_SLOW);
    assertThat(only().setting()).isEmpty();
  }

  @Test
  void aRequestThatWasSentAgainAndFailedHasTheCauseOfItsFailure() {
    failed(1, 9500, 2, "http-500", 500, new Hit.Tries(NEW, "500", "0"));
    history.add(
        new Hit(
            Histories.ZERO + 9499,
            1,
            "10.77.0.1",
            new Hit.Answer(502, 1),
            new Hit.Tries(NEW, "502"),
            AppHeaders.NONE,
            new Hit.Connection("edge1", 30, 1, 1)));

    assertThat(only().cause()).isEqualTo(Cause.OWN_ERROR);
  }

  @Test
  void aRequestThatWasSentAgainInSilenceSaysSo() {
    history.request(1, 9500, 2, Outcome.OK, "", 200, "v2");
    for (int line = 0; line < 2; line++) {
      history.add(
          new Hit(
              Histories.ZERO + 9500 + line,
              1,
              "10.77.0.1",
              new Hit.Answer(200, 1),
              new Hit.Tries(NEW, "200"),
              AppHeaders.NONE,
              new Hit.Connection("edge1", 30, 1, 1)));
    }

    assertThat(only().cause()).isEqualTo(Cause.UNKNOWN);
    assertThat(only().story()).contains("had it twice");
  }

  @Test
  void theEdgeClosesConnectionsWhenItIsChanged() {
    history
        .routes(9000, 9300, new Event.Route("pyapp", "v2", 100, List.of()))
        .lost(1, 9100, 4, "closed")
        .lost(2, 15_000, 4, "closed")
        .lost(3, 15_000, 10_000, "timeout");

    assertThat(causes().requests())
        .extracting(Caused::cause)
        .containsExactly(Cause.EDGE_CHANGED, Cause.UNKNOWN, Cause.LOAD);
  }

  @Test
  void withoutAnEdgeNobodyIsServed() {
    history
        .task(9000, "n", "nginx", 1, "", "failed", "shutdown")
        .task(12_000, "m", "nginx", 1, "", "running", "running")
        .lost(1, 10_000, 4, "refused")
        .lost(2, 20_000, 4, "refused");

    assertThat(causes().requests())
        .extracting(Caused::cause)
        .containsExactly(Cause.EDGE_GONE, Cause.LOAD);
  }

  @Test
  void underVirtualAddressesACauseIsClaimedOnlyWhereOneIsPossible() {
    history.vip();
    failed(1, 8300, 2, "http-502", 502, new Hit.Tries("10.0.1.2:5000", "502"));
    failed(2, 4000, 2, "http-502", 502, new Hit.Tries("10.0.1.2:5000", "502"));
    failed(3, 30_000, 2, "http-502", 502, new Hit.Tries("10.0.1.2:5000", "502"));

    assertThat(causes().requests())
        .extracting(Caused::cause)
        .containsExactly(Cause.NOT_LISTENING_YET, Cause.NOBODY_READY, Cause.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          env: {APP_ERROR_SHARE: "0.5"} | app.v2.env.APP_ERROR_SHARE: 0.5
          fault: {errors: 50 %}         | app.v2.fault: errors
          """)
  void whatMakesItInTheScenarioIsNamed(String plan, String setting) throws IOException {
    Path file = folder.resolve("x.yaml");
    Files.writeString(
        file,
        """
        name: x
        question: Why?
        strategy: rolling
        app: {v2: {%s}}
        """
            .formatted(plan));
    history = stopFirst(Histories.of(new ScenarioReader().read(file)));
    failed(1, 9500, 2, "http-500", 500, new Hit.Tries(NEW, "500", "0"));

    assertThat(only().cause()).isEqualTo(Cause.OWN_ERROR);
    assertThat(only().setting()).isEqualTo(setting);
  }

  @Test
  void theyStandInTheReport() throws IOException {
    for (int i = 0; i < 25; i++) {
      failed(1 + i, 4000 + i, 2, "http-502", 502, new Hit.Tries("", ""));
    }

    Report.render(List.of(Analysis.analyse(history.build())), folder);

    assertThat(folder.resolve("rolling.html"))
        .content()
        .contains("<h2>Why requests failed</h2>", "nobody was ready", "15 more are in results.json")
        .doesNotContain("<h2>Causes of failed requests</h2>");
    assertThat(folder.resolve("index.html"))
        .content()
        .contains("<h2>Why requests failed</h2>", "25 of 25");
    String json = Files.readString(folder.resolve("results.json"));
    assertThat(json.lines().filter(line -> line.contains("\"story\" :"))).hasSize(25);
  }

  @Test
  void whereNothingFailedNothingIsSaid() throws IOException {
    history.ok(1, 100, 5, "v1");

    Report.render(List.of(Analysis.analyse(history.build())), folder);

    assertThat(causes()).isEqualTo(new Causes(0, 0, List.of(), List.of()));
    for (String page : Set.of("index.html", "rolling.html")) {
      assertThat(folder.resolve(page)).content().doesNotContain("Why requests failed");
    }
  }

  /** How task b ended. */
  private void ended(long at, String state, String message) {
    history.event(
        new Event.TaskChange(
            Histories.ZERO + at,
            Histories.ZERO + at,
            new TaskRef("b", "pyapp", 1, "workerN1", "v2"),
            state,
            "shutdown",
            message));
  }

  /** A request that failed, and what the edge logged of it. */
  private void failed(
      long id, long at, int latency, String error, int edgeStatus, Hit.Tries tries) {
    int status = error.startsWith("http") ? edgeStatus : 0;
    history
        .request(id, at, latency, Outcome.FAILED, error, status, "")
        .add(
            new Hit(
                Histories.ZERO + at + latency,
                id,
                "10.77.0.1",
                new Hit.Answer(edgeStatus, latency),
                tries,
                AppHeaders.NONE,
                new Hit.Connection("edge1", 30, id, 1)));
  }

  private Causes causes() {
    return Analysis.analyse(history.build()).part(Causes.class).orThrow();
  }

  private Caused only() {
    assertThat(causes().requests()).hasSize(1);
    return causes().requests().get(0);
  }
}
