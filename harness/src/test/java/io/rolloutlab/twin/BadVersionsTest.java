package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Request;
import io.rolloutlab.html.part.Conditions;
import io.rolloutlab.scenario.app.AppFaultKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault shows by its defaults in a run of a minute, as users and Swarm see it. */
class BadVersionsTest {
  private static final String APP =
      "app: {replicas: 2, stopGrace: 4s, healthCheck: {interval: 1s%s}, limits: {memory: 128MiB},"
          + " v2: {%s}}";

  @TempDir Path folder;
  private int runs;

  private TwinRun rolling(String fault) {
    return run(APP.formatted("", "fault: " + fault), "seed: 1");
  }

  private TwinRun run(String app, String more) {
    return TwinRun.of(
        folder.resolve("" + runs++),
        "strategy: rolling",
        "load: {ratePerSecond: 20, warmUp: 2s, coolDown: 1s}",
        // It is seen what becomes of a bad version where nobody calls it back.
        "alarm: none",
        "rolling: {hold: 25s, update: {delay: 5s}, limit: 1m}",
        app,
        more);
  }

  private static List<Request> ofV2(TwinRun run) {
    return run.history().requests().stream()
        .filter(request -> request.version().equals("v2"))
        .toList();
  }

  private static List<Event.TaskChange> changesOfV2(TwinRun run) {
    return run.tasks().stream().filter(change -> change.version().equals("v2")).toList();
  }

  /** State and message of those that ended by themselves. */
  @ParameterizedTest
  @CsvSource({
    "crashes-at-start, failed, task: non-zero exit (1)",
    "crashes, failed, task: non-zero exit (1)",
    "never-healthy, complete, finished",
    "sours, complete, finished",
    "leaks, failed, task: non-zero exit (137)",
    "deaf, shutdown, shutdown: non-zero exit (137)"
  })
  void itsTasksEnd(String fault, String state, String message) {
    TwinRun run = rolling(fault);

    assertThat(changesOfV2(run))
        .filteredOn(change -> change.state().equals(state))
        .isNotEmpty()
        .allMatch(change -> change.message().equals(message));
  }

  /** Whether users ever reach it: a health check keeps it from them, or comes too late. */
  @ParameterizedTest
  @CsvSource({
    "crashes-at-start, false",
    "never-healthy, false",
    "crashes, true",
    "sours, true",
    "leaks, true",
    "deaf, true"
  })
  void itRunsOrNeverDoes(String fault, boolean runs) {
    TwinRun run = rolling(fault);

    assertThat(run.started("v2").isEmpty()).isEqualTo(!runs);
    assertThat(ofV2(run).isEmpty()).isEqualTo(!runs);
  }

  @Test
  void whatStartsSlowlyListensLate() {
    String patient = ", startPeriod: 30s, startInterval: 1s";
    TwinRun run = run(APP.formatted(patient, "fault: starts-slowly"), "seed: 1");

    Event.TaskChange first = run.started("v2").get(0);
    assertThat(first.atMillis() - run.reached(first.task(), "starting"))
        .isBetween(20_000L, 24_000L);
  }

  @Test
  void aShareOfItsAnswersAreErrors() {
    List<Request> answers = ofV2(rolling("{errors: 30 %}"));

    long errors = answers.stream().filter(answer -> answer.status() == 500).count();
    assertThat(answers).hasSizeGreaterThan(250);
    assertThat((double) errors / answers.size()).isBetween(0.22, 0.38);
  }

  @Test
  void itFailsFromAMomentOnAndNotBefore() {
    TwinRun run = rolling("{fails-later: {after: 6s}}");
    String container = ofV2(run).get(0).replica();
    List<Request> answers =
        ofV2(run).stream().filter(answer -> answer.replica().equals(container)).toList();

    long lastGood =
        answers.stream()
            .filter(answer -> answer.outcome() == Outcome.OK)
            .mapToLong(Request::actualAtMillis)
            .max()
            .orElseThrow();
    List<Request> bad = answers.stream().filter(answer -> answer.status() == 500).toList();
    assertThat(bad).hasSizeGreaterThan(30);
    // It listens before its health check knows, and the edge after that.
    assertThat(bad.get(0).actualAtMillis() - answers.get(0).actualAtMillis())
        .isBetween(3_500L, 6_200L);
    assertThat(lastGood - bad.get(0).actualAtMillis()).isLessThan(500);
  }

  @Test
  void everyAnswerIsSlow() {
    assertThat(ofV2(rolling("slow")))
        .hasSizeGreaterThan(250)
        .allMatch(answer -> answer.latencyMillis() >= 500);
  }

  /** Without another try the user sees what a task dropped when it was told to stop. */
  @Test
  void whatIsInFlightIsCut() {
    String once = "edge: {retries: false}";
    String patient = APP.replace("stopGrace: 4s", "stopGrace: 20s");
    String cuts = "fault: {cuts: {share: 10 %, latency: 6s}}";
    String slow = "env: {APP_LATENCY_MILLIS: \"6000\", APP_LATENCY_SHARE: \"0.1\"}";

    assertThat(cut(run(patient.formatted("", cuts), once))).isGreaterThan(2);
    assertThat(cut(run(patient.formatted("", slow), once))).isZero();
  }

  private static long cut(TwinRun run) {
    return run.history().hits().stream().filter(hit -> hit.status() == 502).count();
  }

  @Test
  void aShareOfTheRequestsTakesLonger() {
    List<Request> answers = ofV2(rolling("cuts"));

    long slow = answers.stream().filter(answer -> answer.latencyMillis() >= 3000).count();
    assertThat((double) slow / answers.size()).isBetween(0.15, 0.27);
  }

  @ParameterizedTest
  @EnumSource(AppFaultKind.class)
  void theReportSaysWhatWasWrongWithIt(AppFaultKind kind) {
    TwinRun run = rolling(kind.word());

    assertThat(Conditions.of(run.findings()))
        .contains(
            new Conditions.Condition(
                "Fault of v2", kind.word() + ": v2 " + kind.byDefault().words()));
  }
}
