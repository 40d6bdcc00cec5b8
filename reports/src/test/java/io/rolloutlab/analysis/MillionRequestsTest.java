package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.Strategy;
import java.util.ArrayList;
import java.util.List;
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

    long fewNanos = Long.MAX_VALUE;
    long manyNanos = Long.MAX_VALUE;
    for (int turn = 0; turn < 3; turn++) {
      fewNanos = Math.min(fewNanos, nanos(few));
      manyNanos = Math.min(manyNanos, nanos(many));
    }

    assertThat((double) manyNanos / fewNanos)
        .as("%s ms for %s, %s ms for %s", manyNanos / 1_000_000, MANY, fewNanos / 1_000_000, FEWER)
        .isLessThan(ROOM);
    Findings findings = Analysis.analyse(many);
    assertThat(findings.reconciliation().orThrow().logged().matched()).isEqualTo(MANY);
    assertThat(findings.errors().orThrow().sinceRollout().count()).isEqualTo(MANY / 100);
  }

  private static long nanos(History history) {
    long start = System.nanoTime();
    Analysis.analyse(history);
    return System.nanoTime() - start;
  }

  /**
   * A thousand a second; every hundredth fails, v2 answers those of the second half. Texts are
   * shared, as the reader shares them.
   */
  static History rolling(int requests) {
    History frame =
        Histories.of(Strategy.ROLLING)
            .phase(0, PhaseKind.ROLLOUT)
            .phase(requests / 2, PhaseKind.HOLD)
            .end(requests + 1000, Event.End.COMPLETED)
            .build();
    List<Request> sent = new ArrayList<>(requests);
    List<Hit> hits = new ArrayList<>(requests);
    for (int i = 0; i < requests; i++) {
      boolean fails = i % 100 == 7;
      String version = fails ? "" : i < requests / 2 ? "v1" : "v2";
      Outcome outcome = fails ? Outcome.FAILED : Outcome.OK;
      String error = fails ? "http-502" : "";
      int status = fails ? 502 : 200;
      int latency = 3 + i % 17;
      long at = Histories.ZERO + i;
      int user = i % 60_000;
      sent.add(
          new Request(
              i + 1,
              user,
              Population.NEW,
              new Request.Times(at, at),
              new Request.End(latency, outcome, error, status),
              new AppHeaders(version, "r1")));
      hits.add(
          new Hit(
              at + latency,
              i + 1,
              "10.77.0.1",
              new Hit.Answer(status, 1),
              new Hit.Tries("10.0.1.5:5000", "200"),
              new AppHeaders(version, "r1"),
              new Hit.Connection("edge1", 30, i, 1)));
    }
    return new History(frame.manifest(), frame.events(), sent, hits, List.of(), List.of());
  }
}
