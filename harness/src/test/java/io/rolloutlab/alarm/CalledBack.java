package io.rolloutlab.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.alarm.Alarmed;
import io.rolloutlab.analysis.verdict.Violation;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Request;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A rolling update to a v2 of which three in ten answers fail, which an alarm calls back on its
 * way: what has to be seen of it, wherever it was run. How long Swarm takes is left open.
 */
public final class CalledBack {
  /**
   * The lines of its file but for name and question. The first task of three is v2 for 8 s and
   * more: a tenth of all requests fails, which is twice what rings.
   */
  public static final String SCENARIO =
      """
      strategy: rolling
      cluster: {managers: 1, workers: 2}
      edge: {constraints: [node.role == manager]}
      load: {ratePerSecond: 20, users: 40, warmUp: 3s, coolDown: 3s, requestTimeout: 5s}
      app: {replicas: 3, constraints: [node.role == worker], v2: {env: {APP_ERROR_SHARE: "0.3"}}}
      rolling:
        update: {delay: 12s, monitor: 1s}
        rollback: {delay: 0s, monitor: 1s}
        hold: 5s
      alarm: {failedAbove: 5 %, within: 5s, atLeast: 20, reaction: 2s}
      expect: {rolloutAtMost: 2m}
      """;

  /** What a busy machine adds before something is done that is due. */
  private static final long LATE_MILLIS = 2000;

  private CalledBack() {}

  /** Checks the run of {@link #SCENARIO}. */
  public static void holdsIn(History history) {
    Alarmed alarmed = alarmHoldsIn(history);

    assertThat(alarmed.first()).isEqualTo(Alarmed.First.ALARM);
    assertThat(commands(history)).containsOnlyOnce("docker service rollback pyapp");
    assertThat(slotsWith("v2", history)).as("the update was cut short").hasSizeBetween(1, 2);
    assertThat(Analysis.analyse(history).expectations())
        .as("a rollout that never got there is no PASS")
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.verdict().name()).isEqualTo("FAIL");
              assertThat(result.sentence()).contains("the alarm called it back after");
            });
  }

  /** Checks what any run has in which an alarm called a bad v2 back. */
  public static Alarmed alarmHoldsIn(History history) {
    Event.AlarmRang rang = single(history, Event.AlarmRang.class);
    Event.CalledBack order = single(history, Event.CalledBack.class);
    long reaction = history.manifest().scenario().alarm().reaction().toMillis();
    assertThat(order.rangAtMillis()).isEqualTo(rang.atMillis());
    assertThat(order.atMillis() - rang.atMillis()).isBetween(reaction, reaction + LATE_MILLIS);

    Findings run = Analysis.analyse(history);
    assertThat(run.violations().orThrow()).filteredOn(Violation::spoilsRun).isEmpty();
    assertThat(history.events(Event.Fault.class)).filteredOn(Event.Fault::spoils).isEmpty();
    Alarmed alarmed = run.list(Alarmed.class).orThrow().get(0);
    long served = alarmed.servedAgainAtMillis().orElseThrow();
    boolean bySwarm = alarmed.first() == Alarmed.First.SWARM_ROLLED_BACK;
    assertThat(
            List.of(
                alarmed.harmAtMillis().orElseThrow(),
                alarmed.alarmAtMillis().orElseThrow(),
                alarmed.orderAtMillis().orElseThrow(),
                bySwarm ? Long.MAX_VALUE : served))
        .as("harm, alarm, order, served again")
        .isSorted();
    v1ServesAgain(history, run.timeline().zeroAtEpochMillis() + served);
    courseGoesOn(history);
    return alarmed;
  }

  private static Set<Integer> slotsWith(String version, History history) {
    return history
        .events(Event.TaskChange.class)
        .filter(task -> task.version().equals(version))
        .map(Event.TaskChange::slot)
        .collect(Collectors.toSet());
  }

  private static void v1ServesAgain(History history, long since) {
    List<Request> after =
        history.requests().stream().filter(request -> request.actualAtMillis() >= since).toList();
    assertThat(after)
        .hasSizeGreaterThan(20)
        .allMatch(request -> request.outcome() == Outcome.OK && request.version().equals("v1"));
  }

  /** Back, a hold, the cool-down: there is no other way forward. */
  private static void courseGoesOn(History history) {
    List<PhaseKind> phases =
        history.events(Event.PhaseStarted.class).map(Event.PhaseStarted::phase).toList();
    assertThat(phases)
        .contains(PhaseKind.ROLLBACK)
        .endsWith(PhaseKind.HOLD, PhaseKind.COOL_DOWN, PhaseKind.TEARDOWN)
        .containsOnlyOnce(PhaseKind.ROLLOUT);
    assertThat(history.end().orElseThrow().end()).isEqualTo(Event.End.COMPLETED);
  }

  /** What a person types in the run. */
  public static List<String> commands(History history) {
    return history.events(Event.Step.class).flatMap(step -> step.commands().stream()).toList();
  }

  private static <E extends Event> E single(History history, Class<E> type) {
    List<E> all = history.events(type).toList();
    assertThat(all).as(type.getSimpleName()).hasSize(1);
    return all.get(0);
  }
}
