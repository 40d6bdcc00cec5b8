package io.rolloutlab.happening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.cost.Tasks;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.update.UpdateEnd;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A service is scaled and a node drained while a rolling update goes on, and after it the node is
 * activated and the service scaled again: what has to be seen of it, wherever it was run. How long
 * Swarm takes is left open; who waits for what is not.
 */
public final class DuringRolling {
  /**
   * The lines of its file but for name and question. The first scaling comes while the update waits
   * before its last slot, and the node is drained when the update has none left or is in it;
   * failures do not count, so that a task that ends with its node's work ends no update. The node
   * is active again when all that was there must have moved.
   */
  public static final String SCENARIO =
      """
      strategy: rolling
      cluster: {managers: 1, workers: 2}
      edge: {constraints: [node.role == manager]}
      load: {ratePerSecond: 20, users: 40, warmUp: 3s, coolDown: 3s, requestTimeout: 5s}
      app: {replicas: 2, constraints: [node.role == worker]}
      rolling:
        update: {delay: 4s, monitor: 1s, failureAction: continue}
        hold: 14s
        backAgain: false
      during:
        - {at: 2s, scale: {service: pyapp, replicas: 4}}
        - {at: 6s, drain: workerN1}
        - {atPhase: hold, at: 4s, activate: workerN1}
        - {atPhase: hold, at: 6s, scale: {service: pyapp, replicas: 5}}
      """;

  private static final String DRAINED = "workerN1";
  private static final String OTHER = "workerN2";

  /** What a busy machine adds before something is begun. */
  private static final long LATE_MILLIS = 2000;

  /** Between the moment from which is counted and its record. */
  private static final long EARLY_MILLIS = 500;

  /** An order is accepted, not carried out. */
  private static final long ACCEPTED_MILLIS = 3000;

  private final History history;
  private final Findings findings;
  private final List<Event.Happened> happened;

  private DuringRolling(History history) {
    this.history = history;
    findings = Analysis.analyse(history);
    happened = history.events(Event.Happened.class).toList();
  }

  /** Looks at all that has to be seen in a run of it. */
  public static void holdsIn(History history) {
    DuringRolling its = new DuringRolling(history);
    its.nothingSpoilsTheRun();
    its.whatHappenedIsRecorded();
    its.itHappenedInTime();
    its.whatAPersonWouldTypeIsRecorded();
    its.theUpdateBeganAfreshAndWasCompleted();
    its.tasksAreWhereSwarmHasToPutThem();
  }

  private void nothingSpoilsTheRun() {
    assertThat(history.end().map(Event.RunEnded::end)).contains(Event.End.COMPLETED);
    assertThat(history.events(Event.Fault.class).filter(Event.Fault::spoils)).isEmpty();
    assertThat(findings.verdict().isFine()).as(findings.reasons().toString()).isTrue();
  }

  private void whatHappenedIsRecorded() {
    assertThat(happened)
        .extracting(
            Event.Happened::what,
            Event.Happened::target,
            Event.Happened::effect,
            Event.Happened::detail)
        .containsExactly(
            tuple("scale", "pyapp", Event.Effect.NONE, "scale pyapp to 4"),
            tuple("drain", DRAINED, Event.Effect.NODE_EMPTIED, "drain workerN1"),
            tuple("activate", DRAINED, Event.Effect.NONE, "activate workerN1"),
            tuple("scale", "pyapp", Event.Effect.NONE, "scale pyapp to 5"));
  }

  private void itHappenedInTime() {
    long rollout = begin(PhaseKind.ROLLOUT);
    long hold = begin(PhaseKind.HOLD);
    List<Long> due = List.of(rollout + 2000, rollout + 6000, hold + 4000, hold + 6000);
    for (int i = 0; i < due.size(); i++) {
      Event.Happened one = happened.get(i);
      assertThat(one.atMillis() - due.get(i))
          .as("%s came so many ms late", one.detail())
          .isBetween(-EARLY_MILLIS, LATE_MILLIS);
      assertThat(one.untilMillis() - one.atMillis())
          .as("%s was accepted after so many ms", one.detail())
          .isBetween(0L, ACCEPTED_MILLIS);
    }
  }

  private void whatAPersonWouldTypeIsRecorded() {
    assertThat(history.events(Event.Step.class).flatMap(step -> step.commands().stream()))
        .containsSubsequence(
            "docker service scale pyapp=4",
            "docker node update --availability drain workerN1",
            "docker node update --availability active workerN1",
            "docker service scale pyapp=5");
  }

  /** Scaling is an update of the service; after the last one nothing is left to be updated. */
  private void theUpdateBeganAfreshAndWasCompleted() {
    assertThat(history.events(Event.UpdateChange.class).map(Event.UpdateChange::state))
        .containsExactly("updating", "updating", "completed");
    assertThat(history.events(Event.UpdateEnded.class).map(Event.UpdateEnded::end))
        .containsExactly(UpdateEnd.COMPLETED);
  }

  /**
   * All on the one node while the other is drained, and none comes back with it; the next one that
   * is made goes there, since nothing of the service is.
   */
  private void tasksAreWhereSwarmHasToPutThem() {
    Event.Happened drain = happened.get(1);
    assertThat(lives())
        .filteredOn(life -> life.node().equals(DRAINED) && life.fromMillis() < after(drain))
        .isNotEmpty();
    assertThat(at(after(happened.get(2)))).isEqualTo(Map.of(OTHER, 4L));
    assertThat(at(after(happened.get(3)))).isEqualTo(Map.of(OTHER, 4L));
    long end = begin(PhaseKind.COOL_DOWN) - findings.timeline().zeroAtEpochMillis();
    assertThat(at(end)).isEqualTo(Map.of(OTHER, 4L, DRAINED, 1L));
    assertThat(running(end)).extracting(Tasks.Life::version).containsOnly("v2");
  }

  private List<Tasks.Life> lives() {
    return findings.tasks().orThrow().lives();
  }

  private List<Tasks.Life> running(long atMillis) {
    return lives().stream()
        .filter(life -> life.fromMillis() <= atMillis)
        .filter(life -> life.finalState().isEmpty() || life.untilMillis() > atMillis)
        .toList();
  }

  /** Node → how many tasks run there at a moment after x = 0. */
  private Map<String, Long> at(long atMillis) {
    return running(atMillis).stream()
        .map(Tasks.Life::node)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private long after(Event.Happened one) {
    return one.atMillis() - findings.timeline().zeroAtEpochMillis();
  }

  private long begin(PhaseKind kind) {
    return history
        .events(Event.PhaseStarted.class)
        .filter(phase -> phase.phase() == kind)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no phase " + kind))
        .atMillis();
  }
}
