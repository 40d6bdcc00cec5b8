package io.rolloutlab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.HistoryWriter;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.twin.TwinTestbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run records of those beside it. The twin plays it, and the clock of the wave stands. */
class CourseTest {
  private static final long NOW = 1_234;

  @TempDir Path folder;

  private List<Event> play(Wave.Place place) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("x.yaml"),
            "name: x\nquestion: Why?\nstrategy: baseline\nbaseline: {hold: 2s}\n"
                + "load: {ratePerSecond: 5, warmUp: 2s, coolDown: 2s}\n");
    Scenario scenario = new ScenarioReader().read(file);
    List<Event> events = new ArrayList<>();
    try (HistoryWriter history =
            new HistoryWriter(
                folder.resolve("run"), SampleFindings.history(Strategy.ROLLING, 1).manifest());
        TwinTestbed testbed =
            new TwinTestbed(
                scenario,
                Balancing.DNSRR,
                Calibrated.DELIVERED.settings(),
                history,
                events::add,
                () -> false)) {
      Course.run(new Stage(scenario, testbed), place);
    }
    return events;
  }

  @Test
  void besideOthersItIsRecordedSinceWhenAllLoadsFlow() throws IOException {
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
  void aRunAloneSaysNothingOfOthers() throws IOException {
    assertThat(play(Wave.alone())).noneMatch(Event.AllUnderLoad.class::isInstance);
  }
}
