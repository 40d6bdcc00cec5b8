package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Strategy;
import org.junit.jupiter.api.Test;

class MillionRequestsTest {
  private static final int MANY = 1_000_000;
  private static final int FEWER = 200_000;

  /** Five times the requests may take up to this many times as long: linear, with much room. */
  private static final double ROOM = 15;

  @Test
  void aMillionRequestsAreAnalysedInLinearTime() {
    History few = rolling(FEWER);
    History many = rolling(MANY);
    Analysis.analyse(few);

    long fewNanos = Math.min(nanos(few), nanos(few));
    long manyNanos = Math.min(nanos(many), nanos(many));

    assertThat((double) manyNanos / fewNanos)
        .as("%d ms for %d, %d ms for %d", manyNanos / 1_000_000, MANY, fewNanos / 1_000_000, FEWER)
        .isLessThan(ROOM);
    Findings findings = Analysis.analyse(many);
    assertThat(findings.reconciliation().orThrow().matched()).isEqualTo(MANY);
    assertThat(findings.errors().orThrow().sinceRollout().count()).isEqualTo(MANY / 100);
  }

  private static long nanos(History history) {
    long start = System.nanoTime();
    Analysis.analyse(history);
    return System.nanoTime() - start;
  }

  /** A thousand a second; every hundredth fails, v2 answers those of the second half. */
  private static History rolling(int requests) {
    Histories history =
        Histories.of(Strategy.ROLLING)
            .phase(0, PhaseKind.ROLLOUT)
            .phase(requests / 2, PhaseKind.HOLD);
    for (int i = 0; i < requests; i++) {
      history.user(i % 60_000);
      if (i % 100 == 7) {
        history.refusedByEdge(i + 1, i, 4, 502);
      } else {
        history.ok(i + 1, i, 3 + i % 17, i < requests / 2 ? "v1" : "v2");
      }
    }
    return history.end(requests + 1000, Event.End.COMPLETED).build();
  }
}
