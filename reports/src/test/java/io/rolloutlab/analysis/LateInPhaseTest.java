package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.read.ScenarioReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Latencies of a phase prove nothing good where its requests were sent later than they took. */
class LateInPhaseTest {
  /** In the hold all requests are sent 500 ms late, and new connections take 600 ms. */
  private static String late(String expect) {
    String text = "name: toy\nquestion: Why?\nstrategy: rolling\nexpect:\n  %s\n".formatted(expect);
    Histories history =
        Histories.of(
                ScenarioReader.YAML
                    .read(Path.of("toy.yaml"), text.getBytes(StandardCharsets.UTF_8))
                    .value())
            .phase(0, PhaseKind.ROLLOUT)
            .phase(10_000, PhaseKind.HOLD)
            .end(20_000, Event.End.COMPLETED);
    for (int i = 0; i < 10; i++) {
      history.over(Population.REUSED).ok(i + 1, i * 100, 700, "v2");
    }
    for (int i = 0; i < 10; i++) {
      int latency = i < 2 ? 600 : 5;
      long at = Histories.ZERO + 10_000 + i * 700;
      history
          .add(
              new Request(
                  i + 20,
                  0,
                  i < 2 ? Population.NEW : Population.REUSED,
                  new Request.Times(at - 500, at),
                  new Request.End(latency, Outcome.OK, "", 200),
                  new AppHeaders("v2", "v2-replica")))
          .hit(i + 20, 10_000 + i * 700 + latency, 200, "v2");
    }
    return Analysis.analyse(history.build()).expectations().get(0).sentence();
  }

  @Test
  void requestsThatWereSentLateMakeTheLatenciesOfTheirPhaseDoubtful() {
    assertThat(late("p50Millis: {atMost: 1000, in: hold}"))
        .contains(
            "it is doubtful: The p50 of the latency in the phase \"HOLD\" is doubtful: it is 5 ms"
                + " from the actual sending, and at p50 the load sent its requests 500 ms later")
        .endsWith(": UNKNOWN.");
    assertThat(late("p99Millis: {atMost: 1000, in: hold}"))
        .as("600 ms are more than the load was late")
        .endsWith("measured 600 ms: PASS.");
    assertThat(late("p50Millis: {atMost: 1000, in: rollout}")).endsWith(": PASS.");
  }
}
