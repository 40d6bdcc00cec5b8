package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.requests.Latency;
import io.rolloutlab.analysis.requests.Percentiles;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.Strategy;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatencyTest {
  private final Histories history =
      Histories.of(Strategy.ROLLING).phase(-1000, PhaseKind.WARM_UP).phase(0, PhaseKind.ROLLOUT);

  private Latency latency() {
    return Analysis.analyse(history.build()).latency().orThrow();
  }

  @Test
  void percentilesAreMeasuredValues() {
    for (int i = 1; i <= 100; i++) {
      history.ok(i, i, 101 - i, "v1");
    }

    assertThat(latency().sinceRollout()).contains(new Percentiles(100, 50, 90, 95, 99, 100));
  }

  @Test
  void onlySuccessesCount() {
    history.ok(1, 100, 10, "v1").lost(2, 200, 9000, "timeout").unfinished(3, 300);

    assertThat(latency().sinceRollout()).contains(new Percentiles(1, 10, 10, 10, 10, 10));
  }

  @Test
  void phasesStandAgainstTheWarmUpOfTheSamePopulation() {
    history.ok(1, -900, 10, "v1").ok(2, 100, 30, "v1");
    history.over(Population.REUSED).ok(3, -800, 4, "v1").ok(4, 200, 5, "v1");

    assertThat(latency().warmUp()).contains(new Percentiles(2, 4, 10, 10, 10, 10));
    assertThat(latency().byPhase())
        .filteredOn(one -> one.phase().kind() == PhaseKind.ROLLOUT)
        .extracting(Latency.PhaseLatency::population, Latency.PhaseLatency::aboveWarmUp)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                Optional.empty(), Optional.of(new Latency.Change(1, 20, 20))),
            org.assertj.core.groups.Tuple.tuple(
                Optional.of(Population.NEW), Optional.of(new Latency.Change(20, 20, 20))),
            org.assertj.core.groups.Tuple.tuple(
                Optional.of(Population.REUSED), Optional.of(new Latency.Change(1, 1, 1))));
  }

  @Test
  void latenessIsActualAgainstIntended() {
    long zero = Histories.ZERO;
    history
        .add(
            new Request(
                1,
                0,
                Population.NEW,
                new Request.Times(zero + 100, zero + 140),
                new Request.End(5, Outcome.OK, "", 200),
                new AppHeaders("v1", "r")))
        .hit(1, 145, 200, "v1");

    assertThat(latency().lateness()).contains(new Percentiles(1, 40, 40, 40, 40, 40));
    assertThat(latency().sinceRollout().orElseThrow().maxMillis()).isEqualTo(5);
  }

  @Test
  void everySecondHasItsPercentilesOrNone() {
    history.ok(1, 100, 10, "v1").ok(2, 2100, 20, "v1");

    assertThat(latency().perSecond())
        .containsExactly(
            new Latency.Second(0, Optional.of(new Percentiles(1, 10, 10, 10, 10, 10))),
            new Latency.Second(1, Optional.empty()),
            new Latency.Second(2, Optional.of(new Percentiles(1, 20, 20, 20, 20, 20))));
  }

  @Test
  void latenciesSinceTheRolloutAreThoseOfRequestsThatWereSentInIt() {
    history.ok(1, -1, 700, "v1").ok(2, 0, 10, "v1").ok(3, 100, 30, "v1");

    assertThat(latency().sinceRollout()).contains(new Percentiles(2, 10, 30, 30, 30, 30));
    assertThat(latency().sinceRolloutFromIntended())
        .contains(new Percentiles(2, 10, 30, 30, 30, 30));
  }
}
