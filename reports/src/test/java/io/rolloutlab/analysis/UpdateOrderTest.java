package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.verdict.Violation;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.expect.Expectations;
import io.rolloutlab.scenario.read.ScenarioReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stop-first and start-first promise, and what is no breach of it. */
class UpdateOrderTest {
  private final Histories history =
      Histories.expecting(Strategy.ROLLING, Expectations.NONE)
          .phase(0, PhaseKind.ROLLOUT)
          .ok(1, 100, 10, "v1")
          .end(3000, Event.End.COMPLETED);

  private static Histories startFirst() {
    return Histories.of(new ScenarioReader().read(Histories.delivered("rolling-start-first.yaml")))
        .phase(0, PhaseKind.ROLLOUT)
        .ok(1, 100, 10, "v1")
        .end(3000, Event.End.COMPLETED);
  }

  private static List<Violation> found(Histories history) {
    return Analysis.analyse(history.build()).violations().orThrow();
  }

  private List<String> brokenRules() {
    return brokenRules(history);
  }

  private static List<String> brokenRules(Histories history) {
    return found(history).stream().map(Violation::rule).toList();
  }

  @Test
  void stopFirstLetsTheNewTaskBePreparedBesideTheOldOne() {
    history
        .task(-100, "a", 1, "v1", "running")
        .task(300, "b", 1, "v2", "preparing")
        .task(500, "a", "pyapp", 1, "v1", "running", "shutdown")
        .task(600, "b", 1, "v2", "running");

    assertThat(brokenRules()).isEmpty();
  }

  @Test
  void stopFirstIsKeptWhereBothAreSeenInOneMoment() {
    history
        .task(-100, "a", 1, "v1", "running")
        .task(600, "a", "pyapp", 1, "v1", "running", "shutdown")
        .task(600, "b", 1, "v2", "running");

    assertThat(brokenRules()).isEmpty();
  }

  @Test
  void ordersAreThoseOfTheAppAndOfNoOtherService() {
    history
        .task(-100, "m", "nginx", 1, "", "running", "running")
        .task(500, "n", "nginx", 1, "", "running", "running");
    Histories startFirst = startFirst();
    startFirst
        .task(-100, "m", "nginx", 1, "", "running", "running")
        .task(500, "m", "nginx", 1, "", "running", "shutdown")
        .task(600, "n", "nginx", 1, "", "running", "running");

    assertThat(brokenRules()).isEmpty();
    assertThat(brokenRules(startFirst)).isEmpty();
  }

  private static final String TOO_EARLY =
      "start-first: an old task is told to stop only after the new one runs";

  private static Histories toldAt600() {
    return startFirst()
        .task(-100, "a", 1, "v1", "running")
        .task(600, "a", "pyapp", 1, "v1", "running", "shutdown");
  }

  @Test
  void aNewTaskThatIsBeingPreparedDoesNotRun() {
    Histories late =
        toldAt600().task(400, "b", 1, "v2", "preparing").task(700, "b", 1, "v2", "running");

    assertThat(found(late))
        .containsExactly(
            new Violation(
                TOO_EARLY, 600, "task a of pyapp.1 was told to stop before b ran", false));
  }

  @Test
  void startFirstIsKeptWhereBothAreSeenInOneMoment() {
    assertThat(brokenRules(toldAt600().task(600, "b", 1, "v2", "running"))).isEmpty();
    assertThat(brokenRules(toldAt600().task(601, "b", 1, "v2", "running"))).contains(TOO_EARLY);
  }

  @Test
  void whatIsLostOnAnotherNodeIsNoExcuse() {
    Histories late =
        toldAt600()
            .event(Event.Happened.nodeLost(Histories.ZERO + 100, "workerN2"))
            .task(700, "b", 1, "v2", "running");

    assertThat(brokenRules(late)).containsExactly(TOO_EARLY);
  }

  /** It died, and Swarm started it again from the same spec. */
  @Test
  void aTaskOfTheSameVersionIsNoSuccessor() {
    assertThat(brokenRules(toldAt600().task(700, "b", 1, "v1", "running"))).isEmpty();
  }

  @Test
  void aTaskThatRanBeforeTheOldOneIsNoSuccessor() {
    for (long ran : new long[] {-200, -100}) {
      Histories late =
          startFirst()
              .task(ran, "before", 1, "v2", "running")
              .task(-100, "a", 1, "v1", "running")
              .task(600, "a", "pyapp", 1, "v1", "running", "shutdown")
              .task(700, "b", 1, "v2", "running");

      assertThat(brokenRules(late)).containsExactly(TOO_EARLY);
    }
  }
}
