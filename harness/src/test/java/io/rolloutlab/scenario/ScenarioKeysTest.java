package io.rolloutlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The reference page of all keys is what the records say. {@code -Dlab.write-keys=true} writes it
 * anew.
 */
class ScenarioKeysTest {
  private static final Path PAGE = Path.of("..", "docs", "scenario-keys.md");

  @Test
  void thePageIsWhatTheRecordsSay() throws IOException {
    String page = KeysPage.render();

    if (Boolean.getBoolean("lab.write-keys")) {
      Files.writeString(PAGE, page);
    }

    assertThat(PAGE)
        .as(
            "run mvn test -pl harness -am -Dtest=ScenarioKeysTest -Dlab.write-keys=true"
                + " -Dsurefire.failIfNoSpecifiedTests=false")
        .hasContent(page);
  }
}
