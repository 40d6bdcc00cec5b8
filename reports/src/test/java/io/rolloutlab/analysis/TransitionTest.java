package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionTest {
  private static final Event.Route ALL_V1 = new Event.Route("blue", "v1", 100, List.of());
  private static final Event.Route ALL_V2 = new Event.Route("green", "v2", 100, List.of());

  private static List<Transition> transitions(Histories history) {
    return Analysis.analyse(history.build()).transitions().orThrow();
  }

  @Test
  void aRollingUpdateEndsWithTheLastOldAnswerOnceTheTasksAreReplaced() {
    Histories history =
        Histories.of(Strategy.ROLLING)
            .phase(0, PhaseKind.ROLLOUT, "update")
            .phase(9000, PhaseKind.HOLD)
            .phase(10_000, PhaseKind.ROLLBACK, "back")
            .task(-5000, "a", 1, "v1", "running")
            .task(3000, "a", 1, "v1", "shutdown")
            .task(4000, "b", 1, "v2", "running")
            .task(12_000, "b", 1, "v2", "shutdown")
            .task(13_000, "c", 1, "v1", "running")
            .ok(1, 2000, 10, "v1")
            .lost(2, 3500, 10, "refused")
            .ok(3, 4500, 10, "v2")
            .ok(4, 11_000, 10, "v2")
            .ok(5, 14_000, 10, "v1");

    List<Transition> found = transitions(history);

    assertThat(found).hasSize(2);
    Transition update = found.get(0);
    assertThat(update.label()).isEqualTo("update");
    assertThat(update.watchedUntilMillis()).isEqualTo(10_000);
    assertThat(update.firstNewMillis()).hasValue(4510);
    assertThat(update.lastOldMillis()).hasValue(2010);
    assertThat(update.tookOver()).isTrue();
    assertThat(update.lastOldAfterMillis()).hasValue(2010);
    assertThat(update.tasksReplacedMillis()).hasValue(4000);
    assertThat(update.mixedWindow()).isEmpty();
    assertThat(update.failed()).isEqualTo(Share.of(1, 3));
    assertThat(update.longestOutage()).contains(new Span(3500, 4510));
    Transition back = found.get(1);
    assertThat(back.kind()).isEqualTo(Transition.Kind.ROLLBACK);
    assertThat(back.lastOldAfterMillis()).hasValue(1010);
    assertThat(back.tasksReplacedMillis()).hasValue(3000);
  }

  @Test
  void anUpdateThatStopsHalfWayIsNotCompleted() {
    Histories history =
        Histories.of(Strategy.ROLLING)
            .phase(0, PhaseKind.ROLLOUT)
            .task(-5000, "a", 1, "v1", "running")
            .task(1000, "b", 2, "v2", "running");
    history.ok(1, 2000, 10, "v1");
    for (int i = 2; i < 40; i++) {
      history.ok(i, 2000 + i, 10, "v2");
    }

    assertThat(transitions(history).get(0).tookOver()).isFalse();
    assertThat(transitions(history).get(0).lastOldAfterMillis()).isEmpty();
  }

  @Test
  void whereTheEdgeSwitchesTheEdgeDecidesAndBlueMayLive() {
    Histories history =
        Histories.of(Strategy.BLUE_GREEN)
            .phase(0, PhaseKind.ROLLOUT)
            .phase(2000, PhaseKind.ROLLBACK)
            .phase(4000, PhaseKind.ROLLOUT)
            .task(-5000, "a", 1, "v1", "running")
            .task(500, "b", 1, "v2", "running")
            .routes(1000, 1100, ALL_V2)
            .routes(2000, 2100, ALL_V1)
            .routes(4000, 4100, ALL_V2)
            .ok(1, 1040, 10, "v1")
            .ok(2, 1090, 10, "v2")
            .ok(3, 2040, 10, "v2")
            .ok(4, 2090, 10, "v1")
            .ok(5, 4090, 10, "v2");

    List<Transition> found = transitions(history);

    assertThat(found)
        .extracting(transition -> transition.lastOldAfterMillis().orElse(-1))
        .containsExactly(1050L, 50L, 0L);
    assertThat(found).allMatch(transition -> transition.tasksReplacedMillis().isEmpty());
  }

  @Test
  void anAbortedCanaryIsNotCompletedAndItsRollbackIs() {
    Histories history =
        Histories.of(Strategy.CANARY)
            .phase(0, PhaseKind.ROLLOUT, "step 1")
            .phase(500, PhaseKind.HOLD)
            .phase(1000, PhaseKind.ROLLOUT, "step 2")
            .phase(2000, PhaseKind.ROLLBACK, "abort")
            .routes(
                100,
                200,
                new Event.Route("canary", "v2", 10, List.of()),
                new Event.Route("pyapp", "v1", 90, List.of()))
            .routes(2000, 2100, ALL_V1)
            .ok(1, 300, 10, "v1")
            .ok(2, 1500, 10, "v2")
            .ok(3, 2020, 10, "v2")
            .ok(4, 2100, 10, "v1");

    List<Transition> found = transitions(history);

    assertThat(found).extracting(Transition::label).containsExactly("step 1", "abort");
    assertThat(found).extracting(Transition::tookOver).containsExactly(false, true);
    assertThat(found)
        .extracting(Transition::kind)
        .containsExactly(Transition.Kind.ROLLOUT, Transition.Kind.ABORT);
    assertThat(found.get(1).lastOldAfterMillis()).hasValue(30);
  }

  @Test
  void whileTheOldVersionHasTheLastWordNothingIsCompleted() {
    Histories history =
        Histories.of(Strategy.BLUE_GREEN)
            .phase(0, PhaseKind.ROLLOUT)
            .routes(1000, 1100, ALL_V2)
            .ok(1, 1200, 10, "v2")
            .ok(2, 1300, 10, "v1");

    assertThat(transitions(history).get(0).tookOver()).isFalse();
  }

  @Test
  void tasksAreReplacedFromTheFirstMomentWithoutOldOnes() {
    Histories history =
        Histories.of(Strategy.ROLLING)
            .phase(0, PhaseKind.ROLLOUT)
            .task(-5000, "a", 1, "v1", "running")
            .task(1000, "b", 1, "v2", "running")
            .task(2000, "a", 1, "v1", "shutdown")
            .task(3000, "c", 2, "v2", "running")
            .ok(1, 5000, 10, "v2");

    assertThat(transitions(history).get(0).tasksReplacedMillis()).hasValue(2000);
  }

  @Test
  void aBaselineHasNone() {
    Histories history =
        Histories.of(Strategy.BASELINE)
            .phase(-1000, PhaseKind.WARM_UP)
            .phase(0, PhaseKind.HOLD)
            .ok(1, 100, 10, "v1");

    assertThat(transitions(history)).isEmpty();
  }

  private static Histories served(Histories history, long from, int count, String version) {
    for (int i = 0; i < count; i++) {
      history.ok(from + i, from + i, 5, version);
    }
    return history;
  }

  @Test
  void aSecondWayBackAfterOneRolloutIsARollbackToo() {
    Histories history =
        Histories.of(Strategy.BLUE_GREEN)
            .phase(0, PhaseKind.ROLLOUT)
            .routes(100, 200, ALL_V2)
            .ok(1, 150, 10, "v1");
    served(history, 300, 20, "v2").phase(2000, PhaseKind.ROLLBACK).ok(2, 2500, 10, "v2");
    history.phase(3000, PhaseKind.RESET).phase(4000, PhaseKind.ROLLBACK).ok(3, 4500, 10, "v1");

    assertThat(transitions(history))
        .extracting(Transition::kind)
        .containsExactly(
            Transition.Kind.ROLLOUT, Transition.Kind.ROLLBACK, Transition.Kind.ROLLBACK);
    assertThat(transitions(history).get(1).tookOver()).isFalse();
  }

  @Test
  void answersThatEndInOneMomentAreNoMixedWindowAndNoTakeOver() {
    Histories history =
        Histories.of(Strategy.BLUE_GREEN)
            .phase(0, PhaseKind.ROLLOUT)
            .routes(1000, 1100, ALL_V2)
            .ok(1, 1300, 10, "v2")
            .ok(2, 1305, 5, "v1");

    assertThat(transitions(history).get(0).mixedWindow()).isEmpty();
    assertThat(transitions(history).get(0).tookOver()).isFalse();
  }

  @Test
  void anOldAnswerThatComesWithTheNextCommandIsNotOfThisWay() {
    Histories history =
        Histories.of(Strategy.BLUE_GREEN).phase(0, PhaseKind.ROLLOUT).routes(100, 200, ALL_V2);
    served(history, 300, 30, "v2").ok(1, 990, 10, "v1").phase(1000, PhaseKind.ROLLBACK);

    assertThat(transitions(history).get(0).notServed()).isEqualTo("v1 had never answered");
  }

  /** Neither tasks nor the edge say anything. */
  @Test
  void withoutOtherEvidenceTwentyAnswersShowThatTheNewVersionTookOver() {
    for (int count : new int[] {19, 20}) {
      Histories history =
          Histories.of(Strategy.ROLLING).phase(0, PhaseKind.ROLLOUT).ok(1, 100, 10, "v1");

      Transition only = transitions(served(history, 300, count, "v2")).get(0);

      assertThat(only.tookOver()).isEqualTo(count == 20);
    }
  }

  private static Transition routed(Event.Route... routes) {
    Histories history =
        Histories.of(Strategy.BLUE_GREEN)
            .phase(0, PhaseKind.ROLLOUT)
            .task(-5000, "a", 1, "v1", "running")
            .task(500, "b", 2, "v2", "running")
            .routes(1000, 1100, routes)
            .ok(1, 1040, 10, "v1");
    return transitions(served(history, 1200, 20, "v2")).get(0);
  }

  @Test
  void aRouteWithoutWeightGetsNothing() {
    assertThat(routed(ALL_V2, new Event.Route("blue", "v1", 0, List.of())).tookOver()).isTrue();
    assertThat(
            routed(
                    new Event.Route("green", "v2", 99, List.of()),
                    new Event.Route("blue", "v1", 1, List.of()))
                .tookOver())
        .isFalse();
  }

  @Test
  void whereTheEdgeDoesNotSayWhichVersionTheTasksDo() {
    assertThat(routed(new Event.Route("pyapp", "", 100, List.of())).tookOver())
        .as("a v1 still runs")
        .isFalse();
  }

  @Test
  void tasksThatAreReplacedWithTheNextCommandWereNotReplacedBefore() {
    for (long end : new long[] {1999, 2000}) {
      Histories history =
          Histories.of(Strategy.ROLLING)
              .phase(0, PhaseKind.ROLLOUT)
              .phase(2000, PhaseKind.ROLLBACK)
              .task(-5000, "a", 1, "v1", "running")
              .task(1000, "b", 1, "v2", "running")
              .task(end, "a", 1, "v1", "shutdown")
              .ok(1, 5000, 10, "v2");

      assertThat(transitions(history).get(0).tasksReplacedMillis().isPresent())
          .isEqualTo(end == 1999);
    }
  }
}
