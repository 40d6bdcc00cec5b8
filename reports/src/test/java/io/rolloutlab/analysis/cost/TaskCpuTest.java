package io.rolloutlab.analysis.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rolloutlab.analysis.Histories;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.history.ResourceSample;
import io.rolloutlab.history.TaskRef;
import io.rolloutlab.scenario.Strategy;
import org.junit.jupiter.api.Test;

/** Task a uses 0.2 cores, and b 0.05; both are sampled each second, 300 ms after it began. */
class TaskCpuTest {
  private static final Span SECONDS_2_TO_4 = new Span(2_000, 4_000);

  private static ResourceSample sample(ResourceSample.Of of, long at, double seconds) {
    return new ResourceSample(Histories.ZERO + at, of, ResourceSample.Use.ofCpu(seconds));
  }

  private static ResourceSample.Of task(String id) {
    return ResourceSample.Of.task(new TaskRef(id, "pyapp", 1, "workerN1", "v1"));
  }

  private static TaskCpu containers() {
    Histories history = Histories.of(Strategy.ROLLING);
    for (int second = 0; second < 9; second++) {
      long at = second * 1000 + 300;
      history
          .add(sample(task("a"), at, 7 + 0.2 * second))
          .add(sample(task("b"), at, 3 + 0.05 * second))
          .add(sample(ResourceSample.Of.node("a"), at, 90 * second));
    }
    return new TaskCpu(history.build(), Histories.ZERO);
  }

  private static double share(String task, double cores) {
    return containers().shareAtLeast(task, SECONDS_2_TO_4, cores);
  }

  @Test
  void whoUsesAllThatItMayHasNothingLeft() {
    assertThat(share("a", 0.2)).isCloseTo(1, within(1e-9));
    assertThat(share("a", 0.1)).as("more than all is all").isEqualTo(1);
  }

  /** 0.6 s are between the samples around the span; 0.25 s of them may have been outside. */
  @Test
  void whatItMayHaveUsedOutsideIsTakenOff() {
    assertThat(share("a", 0.25)).isCloseTo(0.35 / 0.5, within(1e-9));
    assertThat(share("b", 0.2)).isZero();
  }

  @Test
  void whoWasNotSampledUsedNothingThatIsKnown() {
    assertThat(share("c", 0.2)).isZero();
  }
}
