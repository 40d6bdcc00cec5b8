package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.scenario.app.HealthCheck;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.model.App;
import io.rolloutlab.twin.model.Knobs;
import io.rolloutlab.twin.node.Probes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
            Calibrated.DELIVERED.settings(),
            new Chance(1, "test"),
            () -> 0,
            Knobs.of(Map.of("APP_NEVER_HEALTHY", "true")),
            "container",
            "10.0.1.3");
    HealthCheck check =
        new HealthCheck(
            null, Duration.ofSeconds(20), Duration.ofSeconds(9), 1, startPeriod, startInterval);
    new Probes(
            queue,
            check,
            then -> queue.after(2_000_000, then),
            app,
            () -> true,
            () -> {},
            () -> {
              unhealthyMicros = queue.nowMicros();
              app.end();
            })
        .next();
    queue.run(600_000_000);
    assertThat(app.probed()).as("probes after its end").isLessThan(3);
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

  /** Its containers are probed until they end, which costs the machine what it costs. */
  @Test
  void whoIsHealthyIsProbedOn() {
    App app =
        new App(
            queue,
            Calibrated.DELIVERED.settings(),
            new Chance(1, "test"),
            () -> 0,
            Knobs.of(Map.of()),
            "container",
            "10.0.1.3");
    app.listen();
    List<Long> healthyMicros = new ArrayList<>();
    HealthCheck check =
        new HealthCheck(
            null,
            Duration.ofSeconds(10),
            Duration.ofSeconds(9),
            1,
            Duration.ofSeconds(60),
            Duration.ofSeconds(3));
    new Probes(
            queue,
            check,
            then -> queue.after(2_000_000, then),
            app,
            () -> true,
            () -> healthyMicros.add(queue.nowMicros()),
            () -> {
              throw new IllegalStateException("it is healthy");
            })
        .next();

    queue.run(30_000_000);
    assertThat(healthyMicros).containsExactly(5_000_000L);
    // After 3 + 2 s, and then an interval of 10 s and 2 s each.
    assertThat(app.probed()).isEqualTo(3);

    app.end();
    queue.run(60_000_000);
    assertThat(app.probed()).isEqualTo(3);
  }

  @Test
  void oneThatBeganAfterItDoes() {
    assertThat(givenUp(Duration.ofMillis(5000))).isEqualTo(5000 + 2000);
  }
}
