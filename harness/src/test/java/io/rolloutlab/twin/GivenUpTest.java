package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.alarm.CalledBack;
import io.rolloutlab.analysis.alarm.Alarmed;
import io.rolloutlab.analysis.outcome.GiveUp;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.verdict.ExpectationResult;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.matrix.MatrixRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step that waits in vain is an outcome: the rollout is taken back, and v1 watched. */
class GivenUpTest {
  private static final String BLUE_GREEN = "strategy: blue-green";
  private static final String NEVER_HEALTHY =
      "app: {replicas: 2, startLimit: 15s, healthCheck: {interval: 1s}, v2: {fault: never-healthy}}";

  @TempDir Path folder;

  private TwinRun run(String... lines) {
    return TwinRun.of(folder, lines);
  }

  private static Event.GivenUp given(TwinRun run) {
    List<Event.GivenUp> all = run.history().events(Event.GivenUp.class).toList();
    assertThat(all).as(run.end().cause()).hasSize(1);
    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(Event.End.COMPLETED);
    assertThat(run.end().cause()).isEmpty();
    return all.get(0);
  }

  private static List<String> labels(TwinRun run) {
    return run.history().events(Event.Step.class).map(Event.Step::label).toList();
  }

  private static String outcome(TwinRun run) {
    return Comparison.of(List.of(run.findings())).rows().get(0).outcome();
  }

  @Test
  void greenThatNeverRunsIsTakenBack() {
    TwinRun run = run(BLUE_GREEN, NEVER_HEALTHY);

    Event.GivenUp given = given(run);
    assertThat(given.waitedMillis()).isBetween(15_000L, 15_200L);
    assertThat(given.what()).isEqualTo("2 of green-pyapp's tasks run v2");
    assertThat(given.missing()).startsWith("0 run\n").contains("unhealthy");
    assertThat(given.inWords())
        .isEqualTo("given up after 15.1 s: 2 of green-pyapp's tasks run v2 (0 run)");
    assertThat(run.history().events(Event.PhaseStarted.class))
        .extracting(Event.PhaseStarted::phase)
        .containsExactly(
            PhaseKind.SETUP,
            PhaseKind.WARM_UP,
            PhaseKind.ROLLOUT,
            PhaseKind.ROLLBACK,
            PhaseKind.HOLD,
            PhaseKind.COOL_DOWN,
            PhaseKind.TEARDOWN);
    assertThat(labels(run))
        .contains("nothing was switched yet: the edge serves as before")
        .endsWith("remove green-pyapp");
    assertThat(run.history().events(Event.EdgeChange.class)).as("all to v1, once").hasSize(1);
    assertThat(run.history().requests()).allMatch(request -> request.version().equals("v1"));
  }

  @Test
  void itIsJudgedByWhatCameOfIt() {
    TwinRun run = run(BLUE_GREEN, NEVER_HEALTHY);
    MatrixRun cell = MatrixRun.of(run.findings());
    Comparison.Row row = Comparison.of(List.of(run.findings())).rows().get(0);

    assertThat(run.findings().verdict()).isEqualTo(Verdict.NOTHING_EXPECTED);
    assertThat(run.findings().cutOff()).isEmpty();
    assertThat(row.outcome())
        .startsWith("given up at 15.")
        .endsWith("2 of green-pyapp's tasks run v2 (0 run); v1 served all the time");
    assertThat(row.unranked()).isEqualTo("its rollout was given up");
    assertThat(cell.outcome()).isEqualTo(MatrixRun.GIVEN_UP);
    assertThat(cell.detail()).isEqualTo(row.outcome());
    assertThat(cell.trouble()).isEmpty();
    assertThat(cell.values()).containsEntry("usersHurt", 0.0);
  }

  /** Of forty answers in a row none is an error by chance. */
  @Test
  void aSmokeTestThatFailsIsTakenBack() {
    TwinRun run =
        run(BLUE_GREEN, "app: {replicas: 2, startLimit: 10s, v2: {fault: {errors: 50 %}}}");

    Event.GivenUp given = given(run);
    assertThat(given.what())
        .isEqualTo("40 requests in a row are answered by 2 replicas of green-pyapp");
    assertThat(given.missing()).contains("500");
    assertThat(outcome(run)).endsWith("v1 served all the time");
  }

  /** There is room for six tasks: for two of v1, and the one canary of the first step. */
  @Test
  void aCanaryIsTakenBackFromTheStepThatItHasGotTo() {
    TwinRun run =
        run(
            "strategy: canary",
            "app: {replicas: 2, startLimit: 10s, reserve: {cpus: 1}}",
            "canary: {steps: [{canary: 20, replicas: 1, hold: 10s}, {canary: 50, replicas: 5}]}");

    assertThat(given(run).what()).isEqualTo("5 of canary-pyapp's tasks run v2");
    assertThat(run.history().events(Event.EdgeChange.class))
        .last()
        .satisfies(
            last ->
                assertThat(last.routes())
                    .extracting(Event.Route::service)
                    .containsExactly("pyapp"));
    assertThat(labels(run)).contains("all to v1, since v2 does not come");
    assertThat(run.findings().transitions().orThrow())
        .extracting(Transition::kind)
        .containsExactly(Transition.Kind.ROLLOUT, Transition.Kind.ABORT);
    assertThat(run.findings().transitions().orThrow().get(1).servedAfterMillis()).isPresent();
    GiveUp part = run.findings().list(GiveUp.class).orThrow().get(0);
    assertThat(part.v2Answers()).isGreaterThan(50);
    assertThat(outcome(run))
        .endsWith("; v2 answered %s requests, and none failed".formatted(part.v2Answers()));
  }

  /** v2 never came: that nobody was hurt is no merit of the rollout. */
  @ParameterizedTest
  @ValueSource(strings = {"errorShareAtMost: 0", "mixedVersions: false", "abortAtMost: 1m"})
  void whoExpectsSomethingOfTheRolloutGetsNoPass(String expected) {
    TwinRun run = run(BLUE_GREEN, NEVER_HEALTHY, "expect: {%s}".formatted(expected));

    assertThat(run.findings().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(run.findings().reasons().get(0))
        .startsWith("The rollout was not brought to its end: it was given up at 15.");
    assertThat(MatrixRun.of(run.findings()).missed()).isNotEmpty();
  }

  @Test
  void theTimeOfARolloutThatNeverCameIsNotKept() {
    TwinRun run = run(BLUE_GREEN, NEVER_HEALTHY, "expect: {rolloutAtMost: 10m}");

    assertThat(run.findings().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(run.findings().expectations())
        .singleElement()
        .extracting(ExpectationResult::measured)
        .asString()
        .contains("it was given up after 15.");
  }

  @Test
  void whoExpectsThatItIsGivenUpGetsAPass() {
    TwinRun run =
        run(
            BLUE_GREEN,
            NEVER_HEALTHY,
            "expect: {errorShareAtMost: 0, givenUpSeconds: {atMost: 20, atLeast: 15}}");

    assertThat(run.findings().reasons()).isEmpty();
    assertThat(run.findings().verdict()).isEqualTo(Verdict.PASS);
  }

  /**
   * v1 fails itself, so that the alarm rings as soon as it is on. The step is given up before the
   * order is due: nobody waits for that, and it is not given.
   */
  @Test
  void anOrderThatIsDueIsNotWaitedFor() {
    TwinRun run =
        run(
            BLUE_GREEN,
            "load: {ratePerSecond: 20, coolDown: 15s}",
            "app: {replicas: 2, startLimit: 12s, healthCheck: {interval: 1s},"
                + " v1: {env: {APP_ERROR_SHARE: \"0.3\"}}, v2: {fault: never-healthy}}",
            "alarm: {reaction: 20s, within: 5s}");

    given(run);
    assertThat(run.history().events(Event.AlarmRang.class)).hasSize(1);
    assertThat(run.history().events(Event.CalledBack.class)).isEmpty();
    assertThat(labels(run))
        .contains("the alarm's order is not given: the rollout was given up before, and goes back");
    Alarmed alarmed = run.findings().list(Alarmed.class).orThrow().get(0);
    assertThat(alarmed.first()).isEqualTo(Alarmed.First.GIVEN_UP);
    assertThat(alarmed.alarmAtMillis()).isPresent();
    assertThat(alarmed.orderAtMillis()).isEmpty();
    assertThat(run.findings().list(Alarmed.class).orThrow()).hasSize(1);
  }

  /** An order that comes in time ends the wait. */
  @Test
  void anOrderThatComesBeforeIsFollowed() {
    TwinRun run =
        run(
            BLUE_GREEN,
            "app: {replicas: 2, startLimit: 40s, healthCheck: {interval: 1s},"
                + " v1: {env: {APP_ERROR_SHARE: \"0.3\"}}, v2: {fault: never-healthy}}",
            "alarm: {reaction: 3s, within: 5s}");

    assertThat(run.history().events(Event.GivenUp.class)).isEmpty();
    assertThat(run.history().events(Event.CalledBack.class)).hasSize(1);
    assertThat(outcome(run)).startsWith("called back by the alarm at ");
    assertThat(CalledBack.commands(run.history())).contains("docker service rm green-pyapp");
  }

  @Test
  void whatWasToHappenLaterIsNoFault() {
    TwinRun run =
        run(BLUE_GREEN, NEVER_HEALTHY, "during: [{at: 10m, scale: {service: pyapp, replicas: 4}}]");

    given(run);
    assertThat(run.history().events(Event.Fault.class)).filteredOn(Event.Fault::spoils).isEmpty();
    assertThat(labels(run))
        .anyMatch(label -> label.endsWith("did not happen, since the rollout was given up before"));
  }
}
