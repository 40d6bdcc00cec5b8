package io.rolloutlab.benchmark;

import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.history.Event;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.trial.Commit;
import io.rolloutlab.trial.TwinTrial;
import io.rolloutlab.twin.TwinTestbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The exercise's rolling scenario on the twin, with its history on disk, as {@link SpeedUp} asks.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class TwinBenchmark {
  private static final String ROLLING =
      "name: rolling\nquestion: How fast?\nstrategy: rolling\nrolling: {update: {delay: 10s}}\n";

  @Benchmark
  public long rolling() {
    return simulate();
  }

  /** How long the run is in virtual time, in milliseconds. */
  static long simulate() {
    try {
      Path folder = Files.createDirectories(Benchmarks.folder().resolve("twin"));
      Scenario scenario =
          new ScenarioReader().read(Files.writeString(folder.resolve("rolling.yaml"), ROLLING));
      Event.RunEnded end =
          new TwinTrial(
                  scenario,
                  Calibrated.DELIVERED.settings(),
                  new Commit("benchmark", false),
                  folder.resolve("run"),
                  () -> false)
              .run();
      if (end.end() != Event.End.COMPLETED) {
        throw new IllegalStateException("not a whole run: " + end.cause());
      }
      return end.atMillis() - TwinTestbed.startMillis();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
