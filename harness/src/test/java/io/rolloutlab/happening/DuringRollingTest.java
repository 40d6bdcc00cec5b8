package io.rolloutlab.happening;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.trial.Commit;
import io.rolloutlab.trial.TwinTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What HappeningsIT sees on a real Swarm is seen on the twin. */
class DuringRollingTest {
  @TempDir Path folder;

  @Test
  void happensOnTheTwin() throws IOException {
    Path file = folder.resolve("happens.yaml");
    Files.writeString(file, "name: happens\nquestion: Why?\n" + DuringRolling.SCENARIO);
    Path run = folder.resolve("run");

    Event.RunEnded end =
        new TwinTrial(
                new ScenarioReader().read(file),
                Calibrated.DELIVERED.settings(),
                new Commit("test", false),
                run,
                () -> false)
            .run();

    assertThat(end.end()).as(end.cause()).isEqualTo(Event.End.COMPLETED);
    DuringRolling.holdsIn(HistoryReader.read(run));
  }
}
