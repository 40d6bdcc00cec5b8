package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Strategy;
import org.junit.jupiter.api.Test;

class TimelineTest {
  @Test
  void timeStartsWithTheFirstRollout() {
    RunTimeline timeline =
        timeline(
            Histories.of(Strategy.BLUE_GREEN)
                .phase(1000, PhaseKind.WARM_UP)
                .phase(3000, PhaseKind.ROLLOUT)
                .phase(4000, PhaseKind.HOLD)
                .phase(5000, PhaseKind.ROLLOUT)
                .ok(1, 1500, 10, "v1")
                .ok(2, 5900, 100, "v2")
                .end(7000, Event.End.COMPLETED));

    assertThat(timeline.zeroAtEpochMillis()).isEqualTo(Histories.ZERO + 3000);
    assertThat(timeline.phases())
        .contains(
            new RunTimeline.Phase(0, PhaseKind.WARM_UP, "WARM_UP", -2000, 0),
            new RunTimeline.Phase(3, PhaseKind.ROLLOUT, "ROLLOUT", 2000, 4000));
    assertThat(timeline.load()).isEqualTo(new Span(-1500, 3000));
    assertThat(timeline.measured()).isEqualTo(new Span(0, 3000));
  }

  @Test
  void inABaselineTimeStartsWithTheHold() {
    RunTimeline timeline =
        timeline(
            Histories.of(Strategy.BASELINE)
                .phase(1000, PhaseKind.WARM_UP)
                .phase(3000, PhaseKind.HOLD)
                .ok(1, 1500, 10, "v1"));

    assertThat(timeline.zeroAtEpochMillis()).isEqualTo(Histories.ZERO + 3000);
  }

  @Test
  void withoutRequestsWhatComesBeforeTheTeardownIsMeasured() {
    RunTimeline timeline =
        timeline(
            Histories.of(Strategy.ROLLING)
                .phase(0, PhaseKind.ROLLOUT)
                .phase(4000, PhaseKind.TEARDOWN)
                .end(9000, Event.End.COMPLETED));

    assertThat(timeline.load()).isEqualTo(new Span(0, 0));
    assertThat(timeline.measured()).isEqualTo(new Span(0, 4000));
  }

  private static RunTimeline timeline(Histories history) {
    return Analysis.analyse(history.build()).timeline();
  }
}
