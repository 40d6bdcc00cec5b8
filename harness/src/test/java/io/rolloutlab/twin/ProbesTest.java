package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.scenario.HealthCheck;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.model.App;
import io.rolloutlab.twin.model.Knobs;
import io.rolloutlab.twin.model.TwinSettings;
import io.rolloutlab.twin.node.Probes;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProbesTest {
  private final EventQueue queue = new EventQueue();
  private long unhealthyMicros;

  /** When an app that is never healthy is given up, in milliseconds from its start. */
  private long givenUp(Duration startPeriod) {
    return givenUp(startPeriod, null);
  }

  private long givenUp(Duration startPeriod, Duration startInterval) {
    App app =
        new App(
            queue,
            TwinSettings.TWO_CORES,
            new Chance(1, "test"),
            Knobs.of(Map.of("APP_NEVER_HEALTHY", "true")),
            "container",
            "10.0.1.3");
    HealthCheck check =
        new HealthCheck(
            null, Duration.ofSeconds(20), Duration.ofSeconds(9), 1, startPeriod, startInterval);
    new Probes(
            queue,
            check,
            () -> 2_000_000,
            app,
            () -> true,
            () -> {},
            () -> unhealthyMicros = queue.nowMicros())
        .next();
    queue.run(600_000_000);
    return unhealthyMicros / 1000;
  }

  /** The first one comes 5 s after the start and takes 2 s: it began in the period, ended after. */
  @Test
  void aProbeThatBeganInTheStartPeriodDoesNotCount() {
    assertThat(givenUp(Duration.ofMillis(5500))).isEqualTo(5000 + 2000 + 20_000 + 2000);
  }

  @Test
  void itsOwnIntervalIsThatOfTheStartPeriod() {
    assertThat(givenUp(Duration.ofMillis(2500), Duration.ofSeconds(3))).isEqualTo(3000 + 2000);
  }

  @Test
  void oneThatBeganAfterItDoes() {
    assertThat(givenUp(Duration.ofMillis(5000))).isEqualTo(5000 + 2000);
  }
}
