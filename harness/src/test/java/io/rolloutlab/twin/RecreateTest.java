package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rolloutlab.alarm.CalledBack;
import io.rolloutlab.analysis.causes.Cause;
import io.rolloutlab.analysis.causes.Caused;
import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** v1 is stopped wholly, then v2 is brought up: what users meet of it, and the way back. */
class RecreateTest {
  private static final String LOAD = "load: {ratePerSecond: 20, warmUp: 2s, coolDown: 5s}";
  private static final String CHECKED = "replicas: 3, healthCheck: {interval: 1s, retries: 10}";

  @TempDir Path folder;

  private int runs;

  private TwinRun run(String app, String... more) {
    Path its = folder.resolve("run-" + runs++);
    String lines = String.join("\n", more);
    return TwinRun.of(its, "strategy: recreate", LOAD, "app: {%s}".formatted(app), lines);
  }

  private static long outage(TwinRun run, Transition.Kind kind) {
    return run.findings().transitions().orThrow().stream()
        .filter(way -> way.kind() == kind)
        .flatMap(way -> way.longestOutage().stream())
        .mapToLong(Span::millis)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void noTaskOfOneVersionIsThereBesideOneOfTheOther() {
    TwinRun run = run(CHECKED);

    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(Event.End.COMPLETED);
    Map<String, String> there = new HashMap<>();
    for (Event.TaskChange change : run.tasks()) {
      if (change.ended()) {
        there.remove(change.task());
      } else {
        there.put(change.task(), change.version());
      }
      assertThat(there.values().stream().distinct().count()).as("%s", there).isLessThan(2);
    }
    assertThat(run.started("v2")).hasSize(3);
    assertThat(run.started("v1")).as("and back").hasSize(6);
    assertThat(run.updates()).as("Swarm has nothing to update").isEmpty();
    VersionMix versions = run.findings().versions().orThrow();
    assertThat(versions.mixedWindow()).isEmpty();
    assertThat(versions.secondsWithBoth()).isZero();
  }

  @Test
  void aPersonScalesItToNothingChangesItAndScalesItBack() {
    assertThat(CalledBack.commands(run(CHECKED).history()))
        .filteredOn(command -> command.startsWith("docker service"))
        .filteredOn(command -> !command.contains(" create "))
        .map(command -> command.replaceFirst("(--image )\\S*(v\\d) .*", "$1$2"))
        .containsExactly(
            "docker service scale pyapp=0",
            "docker service update --image v2",
            "docker service scale pyapp=3",
            "docker service scale pyapp=0",
            "docker service update --image v1",
            "docker service scale pyapp=3");
  }

  @Test
  void nobodyIsServedUntilV2IsReadyAndThatIsTheStrategysDoing() {
    TwinRun run = run(CHECKED);

    assertThat(run.findings().transitions().orThrow())
        .extracting(Transition::kind)
        .containsExactly(Transition.Kind.ROLLOUT, Transition.Kind.ROLLBACK);
    for (Transition way : run.findings().transitions().orThrow()) {
      assertThat(way.longestOutage().orElseThrow().millis())
          .as("%s", way)
          .isBetween(2_000L, way.servedAfterMillis().orElseThrow());
    }
    Causes causes = run.findings().part(Causes.class).orThrow();
    assertThat(causes.unknown()).isZero();
    assertThat(causes.requests())
        .filteredOn(one -> one.cause() == Cause.NOBODY_READY)
        .hasSizeGreaterThan(40)
        .extracting(Caused::setting)
        .containsOnly("strategy: recreate");
  }

  @Test
  void theOutageIsAsMuchLongerAsV2TakesToStart() {
    long usual = outage(run(CHECKED), Transition.Kind.ROLLOUT);
    TwinRun slow = run(CHECKED + ", v2: {env: {APP_START_DELAY_SECONDS: \"6\"}}");

    assertThat(outage(slow, Transition.Kind.ROLLOUT) - usual).isBetween(4_500L, 7_500L);
    assertThat(Math.abs(outage(slow, Transition.Kind.ROLLBACK) - usual)).isLessThan(2_000);
  }

  /** A task that was told to stop has lost its name at once, and is waited for all the same. */
  @Test
  void theOutageIsAsMuchLongerAsV1TakesToStop() {
    long usual = outage(run(CHECKED), Transition.Kind.ROLLOUT);
    TwinRun deaf = run(CHECKED + ", stopGrace: 8s, v1: {env: {APP_IGNORE_SIGTERM: \"true\"}}");

    assertThat(outage(deaf, Transition.Kind.ROLLOUT) - usual).isBetween(5_500L, 9_500L);
  }

  /** The outage itself rings the alarm: while v1 stops, while v2 starts, and when it serves. */
  @ParameterizedTest
  @ValueSource(strings = {"0s", "1s", "2s", "3s", "4s", "6s", "9s", "15s"})
  void isCalledBackFromAnyPoint(String reaction) {
    TwinRun run =
        run(
            CHECKED + ", v2: {env: {APP_ERROR_SHARE: \"0.3\", APP_START_DELAY_SECONDS: \"2\"}}",
            "recreate: {hold: 30s}",
            "alarm: {within: 1s, atLeast: 5, reaction: %s}".formatted(reaction));

    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(Event.End.COMPLETED);
    assertThat(run.history().events(Event.CalledBack.class)).hasSize(1);
    List<Request> last =
        run.history().requests().stream()
            .sorted(Comparator.comparing(Request::actualAtMillis).reversed())
            .limit(60)
            .toList();
    assertThat(last)
        .allMatch(request -> request.outcome() == Outcome.OK && request.version().equals("v1"));
    assertThat(run.findings().part(Causes.class).orThrow().unknown()).isZero();
  }

  /** Swarm never hears that a task has ended which was lost with its node. */
  @Test
  void whatIsLostIsNotWaitedFor() {
    TwinRun run = run(CHECKED, "during: [{at: 0s, kill: workerN1}]");

    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(Event.End.COMPLETED);
    assertThat(run.started("v2")).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void aGlobalServiceIsRefusedWithItsLine() {
    assertThatThrownBy(() -> run("mode: global"))
        .isInstanceOf(InvalidScenarioException.class)
        .hasMessageContaining(":5: app.mode: is global, but recreate scales the service");
  }
}
