package io.rolloutlab.alarm;

import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.trial.OnTheTwin;
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

    CalledBack.holdsIn(OnTheTwin.history(new ScenarioReader().read(file), folder.resolve("run")));
  }
}
