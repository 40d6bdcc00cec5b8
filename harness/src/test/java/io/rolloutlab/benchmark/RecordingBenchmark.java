package io.rolloutlab.benchmark;

import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.HistoryWriter;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Recording a request and a line of nginx's log in the history, including the file. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
// Short: every round fills a file.
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class RecordingBenchmark {
  private final Manifest manifest = SampleFindings.history(Strategy.BASELINE, 1).manifest();
  private final Path folder = Benchmarks.folder().resolve("recording");
  private HistoryWriter history;
  private long id;

  @Setup(Level.Iteration)
  public void open() {
    history = new HistoryWriter(folder, manifest);
  }

  @TearDown(Level.Iteration)
  public void close() throws IOException {
    history.close();
    Benchmarks.delete(folder);
  }

  @Benchmark
  public void request() {
    id++;
    long at = 1_800_000_000_000L + id;
    history.request(
        new Request(
            id,
            (int) (id % 200),
            Population.NEW,
            new Request.Times(at, at + 1),
            new Request.End(12, Outcome.OK, "", 200),
            new AppHeaders("v1", "3f2a9c01b7de")));
  }

  @Benchmark
  public void hit() {
    id++;
    history.hit(
        new Hit(
            1_800_000_000_000L + id,
            id,
            "10.77.0.4",
            new Hit.Answer(200, 11),
            new Hit.Tries("10.0.1.5:5000, 10.0.1.6:5000", "502, 200"),
            new AppHeaders("v1", "3f2a9c01b7de"),
            new Hit.Connection("a1b2c3d4e5f6", 30, id, 1)));
  }
}
