package io.rolloutlab.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link Recorder} promises, whatever stands behind it. */
public abstract class RecorderContract {
  protected abstract Bench bench();

  /** The testbed records what it sees itself between them. */
  @Test
  void eventsAreReadBackAsTheyWereAndInOrder() {
    long now = bench().testbed().timeline().nowMillis();
    List<Event> events =
        List.of(
            new Event.PhaseStarted(now, PhaseKind.HOLD, "recorder: \"quoted\", ünïcode"),
            new Event.Step(now + 2, "recorder", List.of("docker ps"), "server {\n}\n"),
            new Event.ShareHeld(now + 1, now + 2, 30, "recorder: earlier, but recorded later"),
            new Event.Fault(now, "recorder", "", false));

    events.forEach(bench().testbed().recorder()::event);

    assertThat(bench().recorded().events()).containsSubsequence(events);
  }

  @Test
  void oneEventTwiceIsTwoEvents() {
    Event step = new Event.Step(1, "recorded twice", List.of(), "");

    bench().testbed().recorder().event(step);
    bench().testbed().recorder().event(step);

    assertThat(bench().recorded().events()).filteredOn(step::equals).hasSize(2);
  }
}
