package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rollout is over when users are served, not when the old version has fallen silent. */
class ServedTest {
  private static final int ENOUGH = 20;

  private final Histories history =
      Histories.of(Strategy.BLUE_GREEN)
          .phase(-1000, PhaseKind.WARM_UP)
          .phase(0, PhaseKind.ROLLOUT)
          .routes(100, 200, new Event.Route("green", "v2", 100, List.of()))
          .ok(1, -500, 10, "v1")
          .ok(2, 150, 10, "v1");

  private long next = 100;

  private ServedTest() {}

  private ServedTest answered(long from, int count, String version) {
    for (int i = 0; i < count; i++) {
      history.ok(next++, from + 10L * i, 5, version);
    }
    return this;
  }

  private Transition rollout() {
    return Analysis.analyse(history.build()).transitions().orThrow().get(0);
  }

  @Test
  void anOutageAfterTheLastOldAnswerIsPartOfIt() {
    history.lost(3, 400, 10, "refused").lost(4, 30_000, 10, "timeout");
    answered(31_600, ENOUGH, "v2");

    assertThat(rollout().lastOldAfterMillis()).hasValue(160);
    assertThat(rollout().servedAfterMillis()).hasValue(31_600);
    assertThat(rollout().notServed()).isEmpty();
  }

  @Test
  void whereAllGoesWellItEndsWithTheFirstRequestBehindTheLastOldOne() {
    answered(170, ENOUGH, "v2");

    assertThat(rollout().servedAfterMillis()).hasValue(170);
  }

  @Test
  void oneFailureUpToTheNextCommandAndNobodyWasServedForGood() {
    answered(170, 50, "v2");
    history.lost(3, 5000, 10, "timeout");
    answered(5010, ENOUGH - 1, "v2");

    assertThat(rollout().tookOver()).isTrue();
    assertThat(rollout().servedAfterMillis()).isEmpty();
    assertThat(rollout().notServed()).isEqualTo("a request failed, and only 19 were sent after it");
  }

  @Test
  void theComparisonSaysHowLongItIsProvenThatNotAllWereServed() {
    answered(170, 50, "v2");
    history.lost(3, 8000, 10, "timeout").phase(9000, PhaseKind.ROLLBACK);
    answered(9100, ENOUGH, "v1");
    Comparison table = Comparison.of(List.of(Analysis.analyse(history.build())));

    assertThat(cell(table, "rolloutSeconds").value()).isEmpty();
    assertThat(cell(table, "rolloutSeconds").never()).isEqualTo("> 8.00");
    assertThat(cell(table, "abortSeconds").never()).as("there was none").isEmpty();
    assertThat(cell(table, "p99Millis").never()).isEmpty();
  }

  @Test
  void tooFewRequestsAfterTheLastFailureProveNoMoreThanThat() {
    history.lost(3, 400, 10, "refused");
    answered(500, ENOUGH - 1, "v2");
    history.phase(3000, PhaseKind.ROLLBACK);
    Comparison table = Comparison.of(List.of(Analysis.analyse(history.build())));

    assertThat(cell(table, "rolloutSeconds").value()).isEmpty();
    assertThat(cell(table, "rolloutSeconds").never()).isEqualTo("> 0.40");
  }

  private static Comparison.Cell cell(Comparison table, String key) {
    for (int m = 0; m < table.measures().size(); m++) {
      if (table.measures().get(m).key().equals(key)) {
        return table.rows().get(0).cells().get(m);
      }
    }
    throw new AssertionError("no measure " + key);
  }

  @Test
  void whatFailsAfterTheNextCommandIsNotItsFault() {
    answered(170, ENOUGH, "v2");
    history.phase(5000, PhaseKind.ROLLBACK).lost(3, 5000, 10, "timeout");

    assertThat(rollout().servedAfterMillis()).hasValue(170);
  }

  @Test
  void anAnswerOfAnUnknownVersionServesNobody() {
    history.request(3, 600, 5, Outcome.OK, "", 200, "2").hit(3, 605, 200, "2");
    answered(700, ENOUGH, "v2");

    assertThat(rollout().servedAfterMillis()).hasValue(700);
  }

  @Test
  void aRequestWithoutAKnownEndServedNobody() {
    answered(170, ENOUGH, "v2");
    history.unfinished(3, 6000);

    assertThat(rollout().servedAfterMillis()).isEmpty();
    assertThat(rollout().notServed())
        .isEqualTo("a request had no known end, and only 0 were sent after it");
    assertThat(rollout().lastUnservedAfterMillis()).as("v1's answer proves it").hasValue(150);
  }

  @Test
  void aVersionThatDidNotTakeOverServesNobody() {
    history.phase(900, PhaseKind.RESET);
    answered(1000, ENOUGH, "v2");

    assertThat(rollout().tookOver()).isFalse();
    assertThat(rollout().servedAfterMillis()).isEmpty();
    assertThat(rollout().notServed()).isEqualTo("v2 did not take over");
  }

  /** The first of all requests is the only one that v1 answered. */
  private static Transition withFirst(int answeredAfterwards) {
    Histories run =
        Histories.of(Strategy.BLUE_GREEN)
            .phase(0, PhaseKind.ROLLOUT)
            .routes(100, 200, new Event.Route("green", "v2", 100, List.of()))
            .ok(1, 150, 10, "v1");
    for (int i = 0; i < answeredAfterwards; i++) {
      run.ok(i + 2, 170 + 10L * i, 5, "v2");
    }
    return Analysis.analyse(run.build()).transitions().orThrow().get(0);
  }

  @Test
  void theVeryFirstRequestMayBeTheLastThatWasNotServed() {
    assertThat(withFirst(ENOUGH).servedAfterMillis()).hasValue(170);
    assertThat(withFirst(ENOUGH - 1).notServed())
        .isEqualTo("a request was answered by v1, and only 19 were sent after it");
  }

  @Test
  void theLastRequestThatWasNotServedIsTheOneThatWasSentLast() {
    Histories run =
        Histories.of(Strategy.BLUE_GREEN)
            .phase(0, PhaseKind.ROLLOUT)
            .routes(100, 200, new Event.Route("green", "v2", 100, List.of()))
            .lost(1, 500, 10, "refused")
            .ok(2, 150, 10, "v1");
    for (int i = 0; i < ENOUGH; i++) {
      run.ok(i + 3, 210 + 10L * i, 5, "v2").ok(i + 100, 510 + 10L * i, 5, "v2");
    }

    assertThat(Analysis.analyse(run.build()).transitions().orThrow().get(0).servedAfterMillis())
        .hasValue(510);
  }

  @Test
  void ofTwoRequestsOfOneMomentTheLaterOneIsTold() {
    answered(170, 50, "v2");
    history.lost(200, 5000, 10, "timeout").unfinished(201, 5000);

    assertThat(rollout().notServed())
        .isEqualTo("a request had no known end, and only 0 were sent after it");
  }

  @Test
  void aRolloutInWhichOnlyTheNewVersionAnswersTakesNoTime() {
    Histories run =
        Histories.of(Strategy.BLUE_GREEN)
            .phase(-1000, PhaseKind.WARM_UP)
            .ok(1, -500, 10, "v1")
            .phase(0, PhaseKind.ROLLOUT)
            .routes(0, 10, new Event.Route("green", "v2", 100, List.of()));
    for (int i = 0; i < ENOUGH; i++) {
      run.ok(i + 2, 300 + i, 5, "v2");
    }

    Transition way = Analysis.analyse(run.build()).transitions().orThrow().get(0);
    assertThat(way.servedAfterMillis()).hasValue(0);
    assertThat(way.lastUnservedAfterMillis()).isEmpty();
    assertThat(way.commandAtMillis()).isZero();
  }
}
