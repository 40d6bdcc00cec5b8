package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.requests.Latency;
import io.rolloutlab.analysis.requests.Percentiles;
import io.rolloutlab.analysis.requests.Sending;
import io.rolloutlab.analysis.verdict.LatencyDoubt;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The scenario wants 40 requests a second. */
class SendingTest {
  private final Histories history =
      Histories.of(Strategy.ROLLING).phase(-2000, PhaseKind.WARM_UP).phase(0, PhaseKind.ROLLOUT);
  private long id;

  private Findings findings() {
    return Analysis.analyse(history.end(9000, Event.End.COMPLETED).build());
  }

  private void sent(long intended, int late, int latency) {
    id++;
    long zero = Histories.ZERO;
    history.add(
        new Request(
            id,
            0,
            Population.NEW,
            new Request.Times(zero + intended, zero + intended + late),
            new Request.End(latency, Outcome.OK, "", 200),
            new AppHeaders("v1", "r")));
    history.hit(id, intended + late + latency, 200, "v1");
  }

  /** One each 100 ms from −2 s, and from 0 to 4 s one each 50 ms: 20 + 81. */
  @Test
  void wantedAndAchievedRatesStandSideBySide() {
    for (int at = -2000; at < 0; at += 100) {
      sent(at, 0, 5);
    }
    for (int at = 0; at <= 4000; at += 50) {
      sent(at, 0, 5);
    }

    Sending sending = findings().sending().orThrow();

    assertThat(sending.wantedPerSecond()).isEqualTo(40);
    assertThat(sending.achievedPerSecond()).hasValue(81 / 4.0);
    assertThat(sending.byPhase())
        .extracting(one -> one.sent(), one -> one.achievedPerSecond().orElse(-1))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(20, 10.0),
            org.assertj.core.groups.Tuple.tuple(81, 81 / 4.0));
  }

  @Test
  void latencyFromTheIntendedTimeHoldsTheLateness() {
    sent(100, 40, 5);
    sent(200, 10, 20);

    Latency latency = findings().latency().orThrow();

    assertThat(latency.sinceRollout()).contains(new Percentiles(2, 5, 20, 20, 20, 20));
    assertThat(latency.sinceRolloutFromIntended()).contains(new Percentiles(2, 30, 45, 45, 45, 45));
    assertThat(latency.byPhase().get(0).fromIntended().maxMillis()).isEqualTo(45);
  }

  /** At p99 the sender is 9 ms late, which is more than the 8 ms it reports; at p50 it is not. */
  @Test
  void aPercentileBelowTheLatenessOfTheSenderIsDoubtful() {
    for (int i = 0; i < 100; i++) {
      sent(i * 10L, i < 90 ? 0 : 9, 8);
    }

    Findings run = findings();

    assertThat(run.latencyDoubts()).extracting(LatencyDoubt::percentile).containsExactly(95, 99);
    assertThat(run.doubtOf("p99Millis")).contains("8 ms", "9 ms");
    assertThat(run.doubtOf("p50Millis")).isEmpty();
    assertThat(run.doubtOf("p99IntendedMillis")).isEmpty();
    Comparison table = Comparison.of(List.of(run));
    assertThat(table.rows().get(0).cells()).noneMatch(Comparison.Cell::best);
  }

  @Test
  void aPunctualSenderLeavesNoDoubt() {
    for (int i = 0; i < 100; i++) {
      sent(i * 10L, 8, 8);
    }

    assertThat(findings().latencyDoubts()).isEmpty();
  }

  @Test
  void withoutRequestsNothingIsAchieved() {
    Sending sending = findings().sending().orThrow();

    assertThat(sending.achievedPerSecond()).isEmpty();
    assertThat(sending.lateness()).isEmpty();
    assertThat(sending.byPhase()).isEmpty();
  }

  @Test
  void latenessIsThatOfTheRequestsOfItsTime() {
    sent(-3000, 70, 5);
    sent(-2000, 500, 5);
    sent(-30, 30, 5);
    sent(100, 40, 5);

    Sending sending = findings().sending().orThrow();

    assertThat(sending.lateness()).contains(new Percentiles(2, 30, 40, 40, 40, 40));
    assertThat(sending.byPhase())
        .extracting(phase -> phase.lateness().orElseThrow())
        .as("what was sent before the first phase is of none")
        .containsExactly(
            new Percentiles(1, 500, 500, 500, 500, 500), new Percentiles(2, 30, 40, 40, 40, 40));
  }

  @Test
  void aSecondOfLoadIsEnoughForARate() {
    sent(0, 0, 5);
    sent(999, 0, 5);
    assertThat(Analysis.analyse(history.build()).sending().orThrow().achievedPerSecond()).isEmpty();

    sent(1000, 0, 5);
    assertThat(Analysis.analyse(history.build()).sending().orThrow().achievedPerSecond())
        .hasValue(3);
  }
}
