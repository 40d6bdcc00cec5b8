package io.rolloutlab.analysis.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rolloutlab.analysis.Histories;
import io.rolloutlab.history.ResourceSample;
import io.rolloutlab.scenario.Strategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A counter that was looked at: 10 s at 1 s, 14 s at 3 s, 15 s at 5 s. */
class CpuCounterTest {
  private final Histories history = Histories.of(Strategy.ROLLING);

  private CpuCounter counter(String name) {
    return new CpuCounter(history.build(), ResourceSample.Kind.MACHINE, name, Histories.ZERO);
  }

  private void look(long at, String name, double seconds) {
    history.add(
        new ResourceSample(
            Histories.ZERO + at,
            new ResourceSample.Of(ResourceSample.Kind.MACHINE, name),
            ResourceSample.Use.ofCpu(seconds)));
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 3000, 4",
    "1000, 2000, 2",
    "1500, 2000, 1",
    "2000, 4000, 2.5",
    "4000, 9000, 0.5",
    "0, 2000, 2",
    "-500, 9000, 5",
    "-500, 1000, 0",
    "5000, 9000, 0",
    "4000, 2000, 0"
  })
  void itGrowsEvenlyBetweenTwoLooksAndStandsStillOutside(long from, long until, double grown) {
    look(3_000, "busy", 14);
    look(1_000, "busy", 10);
    look(5_000, "busy", 15);
    look(2_000, "idle", 900);

    assertThat(counter("busy").between(from, until)).isCloseTo(grown, within(1e-9));
  }

  /** It may grow by 3 s in a second. */
  @ParameterizedTest
  @CsvSource({
    "1000, 3000, 4",
    "1200, 3000, 3.4",
    "1000, 2900, 3.7",
    "1200, 2900, 3.1",
    "0, 3000, 4",
    "1000, 9000, 5",
    "-500, 9000, 5",
    "2000, 4000, 0",
    "1001, 4999, 4.994",
    "-500, 1000, 0",
    "-500, 900, 0",
    "5000, 9000, 0",
    "6000, 9000, 0"
  })
  void whatMayHaveBeenOutsideIsTakenOff(long from, long until, double grown) {
    look(3_000, "busy", 14);
    look(1_000, "busy", 10);
    look(5_000, "busy", 15);

    assertThat(counter("busy").atLeast(from, until, 3)).isCloseTo(grown, within(1e-9));
  }

  @Test
  void whatNobodyLookedAtDidNotGrow() {
    assertThat(counter("busy").size()).isZero();
    assertThat(counter("busy").between(0, 9_000)).isZero();
    assertThat(counter("busy").atLeast(0, 9_000, 3)).isZero();
  }
}
