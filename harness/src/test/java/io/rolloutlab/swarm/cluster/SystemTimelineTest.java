package io.rolloutlab.swarm.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.testbed.InterruptedRunException;
import io.rolloutlab.testbed.StepFailedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SystemTimelineTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  @Test
  void awaitSaysWhatWasMissingLast() {
    SystemTimeline timeline = new SystemTimeline(() -> false, () -> {});

    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(
            () -> timeline.await("4 tasks run", () -> Optional.of("3 run"), Duration.ofMillis(120)))
        .withMessage("not within 120ms: 4 tasks run (3 run)");
  }

  @Test
  void awaitLooksUntilNothingIsMissing() {
    AtomicInteger looks = new AtomicInteger();

    new SystemTimeline(() -> false, () -> {})
        .await(
            "third look",
            () -> looks.incrementAndGet() == 3 ? Optional.empty() : Optional.of("more"),
            LONG);

    assertThat(looks).hasValue(3);
  }

  @Test
  void aStopEndsEveryWait() {
    SystemTimeline stopped = new SystemTimeline(() -> true, () -> {});

    assertThatExceptionOfType(InterruptedRunException.class).isThrownBy(() -> stopped.pause(LONG));
    assertThatExceptionOfType(InterruptedRunException.class)
        .isThrownBy(() -> stopped.await("never", () -> Optional.of("all"), LONG));
  }

  @Test
  void aFailureElsewhereEndsEveryWait() {
    SystemTimeline timeline =
        new SystemTimeline(
            () -> false,
            () -> {
              throw new StepFailedException("the disk is full");
            });

    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(() -> timeline.pause(LONG))
        .withMessage("the disk is full");
  }
}
