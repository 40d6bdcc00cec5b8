package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rolloutlab.alarm.CalledBack;
import io.rolloutlab.analysis.causes.Cause;
import io.rolloutlab.analysis.causes.Caused;
import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.analysis.measure.Measures;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** v2 gets a copy of every request, and users are answered by v1 alone. */
class ShadowTest {
  private static final String LOAD =
      "load: {ratePerSecond: 20, warmUp: 2s, coolDown: 5s, newConnectionShare: 0%s}";

  @TempDir Path folder;

  private TwinRun run(String app, String... more) {
    return loaded("", app, more);
  }

  private TwinRun loaded(String load, String app, String... more) {
    return TwinRun.of(
        folder,
        "strategy: shadow",
        LOAD.formatted(load),
        "app: {replicas: 3, healthCheck: {interval: 1s}, %s}".formatted(app),
        String.join("\n", more));
  }

  private static OptionalDouble value(TwinRun run, String measure) {
    return Measures.find(measure).orElseThrow().value(run.findings().evidence());
  }

  @Test
  void usersAreAnsweredByV1AloneAndThatCanBeExpected() {
    TwinRun run =
        run(
            "v2: {env: {APP_ERROR_SHARE: \"1\"}}",
            "expect: {errorShareAtMost: 0, mixedVersions: false, metV2Percent: {atMost: 0}}");

    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(Event.End.COMPLETED);
    assertThat(run.history().requests())
        .hasSizeGreaterThan(500)
        .allMatch(request -> request.outcome() == Outcome.OK && request.version().equals("v1"));
    assertThat(run.started("v2")).hasSize(3);
    assertThat(run.findings().reasons()).isEmpty();
    assertThat(run.findings().verdict()).isEqualTo(Verdict.PASS);
  }

  /** Which a wish for both versions would break, were v2 to be met. */
  @Test
  void thatBothVersionsAnswerIsNotMet() {
    TwinRun run = run("v2: {}", "expect: {mixedVersions: true}");

    assertThat(run.findings().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(run.findings().reasons()).singleElement().asString().contains("one version alone");
  }

  @Test
  void copiesAreSentForAsLongAsIsAskedAndTheSecondServiceIsRemoved() {
    TwinRun run = run("v2: {}", "shadow: {copyFor: 12s}");

    assertThat(run.history().events(Event.EdgeChange.class))
        .extracting(Event.EdgeChange::mirror)
        .containsExactly(null, "shadow-pyapp", null);
    Event.EdgeChange[] changes =
        run.history().events(Event.EdgeChange.class).toArray(Event.EdgeChange[]::new);
    assertThat(changes[2].atMillis() - changes[1].doneAtMillis()).isBetween(12_000L, 13_000L);
    assertThat(CalledBack.commands(run.history())).endsWith("docker service rm shadow-pyapp");
  }

  @Test
  void aV2ThatCrashesSpoilsNothing() {
    TwinRun run =
        run("v2: {env: {APP_CRASH_AFTER_SECONDS: \"4\"}}", "expect: {mixedVersions: false}");

    assertThat(run.history().events(Event.Fault.class)).noneMatch(Event.Fault::spoils);
    assertThat(run.started("v2")).as("Swarm starts others").hasSizeGreaterThan(6);
    assertThat(run.findings().reasons()).isEmpty();
    assertThat(run.findings().verdict()).isEqualTo(Verdict.PASS);
  }

  /** What is about users who are brought to v2 has no number, and none that is wrong. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rolloutSeconds",
        "lastV1AnswerSeconds",
        "abortSeconds",
        "rollbackSeconds",
        "lastV2AnswerSeconds",
        "mixedSeconds",
        "sawV1AgainPercent",
        "exposedUsersPercent",
        "exposedRequestsPercent"
      })
  void thereIsNoWayToV2ThatCouldTakeItsTime(String measure) {
    TwinRun run = run("v2: {}");

    assertThat(value(run, measure)).isEmpty();
    assertThat(run.findings().transitions().orThrow()).isEmpty();
    assertThat(value(run, "metV2Percent")).hasValue(0);
    assertThat(value(run, "extraTasks")).hasValue(3);
  }

  @Test
  void whoWaitsBehindACopyWaitsForTheStrategysSetting() {
    TwinRun run = loaded(", requestTimeout: 1s", "v2: {env: {APP_LATENCY_MILLIS: \"1500\"}}");

    Causes causes = run.findings().part(Causes.class).orThrow();
    assertThat(causes.failed()).isPositive();
    assertThat(causes.requests())
        .filteredOn(one -> one.cause() == Cause.BEHIND_COPIES)
        .hasSizeGreaterThan(10)
        .extracting(Caused::setting)
        .containsOnly("shadow.copyFor: 30s");
  }

  /** v1 fails itself, so that the alarm rings as soon as it is on, while the second one starts. */
  @ParameterizedTest
  @ValueSource(strings = {"0s", "2s", "5s", "10s", "20s"})
  void isCalledBackFromAnyPoint(String reaction) {
    TwinRun run =
        run(
            "v1: {env: {APP_ERROR_SHARE: \"0.3\"}}",
            "alarm: {within: 2s, atLeast: 10, reaction: %s}".formatted(reaction));

    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(Event.End.COMPLETED);
    assertThat(run.history().events(Event.CalledBack.class)).hasSize(1);
    assertThat(run.history().events(Event.EdgeChange.class).toList())
        .last()
        .extracting(Event.EdgeChange::mirror)
        .isNull();
    assertThat(CalledBack.commands(run.history())).endsWith("docker service rm shadow-pyapp");
    assertThat(run.history().requests()).noneMatch(request -> request.version().equals("v2"));
  }

  /** Slow copies hurt users until they end. */
  @Test
  void anAlarmThatUsersRingBehindCopiesEndsThem() {
    TwinRun run =
        loaded(
            ", requestTimeout: 1s",
            "v2: {env: {APP_LATENCY_MILLIS: \"1500\"}}",
            "shadow: {copyFor: 60s}",
            "alarm: {reaction: 1s}");

    assertThat(run.history().events(Event.CalledBack.class)).hasSize(1);
    assertThat(
            run.history().requests().stream()
                .sorted(Comparator.comparing(Request::actualAtMillis).reversed())
                .limit(60))
        .allMatch(request -> request.outcome() == Outcome.OK);
  }

  @Test
  void aGlobalServiceHasAShadowOnEachNode() {
    TwinRun run =
        TwinRun.of(
            folder, "strategy: shadow", LOAD.formatted(""), "app: {mode: global}", "shadow: {}");

    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(Event.End.COMPLETED);
    assertThat(run.started("v2")).hasSameSizeAs(run.started("v1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rolloutAtMost", "rollbackAtMost", "abortAtMost"})
  void aTimeUntilV2ServesIsNotExpectedOfIt(String key) {
    assertThatThrownBy(() -> run("v2: {}", "expect:\n  %s: 5s".formatted(key)))
        .isInstanceOf(InvalidScenarioException.class)
        .hasMessageContaining(
            ":7: expect.%s: is about the time until all users are served".formatted(key));
  }
}
