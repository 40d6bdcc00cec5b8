package io.rolloutlab.swarm.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.history.Event;
import io.rolloutlab.testbed.InterruptedRunException;
import io.rolloutlab.testbed.StepFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SystemTimelineTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  @Test
  void awaitSaysWhatWasMissingLast() {
    SystemTimeline timeline = new SystemTimeline(() -> false, () -> {}, fault -> {});

    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(
            () -> timeline.await("4 tasks run", () -> Optional.of("3 run"), Duration.ofMillis(120)))
        .withMessage("not within 120ms: 4 tasks run (3 run)");
  }

  @Test
  void awaitLooksUntilNothingIsMissing() {
    AtomicInteger looks = new AtomicInteger();

    new SystemTimeline(() -> false, () -> {}, fault -> {})
        .await(
            "third look",
            () -> looks.incrementAndGet() == 3 ? Optional.empty() : Optional.of("more"),
            LONG);

    assertThat(looks).hasValue(3);
  }

  @Test
  void aStopEndsEveryWait() {
    SystemTimeline stopped = new SystemTimeline(() -> true, () -> {}, fault -> {});

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
            },
            fault -> {});

    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(() -> timeline.pause(LONG))
        .withMessage("the disk is full");
  }

  @Test
  void whatIsDueAtOneTimeIsDoneSideBySide() {
    CountDownLatch met = new CountDownLatch(2);
    AtomicInteger meetings = new AtomicInteger();
    Runnable meets =
        () -> {
          met.countDown();
          try {
            if (met.await(LONG.toSeconds(), TimeUnit.SECONDS)) {
              meetings.incrementAndGet();
            }
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
        };
    try (SystemTimeline timeline = new SystemTimeline(() -> false, () -> {}, fault -> {})) {
      timeline.later(Duration.ZERO, meets);
      timeline.later(Duration.ZERO, meets);

      timeline.await(
          "both have met",
          () -> meetings.get() == 2 ? Optional.empty() : Optional.of("" + meetings),
          LONG);
    }
  }

  @Test
  void whatFailsWhenNobodyWaitsAnyMoreIsAFaultThatSpoilsTheRun() throws InterruptedException {
    List<Event> faults = new CopyOnWriteArrayList<>();
    CountDownLatch begun = new CountDownLatch(2);
    SystemTimeline timeline = new SystemTimeline(() -> false, () -> {}, faults::add);
    for (String why : List.of("the node is stuck", "the engine is gone")) {
      timeline.later(
          Duration.ZERO,
          () -> {
            begun.countDown();
            throw new IllegalStateException(why);
          });
    }
    assertThat(begun.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();

    timeline.close();

    assertThat(faults)
        .hasSize(2)
        .allSatisfy(fault -> assertThat(((Event.Fault) fault).spoils()).isTrue())
        .extracting(fault -> ((Event.Fault) fault).detail())
        .containsExactlyInAnyOrder("the node is stuck", "the engine is gone");
  }

  @Test
  void whatHasNotBegunAtTheEndNeverDoes() {
    AtomicInteger done = new AtomicInteger();
    SystemTimeline timeline = new SystemTimeline(() -> false, () -> {}, fault -> {});
    timeline.later(Duration.ofMillis(100), done::incrementAndGet);

    timeline.close();
    new SystemTimeline(() -> false, () -> {}, fault -> {}).pause(Duration.ofMillis(300));

    assertThat(done).hasValue(0);
  }
}
