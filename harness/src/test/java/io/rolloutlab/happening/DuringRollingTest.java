package io.rolloutlab.happening;

import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.trial.OnTheTwin;
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

    DuringRolling.holdsIn(
        OnTheTwin.completed(new ScenarioReader().read(file), folder.resolve("run")));
  }
}
