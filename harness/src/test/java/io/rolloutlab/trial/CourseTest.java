package io.rolloutlab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.twin.TestTwin;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run records of those beside it. The twin plays it, and the clock of the wave stands. */
class CourseTest {
  private static final long NOW = 1_234;

  @TempDir Path folder;

  private List<Event> play(Wave.Place place) {
    try (TestTwin twin =
        TestTwin.of(
            folder,
            "strategy: baseline",
            "baseline: {hold: 2s}",
            "load: {ratePerSecond: 5, warmUp: 2s, coolDown: 2s}")) {
      Course.run(twin.stage(), place);
      return twin.events();
    }
  }

  @Test
  void besideOthersItIsRecordedSinceWhenAllLoadsFlow() {
    Wave two = new Wave(List.of("a", "b"), () -> false, () -> NOW);
    two.place(1, waits -> {}).leave();

    List<Event> events = play(two.place(0, waits -> {}));

    assertThat(events)
        .filteredOn(Event.AllUnderLoad.class::isInstance)
        .containsExactly(new Event.AllUnderLoad(NOW));
    assertThat(events)
        .filteredOn(
            event ->
                event instanceof Event.AllUnderLoad
                    || event instanceof Event.PhaseStarted its
                        && its.phase() != PhaseKind.SETUP
                        && its.phase() != PhaseKind.TEARDOWN)
        .extracting(event -> event.getClass().getSimpleName())
        .as("before anything of the rollout is measured")
        .containsExactly("PhaseStarted", "AllUnderLoad", "PhaseStarted", "PhaseStarted");
  }

  @Test
  void aRunAloneSaysNothingOfOthers() {
    assertThat(play(Wave.alone())).noneMatch(Event.AllUnderLoad.class::isInstance);
  }
}
