package io.rolloutlab.analysis.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Histories;
import io.rolloutlab.history.ResourceSample;
import io.rolloutlab.scenario.Strategy;
import org.junit.jupiter.api.Test;

/**
 * Two processors are looked at each second: idle for 1 s, for 0.1 s, and a look that stood still.
 */
class MachineLooksTest {
  private final Histories history = Histories.of(Strategy.ROLLING);

  private MachineLooks looks() {
    look(0, 10, 10);
    look(1_000, 11, 11);
    look(2_000, 12.9, 11.1);
    look(3_000, 12.9, 11.1);
    return new MachineLooks(history.build(), Histories.ZERO);
  }

  private void look(long at, double busy, double idle) {
    counter(at, "busy", busy);
    counter(at, "idle", idle);
  }

  private void counter(long at, String name, double seconds) {
    history.add(
        new ResourceSample(
            Histories.ZERO + at,
            new ResourceSample.Of(ResourceSample.Kind.MACHINE, name),
            ResourceSample.Use.ofCpu(seconds)));
  }

  @Test
  void allOfTheIdleTimeOfALookMayHaveBeenInTheSpan() {
    MachineLooks looks = looks();

    assertThat(looks.areRecorded()).isTrue();
    assertThat(looks.withoutIdleMillis(1_200, 1_700)).isEqualTo(400);
    assertThat(looks.withoutIdleMillis(1_200, 1_300)).isZero();
    assertThat(looks.withoutIdleMillis(100, 900)).as("idle all the time").isZero();
    assertThat(looks.withoutIdleMillis(500, 1_500)).isEqualTo(400);
  }

  @Test
  void whatWasNotWatchedSaysNothing() {
    assertThat(looks().withoutIdleMillis(2_000, 2_900)).isZero();
    assertThat(looks().withoutIdleMillis(-900, 0)).isZero();
    assertThat(looks().withoutIdleMillis(3_000, 9_000)).isZero();
    MachineLooks none = new MachineLooks(Histories.of(Strategy.ROLLING).build(), Histories.ZERO);
    assertThat(none.areRecorded()).isFalse();
    assertThat(none.withoutIdleMillis(0, 9_000)).isZero();
  }
}
