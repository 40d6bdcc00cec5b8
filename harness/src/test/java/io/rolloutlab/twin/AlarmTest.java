package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.alarm.CalledBack;
import io.rolloutlab.analysis.alarm.Alarmed;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.matrix.MatrixRun;
import io.rolloutlab.scenario.update.UpdateEnd;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each delivered strategy under an alarm: with a v2 of which three in ten answers fail, and a good
 * one.
 */
class AlarmTest {
  private static final String BAD = "app: {replicas: 3, v2: {env: {APP_ERROR_SHARE: \"0.3\"}}}";
  private static final String GOOD = "app: {replicas: 3}";
  private static final String ALARM = "alarm: {reaction: 3s}";
  private static final String ROLLS_BACK = "docker service rollback pyapp";

  /**
   * What is said of each but the app and the alarm; a smoke test of some requests lets errors pass.
   */
  private static final Map<String, String> STRATEGIES =
      Map.of(
          "rolling",
          "strategy: rolling\nrolling: {hold: 20s}",
          "start-first",
          "strategy: rolling\nrolling: {update: {order: start-first}, hold: 20s}",
          "blue-green",
          "strategy: blue-green\nblueGreen: {smokeRequests: 1, keepBlue: 25s}",
          "canary",
          "strategy: canary",
          "canary-ip",
          "strategy: canary-ip\ncanaryIp: {addresses: [10.77.0.0/26]}");

  @TempDir Path folder;

  static Stream<String> strategies() {
    return STRATEGIES.keySet().stream().sorted();
  }

  private TwinRun run(String name, String... lines) {
    return TwinRun.of(folder.resolve(name), lines);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void aBadVersionIsCalledBackAndV1ServesAgain(String strategy) {
    TwinRun run = run("alarm", STRATEGIES.get(strategy), BAD, ALARM);
    TwinRun nobody = run("nobody", STRATEGIES.get(strategy), BAD);

    Alarmed alarmed = CalledBack.alarmHoldsIn(run.history());

    assertThat(alarmed.first()).isEqualTo(Alarmed.First.ALARM);
    assertThat(run.findings().reconciliation().orThrow().reasons()).isEmpty();
    assertThat(nobody.history().events(Event.AlarmRang.class)).isEmpty();
    assertThat(nobody.findings().list(Alarmed.class).orThrow()).isEmpty();
    long zero = nobody.findings().timeline().zeroAtEpochMillis();
    assertThat(nobody.history().requests())
        .as("without it the harm goes on")
        .filteredOn(request -> request.outcome() == Outcome.FAILED)
        .filteredOn(r -> r.actualAtMillis() - zero > alarmed.servedAgainAtMillis().getAsLong())
        .hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void aGoodVersionRingsNoAlarmAndNothingIsElse(String strategy) {
    TwinRun run = run("alarm", STRATEGIES.get(strategy), GOOD, ALARM);
    TwinRun nobody = run("nobody", STRATEGIES.get(strategy), GOOD);

    assertThat(run.history().events()).isEqualTo(nobody.history().events());
    assertThat(run.history().requests()).isEqualTo(nobody.history().requests());
    Alarmed alarmed = run.findings().list(Alarmed.class).orThrow().get(0);
    assertThat(alarmed.first()).isEqualTo(Alarmed.First.NOBODY);
    assertThat(alarmed.servedAgainAtMillis()).isEmpty();
    assertThat(alarmed.alarmAtMillis()).isEmpty();
    assertThat(alarmed.orderAtMillis()).isEmpty();
  }

  @Test
  void whatWasToHappenAfterTheCallIsNoFault() {
    String later = "during: [{at: 90s, scale: {service: pyapp, replicas: 4}}]";
    TwinRun run = run("alarm", STRATEGIES.get("rolling"), BAD, ALARM, later);

    assertThat(run.history().events(Event.Fault.class)).isEmpty();
    assertThat(run.history().events(Event.Step.class))
        .extracting(Event.Step::label)
        .anyMatch(
            label -> label.endsWith("did not happen, since the rollout was called back before"));
  }

  /** Without somebody who looks, and without a way back, nobody is served well again. */
  @ParameterizedTest
  @MethodSource("strategies")
  void whatIsTidiedUpAfterACallIsTheSecondService(String strategy) {
    TwinRun run = run("alarm", STRATEGIES.get(strategy), BAD, ALARM);

    assertThat(CalledBack.commands(run.history()))
        .filteredOn(command -> command.startsWith("docker service rm"))
        .isEqualTo(
            run.history().manifest().scenario().services().stream()
                .filter(service -> !service.equals("pyapp"))
                .map(service -> "docker service rm " + service)
                .toList());
  }

  @Test
  void anUpdateIsRolledBackWhileItGoesOn() {
    TwinRun run = run("alarm", STRATEGIES.get("rolling"), BAD, ALARM);

    assertThat(CalledBack.commands(run.history())).containsOnlyOnce(ROLLS_BACK);
    assertThat(run.started("v2")).hasSizeLessThan(3);
    assertThat(run.history().events(Event.UpdateEnded.class))
        .singleElement()
        .satisfies(
            ended -> {
              assertThat(ended.rollback()).isTrue();
              assertThat(ended.end()).isEqualTo(UpdateEnd.ROLLED_BACK);
            });
  }

  @Test
  void aCanaryIsCalledBackAtItsStep() {
    TwinRun run = run("alarm", STRATEGIES.get("canary"), BAD, ALARM);

    List<Event.EdgeChange> changes = run.history().events(Event.EdgeChange.class).toList();
    Event.CalledBack order = run.history().events(Event.CalledBack.class).findFirst().orElseThrow();
    assertThat(changes)
        .filteredOn(change -> change.atMillis() < order.atMillis())
        .hasSizeBetween(2, 4);
    assertThat(changes)
        .filteredOn(change -> change.atMillis() >= order.atMillis())
        .singleElement()
        .satisfies(
            last ->
                assertThat(last.routes())
                    .extracting(Event.Route::service)
                    .containsExactly("pyapp"));
  }

  /** v1 fails itself, so that the alarm rings as soon as it is on, while green is made. */
  @Test
  void blueGreenIsCalledBackBeforeTheSwitch() {
    TwinRun run =
        run(
            "alarm",
            "strategy: blue-green",
            "app: {replicas: 2, v1: {env: {APP_ERROR_SHARE: \"0.2\"}},"
                + " v2: {env: {APP_START_DELAY_SECONDS: \"15\"}}}",
            "alarm: {reaction: 3s, within: 5s}");

    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(Event.End.COMPLETED);
    assertThat(run.history().events(Event.EdgeChange.class)).as("all to v1, once").hasSize(1);
    assertThat(run.history().events(Event.Step.class))
        .extracting(Event.Step::label)
        .contains("nothing was switched yet: the edge serves as before")
        .endsWith("remove green-pyapp");
    assertThat(run.history().requests()).noneMatch(request -> request.version().equals("v2"));
  }

  /** Swarm sees a task end before the alarm is acted on. */
  @Test
  void whatSwarmTakesBackItselfIsNotTakenBackAgain() {
    TwinRun run = swarmFirst("monitor: 60s");

    assertThat(CalledBack.commands(run.history())).doesNotContain(ROLLS_BACK);
    assertThat(CalledBack.alarmHoldsIn(run.history()).first())
        .isEqualTo(Alarmed.First.SWARM_ROLLED_BACK);
    assertThat(MatrixRun.of(run.findings()).outcome())
        .isEqualTo("rolled back by Swarm, the alarm's order came later");
    String told = Comparison.of(List.of(run.findings())).rows().get(0).outcome();
    assertThat(told)
        .matches("rolled back by Swarm: decided at .* s, done at .* s; the alarm's order came .*");
    assertThat(run.history().events(Event.Step.class))
        .extracting(Event.Step::label)
        .contains("Swarm rolls back to v1 by itself already: there is nothing to order");
    assertThat(run.history().events(Event.UpdateEnded.class))
        .singleElement()
        .satisfies(
            ended -> {
              assertThat(ended.rollback()).isFalse();
              assertThat(ended.end()).isEqualTo(UpdateEnd.ROLLED_BACK);
            });
  }

  @Test
  void whatSwarmHasTakenBackIsLeftAsItIs() {
    TwinRun run = swarmFirst("monitor: 100ms");

    assertThat(CalledBack.commands(run.history())).doesNotContain(ROLLS_BACK);
    assertThat(CalledBack.alarmHoldsIn(run.history()).first())
        .isEqualTo(Alarmed.First.SWARM_ROLLED_BACK);
    assertThat(run.history().events(Event.Step.class))
        .extracting(Event.Step::label)
        .contains("there is nothing to take back: v1 serves already");
    assertThat(run.history().events(Event.UpdateEnded.class)).hasSize(1);
  }

  private TwinRun swarmFirst(String monitorOfRollback) {
    return run(
        "alarm",
        "strategy: rolling",
        "app: {replicas: 3, v2: {env: {APP_ERROR_SHARE: \"1\", APP_CRASH_AFTER_SECONDS: \"5\"}}}",
        "rolling: {update: {failureAction: rollback, monitor: 20s}, rollback: {delay: 0s, %s}}"
            .formatted(monitorOfRollback),
        "alarm: {reaction: 10s}");
  }

  /** The update is paused: a person has to take it back, and that is the alarm's. */
  @Test
  void whatSwarmHasPausedIsTakenBack() {
    TwinRun run =
        run(
            "alarm",
            "strategy: rolling",
            "app: {replicas: 3, v2: {env: {APP_ERROR_SHARE: \"1\", APP_CRASH_AFTER_SECONDS: \"5\"}}}",
            "rolling: {update: {failureAction: pause, monitor: 20s}, rollback: {delay: 0s},"
                + " hold: 60s, backAgain: false}",
            "alarm: {reaction: 10s}");

    assertThat(CalledBack.commands(run.history())).containsOnlyOnce(ROLLS_BACK);
    assertThat(CalledBack.alarmHoldsIn(run.history()).first())
        .isEqualTo(Alarmed.First.SWARM_PAUSED);
    assertThat(MatrixRun.of(run.findings()).outcome())
        .isEqualTo("paused by Swarm, then called back by the alarm");
    String told = Comparison.of(List.of(run.findings())).rows().get(0).outcome();
    assertThat(told)
        .matches("paused by Swarm at .* s, then called back by the alarm at .* s: .* failed, .*");
    assertThat(MatrixRun.of(run.findings()).detail()).isEqualTo(told);
  }

  /** Nobody tidies up while the alarm is on. */
  @Test
  void theLastHoldIsNotLeftWhileAnOrderIsDue() {
    TwinRun run =
        run(
            "alarm",
            "strategy: rolling",
            "app: {replicas: 1, v2: {env: {APP_ERROR_SHARE: \"1\"}}}",
            "rolling: {update: {delay: 0s, monitor: 1s}, hold: 5s, backAgain: false}",
            "alarm: {reaction: 20s}");

    CalledBack.alarmHoldsIn(run.history());
    assertThat(run.history().events(Event.PhaseStarted.class))
        .extracting(Event.PhaseStarted::phase)
        .filteredOn(phase -> phase == PhaseKind.HOLD)
        .hasSize(2);
  }

  @Test
  void slowAnswersOfV2AloneRingIt() {
    TwinRun run =
        run(
            "alarm",
            "strategy: canary-ip",
            "app: {replicas: 2, v2: {env: {APP_LATENCY_MILLIS: \"800\"}}}",
            "canaryIp: {addresses: [10.77.0.0/27]}",
            "alarm: {slowerThan: 500ms, of: v2, reaction: 2s}");

    Event.AlarmRang rang = run.history().events(Event.AlarmRang.class).findFirst().orElseThrow();
    assertThat(rang.signal()).isEqualTo("slow");
    assertThat(rang.bad()).isEqualTo(rang.requests());
    assertThat(run.history().events(Event.CalledBack.class)).hasSize(1);
  }

  @Test
  void theOrderIsOnePhaseAfterTheOther() {
    TwinRun run = run("alarm", STRATEGIES.get("blue-green"), BAD, ALARM);

    assertThat(run.history().events(Event.PhaseStarted.class))
        .extracting(Event.PhaseStarted::phase)
        .containsExactly(
            PhaseKind.SETUP,
            PhaseKind.WARM_UP,
            PhaseKind.ROLLOUT,
            PhaseKind.HOLD,
            PhaseKind.ROLLBACK,
            PhaseKind.HOLD,
            PhaseKind.COOL_DOWN,
            PhaseKind.TEARDOWN);
  }
}
