package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.history.Event;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Patience means the same on the twin: what is waited for there is waited for as long. */
class LongWaitsTest {
  private static final String[] SLOW = {
    "strategy: blue-green",
    "app: {replicas: 2, v2: {fault: {starts-slowly: 90s}}}",
    "load: {ratePerSecond: 5, users: 10, warmUp: 2s, coolDown: 2s}",
    "blueGreen: {keepBlue: 2s}"
  };

  @TempDir Path folder;

  @Test
  void whoStartsTooSlowlyIsWaitedForWithPatience() {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> TwinRun.of(folder, SLOW))
        .withMessageContaining("app.startLimit: is 1m, but v2 listens after 1m30s");

    TwinRun run = TwinRun.of(folder, String.join("\n", SLOW), "patience: 2");

    assertThat(run.end().end()).isEqualTo(Event.End.COMPLETED);
    assertThat(run.history().events(Event.GivenUp.class)).isEmpty();
  }
}
