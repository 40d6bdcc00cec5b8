package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Expectations;
import io.rolloutlab.scenario.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvariantsTest {
  private final Histories history =
      Histories.expecting(Strategy.ROLLING, Expectations.NONE)
          .phase(0, PhaseKind.ROLLOUT)
          .ok(1, 100, 10, "v1")
          .end(3000, Event.End.COMPLETED);

  private List<String> brokenRules() {
    List<Violation> found = Analysis.analyse(history.build()).violations().orThrow();
    return found.stream().map(Violation::rule).toList();
  }

  @Test
  void aTaskNeverGoesBack() {
    history.task(100, "a", 1, "v1", "failed").task(200, "a", 1, "v1", "running");

    assertThat(brokenRules()).containsExactly("a task's state only moves forward");
    assertThat(Analysis.analyse(history.build()).verdict()).isEqualTo(Verdict.PASS);
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
}
