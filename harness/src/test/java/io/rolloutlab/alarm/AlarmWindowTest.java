package io.rolloutlab.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.alarm.AlarmWindow.Alarming;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Hit;
import io.rolloutlab.scenario.AlarmPlan;
import io.rolloutlab.scenario.check.Percent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Counted by hand: more than a quarter of at least four requests in one second. */
class AlarmWindowTest {
  private final AlarmWindow window = new AlarmWindow(plan(null, null));

  private static AlarmPlan plan(Duration slowerThan, Percent slowAbove) {
    return new AlarmPlan(
        new Percent(0.25), slowerThan, slowAbove, null, Duration.ofSeconds(1), 4, null);
  }

  private static Hit hit(long atMillis, int status, int latencyMillis) {
    return new Hit(
        atMillis,
        1,
        "10.77.0.1",
        new Hit.Answer(status, latencyMillis),
        Hit.Tries.NONE,
        AppHeaders.NONE,
        new Hit.Connection("e", 1, 1, 1));
  }

  private boolean rings(long atMillis, int status) {
    return window.add(hit(atMillis, status, 1)).isPresent();
  }

  @Test
  void ringsWhenMoreThanTheShareOfEnoughRequestsFailed() {
    assertThat(rings(0, 502)).as("1 of 1, of which there must be 4").isFalse();
    assertThat(rings(100, 502)).as("2 of 2").isFalse();
    assertThat(rings(200, 200)).as("2 of 3").isFalse();
    assertThat(window.add(hit(300, 200, 1))).contains(new Alarming("failed", 2, 4, 25));
  }

  @Test
  void theShareItselfIsNotMore() {
    rings(0, 500);
    rings(100, 200);
    rings(200, 200);
    assertThat(rings(300, 200)).as("1 of 4").isFalse();
    assertThat(rings(400, 499)).as("2 of 5: the client went away").isTrue();
  }

  @Test
  void whatIsAWindowOldIsOutOfIt() {
    rings(0, 500);
    rings(1, 500);
    rings(500, 200);
    rings(600, 404);
    assertThat(rings(700, 200)).as("2 of 5").isTrue();
    assertThat(rings(1000, 200)).as("1 of 5: what came at 0 is a second old").isFalse();
    assertThat(rings(1001, 200)).as("0 of 5").isFalse();
    assertThat(rings(1002, 500)).as("1 of 6").isFalse();
    assertThat(rings(1499, 500)).as("2 of 7").isTrue();
    assertThat(rings(1500, 200)).as("2 of 7: what came at 500 is out").isTrue();
    assertThat(rings(5000, 500)).as("1 of 1 again").isFalse();
  }

  /** Lines of two containers of the edge come in no strict order. */
  @Test
  void aLineThatComesLateIsTakenForOneOfNow() {
    rings(900, 200);
    rings(880, 500);
    rings(950, 200);
    assertThat(rings(700, 500)).isTrue();
    assertThat(rings(1890, 200)).as("2 of 4, since those of before 900 count as of 900").isTrue();
    assertThat(rings(1900, 200)).as("0 or 1 of 3").isFalse();
  }

  @Test
  void slowOnesRingWhereTheyAreAskedFor() {
    AlarmWindow slow = new AlarmWindow(plan(Duration.ofMillis(500), new Percent(0.5)));
    assertThat(slow.add(hit(0, 200, 501))).isEmpty();
    assertThat(slow.add(hit(1, 200, 500))).as("not slower than 500 ms").isEmpty();
    assertThat(slow.add(hit(2, 200, 900))).isEmpty();
    assertThat(slow.add(hit(3, 500, 900))).as("2 of 4 are slow, 1 failed").isEmpty();
    assertThat(slow.add(hit(4, 200, 700))).contains(new Alarming("slow", 3, 5, 50));
  }

  @Test
  void nobodyIsNeverRung() {
    AlarmWindow nobody = new AlarmWindow(AlarmPlan.NONE);
    for (int i = 0; i < 100; i++) {
      assertThat(nobody.add(hit(i, 500, 60_000))).isEmpty();
    }
    assertThat(AlarmPlan.NONE.looks()).isFalse();
    assertThat(AlarmPlan.DEFAULT.looks()).isTrue();
  }
}
