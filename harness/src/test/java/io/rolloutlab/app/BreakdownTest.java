package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody foresaw is said in a sentence, and seen by the exit code. */
class BreakdownTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  /** A JVM in which a thread of a library dies while the command does what it should. */
  public static final class DyingThread {
    private DyingThread() {}

    public static void main(String[] none) throws InterruptedException {
      Breakdown.watchAllThreads();
      Thread dying =
          new Thread(
              () -> {
                throw new StackOverflowError("of a library");
              },
              "library");
      dying.start();
      dying.join();
      System.exit(Lab.execute("completion"));
    }
  }

  @Test
  void aCommandThatRunsOutOfMemorySaysSo() throws Exception {
    LabRuns.scenario(
        folder.resolve("scenarios"),
        "much",
        "baseline",
        "app: {replicas: 1}\nbaseline: {hold: 10m}\n");
    Path file = folder.resolve("scenarios/much.yaml");
    Files.writeString(
        file, Files.readString(file).replace("ratePerSecond: 20", "ratePerSecond: 900"));
    Path output = folder.resolve("output");

    Process lab =
        LabRuns.fork(
            output,
            List.of("-Xmx40m"),
            "simulate",
            file.toString(),
            "--into",
            folder.resolve("lab").toString());

    assertThat(lab.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(lab.exitValue()).as(Files.readString(output)).isEqualTo(Lab.BROKEN);
    assertThat(Files.readString(output))
        .contains("lab ran out of memory", "40 MiB are all", "-Xmx")
        .doesNotContain("\tat ");
    assertThat(folder.resolve("lab/twin/lab.log"))
        .content()
        .contains("OutOfMemoryError")
        .containsPattern("(?m)^20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z ERROR");
  }

  @Test
  void aThreadThatDiesIsSaidAndMakesNoSuccess() throws Exception {
    Path output = folder.resolve("output");

    Process lab = LabRuns.forkClass(output, DyingThread.class);

    assertThat(lab.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(lab.exitValue()).isEqualTo(Lab.BROKEN);
    assertThat(Files.readString(output))
        .contains("the thread library broke: java.lang.StackOverflowError: of a library")
        .doesNotContain("\tat ");
  }
}
