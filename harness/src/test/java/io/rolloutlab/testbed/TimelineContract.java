package io.rolloutlab.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a {@link Timeline} promises, whatever stands behind it. */
public abstract class TimelineContract {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(10);

  /** The real one waits by a clock that knows no corrections, and tells one that does. */
  private static final long CORRECTION_MILLIS = 1;

  protected abstract Bench bench();

  private Timeline timeline() {
    return bench().testbed().timeline();
  }

  @AfterEach
  void nobodyStopsTheNextTest() {
    bench().stopped(false);
  }

  @Test
  void aConditionThatHoldsIsNotWaitedFor() {
    AtomicInteger looks = new AtomicInteger();

    timeline()
        .await(
            "what holds",
            () -> {
              looks.incrementAndGet();
              return Optional.empty();
            },
            LONG);

    assertThat(looks).hasValue(1);
  }

  @Test
  void aConditionIsLookedAtUntilItHolds() {
    Iterator<Optional<String>> looks =
        List.of(Optional.of("two"), Optional.of("one"), Optional.<String>empty()).iterator();

    timeline().await("the third look", looks::next, LONG);

    assertThat(looks).isExhausted();
  }

  @Test
  void afterTheLimitItSaysWhatWasMissingLast() {
    Iterator<String> missing = List.of("nothing runs", "3 run").iterator();
    List<String> said = new ArrayList<>();
    long before = timeline().nowMillis();

    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(
            () ->
                timeline()
                    .await(
                        "4 tasks run",
                        () -> {
                          if (missing.hasNext()) {
                            said.add(missing.next());
                          }
                          return Optional.of(said.get(said.size() - 1));
                        },
                        SHORT))
        .withMessage("not within 300ms: 4 tasks run (3 run)");

    assertThat(timeline().nowMillis() - before)
        .isGreaterThanOrEqualTo(SHORT.toMillis() - CORRECTION_MILLIS);
  }

  @Test
  void aConditionThatCanNeverHoldEndsTheWait() {
    StepFailedException never = new StepFailedException("another version answers");

    assertThatThrownBy(
            () ->
                timeline()
                    .await(
                        "v2 answers",
                        () -> {
                          throw never;
                        },
                        LONG))
        .isSameAs(never);
  }

  @Test
  void aPauseLetsAtLeastSoMuchTimePass() {
    long before = timeline().nowMillis();

    timeline().pause(SHORT);

    assertThat(timeline().nowMillis() - before)
        .isGreaterThanOrEqualTo(SHORT.toMillis() - CORRECTION_MILLIS);
  }

  @Test
  void whatIsToBeDoneLaterIsDoneInAWait() {
    List<Long> done = new CopyOnWriteArrayList<>();
    long before = timeline().nowMillis();

    timeline().later(SHORT, () -> done.add(timeline().nowMillis()));
    assertThat(done).isEmpty();
    timeline()
        .await("it is done", () -> done.isEmpty() ? Optional.of("not") : Optional.empty(), LONG);

    assertThat(done.get(0) - before).isGreaterThanOrEqualTo(SHORT.toMillis() - CORRECTION_MILLIS);
  }

  @Test
  void twoThatAreDueAtOneTimeAreBothDone() {
    List<String> done = new CopyOnWriteArrayList<>();

    timeline().later(SHORT, () -> done.add("one"));
    timeline().later(SHORT, () -> done.add("other"));
    timeline()
        .await(
            "both are done",
            () -> done.size() < 2 ? Optional.of("" + done) : Optional.empty(),
            LONG);

    assertThat(done).containsExactlyInAnyOrder("one", "other");
  }

  @Test
  void whatFailsLaterEndsTheWaitThatGoesOn() {
    StepFailedException refused = new StepFailedException("there is no node workerN9");

    timeline()
        .later(
            SHORT,
            () -> {
              throw refused;
            });

    assertThatThrownBy(() -> timeline().pause(LONG)).isSameAs(refused);
    timeline().pause(SHORT);
  }

  @Test
  void timeNeverGoesBack() {
    List<Long> seen = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      seen.add(timeline().nowMillis());
      timeline().pause(Duration.ofMillis(1));
    }

    assertThat(seen).isSorted();
    assertThat(seen.get(49)).isGreaterThan(seen.get(0));
  }

  @Test
  void aStopEndsEveryWait() {
    bench().stopped(true);

    assertThatExceptionOfType(InterruptedRunException.class)
        .isThrownBy(() -> timeline().pause(LONG));
    assertThatExceptionOfType(InterruptedRunException.class)
        .isThrownBy(() -> timeline().await("never", () -> Optional.of("all"), LONG));
    assertThatExceptionOfType(InterruptedRunException.class)
        .as("also where nothing is missing: the next step must not be taken")
        .isThrownBy(() -> timeline().await("now", Optional::empty, LONG));
  }
}
