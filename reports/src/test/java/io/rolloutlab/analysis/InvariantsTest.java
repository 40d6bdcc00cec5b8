package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.verdict.Violation;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.TaskRef;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.expect.Expectations;
import io.rolloutlab.scenario.read.ScenarioReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvariantsTest {
  private final Histories history =
      Histories.expecting(Strategy.ROLLING, Expectations.NONE)
          .phase(0, PhaseKind.ROLLOUT)
          .ok(1, 100, 10, "v1")
          .end(3000, Event.End.COMPLETED);

  private static Histories startFirst() {
    Path file = Histories.delivered("rolling-start-first.yaml");
    return Histories.of(new ScenarioReader().read(file))
        .phase(0, PhaseKind.ROLLOUT)
        .ok(1, 100, 10, "v1")
        .end(3000, Event.End.COMPLETED);
  }

  private List<String> brokenRules() {
    return brokenRules(history);
  }

  private static List<String> brokenRules(Histories history) {
    List<Violation> found = Analysis.analyse(history.build()).violations().orThrow();
    return found.stream().map(Violation::rule).toList();
  }

  @Test
  void aTaskNeverGoesBack() {
    history.task(100, "a", 1, "v1", "failed").task(200, "a", 1, "v1", "running");

    assertThat(brokenRules()).containsExactly("a task's state only moves forward");
    assertThat(Analysis.analyse(history.build()).verdict()).isEqualTo(Verdict.NOTHING_EXPECTED);
  }

  @Test
  void stopFirstMeansThatTheOldOneIsToldToStopFirst() {
    history
        .task(-100, "a", 1, "v1", "running")
        .task(500, "a", "pyapp", 1, "v1", "running", "shutdown")
        .task(600, "b", 1, "v2", "running");
    assertThat(brokenRules()).isEmpty();

    history.task(700, "c", 1, "v1", "running");
    assertThat(brokenRules())
        .containsExactly("stop-first: a new task runs only after the old one was told to stop");
  }

  @Test
  void aTaskThatDiedMayBeReplaced() {
    history
        .task(-100, "a", 1, "v1", "running")
        .task(500, "a", 1, "v1", "failed")
        .task(600, "b", 1, "v2", "running");

    assertThat(brokenRules()).isEmpty();
  }

  /** All tasks of a global service have slot 0. */
  @Test
  void tasksOfAGlobalServiceAreToldApartByTheirNodes() {
    history.event(onNode("workerN1", 100, "a", "v1")).event(onNode("workerN2", 200, "b", "v1"));
    assertThat(brokenRules()).isEmpty();

    history.event(onNode("workerN2", 300, "c", "v2"));
    assertThat(brokenRules())
        .containsExactly("stop-first: a new task runs only after the old one was told to stop");
  }

  private static Event onNode(String node, long at, String task, String version) {
    long time = Histories.ZERO + at;
    return new Event.TaskChange(
        time, time, new TaskRef(task, "pyapp", 0, node, version), "running", "running", "");
  }

  @Test
  void startFirstMeansThatTheNewOneRunsFirst() {
    Histories startFirst = startFirst();
    startFirst
        .task(-100, "a", 1, "v1", "running")
        .task(400, "b", 1, "v2", "running")
        .task(500, "a", "pyapp", 1, "v1", "running", "shutdown");
    assertThat(brokenRules(startFirst)).isEmpty();

    startFirst
        .task(-100, "c", 2, "v1", "running")
        .task(600, "c", "pyapp", 2, "v1", "running", "shutdown")
        .task(700, "d", 2, "v2", "running");
    assertThat(brokenRules(startFirst))
        .containsExactly("start-first: an old task is told to stop only after the new one runs");
  }

  /** One that is removed for good has no successor. */
  @Test
  void startFirstSaysNothingOfWhatIsScaledDown() {
    Histories startFirst = startFirst();
    startFirst
        .task(-100, "a", 1, "v1", "running")
        .task(500, "a", "pyapp", 1, "v1", "running", "shutdown");

    assertThat(brokenRules(startFirst)).isEmpty();
  }

  /** The manager told it to stop because its node is down, and made another from the new spec. */
  @Test
  void startFirstSaysNothingOfWhatRanOnALostNode() {
    Histories startFirst = startFirst();
    startFirst
        .task(-100, "a", 1, "v1", "running")
        .event(Event.Happened.nodeLost(Histories.ZERO + 100, "workerN1"))
        .task(500, "a", "pyapp", 1, "v1", "running", "shutdown")
        .task(700, "b", 1, "v2", "running");

    assertThat(brokenRules(startFirst)).isEmpty();
  }

  @Test
  void weightsThatDoNotAddUpSpoilTheRun() {
    long at = Histories.ZERO + 100;
    history.event(
        new Event.EdgeChange(at, at + 10, List.of(new Event.Route("pyapp", "v1", 90, List.of()))));

    assertThat(brokenRules()).containsExactly("the edge's weights add up to 100");
    assertThat(Analysis.analyse(history.build()).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void anAnswerBeforeTheRequestSpoilsTheRun() {
    history.ok(2, 200, -5, "v1");

    assertThat(brokenRules()).containsExactly("a request ends after it was sent");
  }

  @Test
  void timeThatGoesBackSpoilsTheRun() {
    history.phase(-500, PhaseKind.HOLD);

    assertThat(brokenRules()).containsExactly("a phase ends after it starts");
    assertThat(Analysis.analyse(history.build()).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void loadThatStopsEarlyOrPausesSpoilsTheRun() {
    history.ok(2, 20_000, 10, "v1").phase(40_000, PhaseKind.TEARDOWN);

    assertThat(brokenRules())
        .containsExactly("the load does not pause", "the load lasts until the teardown");
    assertThat(Analysis.analyse(history.build()).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  private static Violation only(Histories history) {
    List<Violation> found = Analysis.analyse(history.build()).violations().orThrow();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void aTaskThatGoesBackIsNamedWithItsTime() {
    history.task(100, "a", 1, "v1", "failed").task(200, "a", 1, "v1", "running");

    assertThat(only(history).atMillis()).isEqualTo(200);
    assertThat(only(history).detail()).isEqualTo("task a of pyapp was seen running after failed");
  }

  @Test
  void aPhaseThatEndsTooEarlyIsNamedWithWhatItLasts() {
    history.phase(1000, PhaseKind.HOLD, "hold").phase(400, PhaseKind.COOL_DOWN, "cool");

    assertThat(only(history).atMillis()).isEqualTo(1000);
    assertThat(only(history).detail()).isEqualTo("hold lasts -600 ms");
  }

  @Test
  void anEdgeChangeThatIsDoneBeforeItWasAskedForSpoilsTheRun() {
    Event.Route all = new Event.Route("pyapp", "v1", 100, List.of());
    history.routes(500, 500, all);
    assertThat(brokenRules()).isEmpty();

    history.routes(800, 799, all);
    assertThat(only(history).rule()).isEqualTo("an edge change is done after it was asked for");
    assertThat(only(history).atMillis()).isEqualTo(800);
  }

  @Test
  void aWeightThatIsHeldForLessThanNoTimeSpoilsTheRun() {
    history.held(500, 500, 10, "for no time");
    assertThat(brokenRules()).isEmpty();

    history.held(800, 799, 10, "step 2");
    assertThat(only(history))
        .isEqualTo(new Violation("a weight is held for some time", 800, "step 2", true));
  }

  @Test
  void weightsThatDoNotAddUpHaveTheirTime() {
    history.routes(700, 710, new Event.Route("pyapp", "v1", 90, List.of()));

    assertThat(only(history).atMillis()).isEqualTo(700);
  }

  @Test
  void anAnswerInNoTimeIsPossibleAndOneBeforeTheRequestHasItsTime() {
    history.ok(2, 200, 0, "v1");
    assertThat(brokenRules()).isEmpty();

    history.ok(3, 300, -1, "v1");
    assertThat(only(history).atMillis()).isEqualTo(300);
    assertThat(only(history).detail()).isEqualTo("request 3 took -1 ms");
  }

  @Test
  void tenSecondsWithoutARequestAreNoPauseOfTheLoad() {
    history.ok(2, 10_100, 10, "v1");
    assertThat(brokenRules()).isEmpty();

    history.ok(3, 20_101, 10, "v1");
    assertThat(only(history))
        .isEqualTo(
            new Violation("the load does not pause", 10_100, "nothing was sent for 10.00 s", true));
  }

  @Test
  void aRequestThatWasSentOutOfTurnIsNoPauseOfTheLoad() {
    history.ok(2, 12_000, 10, "v1").ok(3, 6000, 10, "v1");

    assertThat(brokenRules()).isEmpty();
  }

  @Test
  void theLoadMayEndTenSecondsBeforeTheTeardown() {
    history.phase(10_100, PhaseKind.TEARDOWN);
    assertThat(brokenRules()).isEmpty();

    history.phase(10_101, PhaseKind.TEARDOWN);
    assertThat(only(history))
        .isEqualTo(
            new Violation(
                "the load lasts until the teardown",
                100,
                "the last request was sent 10.00 s before it",
                true));
  }

  @Test
  void onlyTheTeardownIsTheEndOfTheLoad() {
    history.phase(20_000, PhaseKind.COOL_DOWN);

    assertThat(brokenRules()).isEmpty();
  }

  @Test
  void whereNothingWasSentNothingEndedTooEarly() {
    Histories silent =
        Histories.expecting(Strategy.ROLLING, Expectations.NONE)
            .phase(0, PhaseKind.ROLLOUT)
            .phase(20_000, PhaseKind.TEARDOWN);

    assertThat(brokenRules(silent)).isEmpty();
  }
}
