package io.rolloutlab.analysis.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.read.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedAgainTest {
  private static final String CALM = "1".repeat(25);

  @TempDir Path folder;
  private Scenario watched;

  @BeforeEach
  void somebodyWatches() throws IOException {
    String text = "{name: watched, question: q, strategy: rolling, alarm: {reaction: 1s}}";
    watched = new ScenarioReader().read(Files.writeString(folder.resolve("watched.yaml"), text));
  }

  /** The alarm rings at 1.5 s, and the order is given at 2.5 s. */
  private Alarmed alarmed(String... seconds) {
    return SampleFindings.calledBack(watched, 1500, 2500, seconds)
        .list(Alarmed.class)
        .orThrow()
        .get(0);
  }

  @Test
  void whoIsHurtByAV2ThatNeverAnswersIsServedAgainAsWell() {
    Alarmed alarmed = alarmed("1111", "1xx1", "1x11", "x111", CALM, CALM);

    assertThat(alarmed.harmAtMillis()).hasValue(1006);
    assertThat(alarmed.servedAgainAtMillis())
        .as("after the last failure, at 3.013 s")
        .hasValue(3014);
    assertThat(alarmed.backAfterMillis()).hasValue(514);
    assertThat(alarmed.hurtForMillis()).hasValue(2008);
  }

  @Test
  void theSameHoldsWhereV2HadAnswered() {
    assertThat(alarmed("1111", "1xx2", "1x11", "x121", CALM, CALM).servedAgainAtMillis())
        .as("v2's last answer is to a request of 3.015 s")
        .hasValue(3016);
  }

  @Test
  void whoFailsUpToTheEndIsNotServedAgain() {
    assertThat(alarmed("1111", "1xx1", "1x11", CALM, CALM, "1x").servedAgainAtMillis()).isEmpty();
  }
}
