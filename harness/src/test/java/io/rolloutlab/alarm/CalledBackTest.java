package io.rolloutlab.alarm;

import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.trial.Commit;
import io.rolloutlab.trial.TwinTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What CalledBackIT sees on a real Swarm is seen on the twin. */
class CalledBackTest {
  @TempDir Path folder;

  @Test
  void isCalledBackOnTheTwin() throws IOException {
    Path file = folder.resolve("called-back.yaml");
    Files.writeString(file, "name: called-back\nquestion: Why?\n" + CalledBack.SCENARIO);
    Path run = folder.resolve("run");

    new TwinTrial(
            new ScenarioReader().read(file),
            Calibrated.DELIVERED.settings(),
            new Commit("test", false),
            run,
            () -> false)
        .run();

    CalledBack.holdsIn(HistoryReader.read(run));
  }
}
