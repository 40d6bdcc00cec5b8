package io.rolloutlab.benchmark;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.html.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The report of five sample runs, one of every strategy: pages with their charts, and files. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class RenderBenchmark {
  private final List<Findings> runs = SampleFindings.all(1);

  @Benchmark
  public Path render() {
    return Report.render(runs, Benchmarks.folder().resolve("report"));
  }
}
