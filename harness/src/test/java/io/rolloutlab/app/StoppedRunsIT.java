package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.swarm.cluster.LeftBehind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is stopped leaves nothing; one that is killed is swept by the next. */
class StoppedRunsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  @TempDir Path folder;

  @BeforeEach
  void aLongRun() {
    LabRuns.scenario(
        folder.resolve("scenarios"),
        "long",
        "baseline",
        "app: {replicas: 1, constraints: []}\nbaseline: {hold: 10m}\n");
    LabRuns.scenario(
        folder.resolve("next"),
        "next",
        "baseline",
        "app: {replicas: 1, constraints: []}\nbaseline: {hold: 1s}\n");
  }

  @Test
  void aTermSignalUnderLoadKeepsTheHistoryAndLeavesNothing() throws Exception {
    Path output = folder.resolve("output");
    Process lab = started(LabRuns.fork(output, longRun()), output);

    lab.destroy();

    stopsInOrder(lab, output);
  }

  /** A progress line is drawn there, and what draws it must leave the signal to the lab. */
  @Test
  void ctrlCAtATerminalKeepsTheHistoryAndLeavesNothing() throws Exception {
    Path output = folder.resolve("output");
    Process lab = started(LabRuns.forkAtTerminal(output, longRun()), output);

    lab.getOutputStream().write(3);
    lab.getOutputStream().flush();

    stopsInOrder(lab, output);
  }

  private void stopsInOrder(Process lab, Path output) throws Exception {
    assertThat(lab.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(lab.exitValue()).isNotZero();
    assertThat(Files.readString(output)).contains("stopping").doesNotContain("\tat ");
    assertThat(LeftBehind.names()).isEmpty();
    History history = LabRuns.history(folder.resolve("lab"), "long");
    assertThat(history.end().map(Event.RunEnded::end)).contains(Event.End.INTERRUPTED);
    assertThat(history.requests()).isNotEmpty();
    assertThat(history.hits()).isNotEmpty();
  }

  @Test
  void aKilledRunIsSweptByTheNext() throws Exception {
    Path output = folder.resolve("output");
    Process lab = started(LabRuns.fork(output, longRun()), output);

    lab.destroyForcibly().waitFor();
    assertThat(LeftBehind.names()).isNotEmpty();
    LabRuns.Call next =
        LabRuns.call(
            "run", folder.resolve("next").toString(), "--into", folder.resolve("b").toString());

    assertThat(next.output()).contains("left by a run that died");
    assertThat(next.exitCode()).isEqualTo(Lab.PASSED);
    assertThat(LeftBehind.names()).isEmpty();
    History killed = LabRuns.history(folder.resolve("lab"), "long");
    assertThat(killed.end()).isEmpty();
    assertThat(killed.hits()).isNotEmpty();
  }

  private String[] longRun() {
    return new String[] {
      "run", folder.resolve("scenarios").toString(), "--into", folder.resolve("lab").toString()
    };
  }

  /** Waits until it has been under load for some seconds. */
  private static Process started(Process lab, Path output) {
    await(lab, output, "nothing changes");
    return lab;
  }

  /** Waits until a process has said something. */
  static void await(Process lab, Path output, String text) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (missing(output, text).isPresent()) {
      assertThat(lab.isAlive()).as(missing(output, text).orElse("")).isTrue();
      assertThat(System.nanoTime()).as("not in time: " + missing(output, text)).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private static Optional<String> missing(Path output, String text) {
    try {
      String said = Files.readString(output);
      return said.contains(text) ? Optional.empty() : Optional.of("\"" + text + "\" in: " + said);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
