package io.rolloutlab.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.testbed.Traffic;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  @Test
  void aProgressLineThatFailsIsSaidOnceAndGoesOn() throws InterruptedException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    CountDownLatch looks = new CountDownLatch(3);

    try (PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        Console console = new Console(out, false, Duration.ofSeconds(60))) {
      console.run("calm").traffic(() -> counts(looks));
      assertThat(looks.await(30, TimeUnit.SECONDS)).as("it has stopped to look").isTrue();
    }

    assertThat(text.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("the progress line is not to be trusted from here on")
        .contains("a torn file");
  }

  /** Of several runs every line says of which it is; one alone is told as it is. */
  @Test
  void notesOfSeveralRunsSayOfWhichTheyAre() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();

    try (PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        Console console = new Console(out, false, Duration.ofSeconds(60));
        Console.Run calm = console.run("calm")) {
      calm.note("alone");
      try (Console.Run quick = console.run("quick")) {
        calm.phase("hold");
        quick.note("beside it");
      }
      calm.note("alone again");
    }

    assertThat(text.toString(StandardCharsets.UTF_8).lines().map(String::strip))
        .contains("alone", "calm: hold", "quick: beside it", "alone again");
  }

  private static Traffic.Counts counts(CountDownLatch looks) {
    looks.countDown();
    throw new IllegalStateException("a torn file");
  }
}
