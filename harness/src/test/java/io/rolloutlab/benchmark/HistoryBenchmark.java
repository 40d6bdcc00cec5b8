package io.rolloutlab.benchmark;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.history.History;
import io.rolloutlab.history.HistoryReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading and analysing the history of a long run. That it ends at all shows that a million
 * requests fit into 512 MB of heap; how the time grows with the requests is judged by {@link
 * Growth}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 4)
@Measurement(iterations = 3, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class HistoryBenchmark {
  @State(Scope.Benchmark)
  public static class Run {
    @Param({"100000", "200000", "400000", "1000000"})
    public int requests;

    Path folder;

    @Setup
    public void write() {
      folder = Benchmarks.folder().resolve("histories").resolve("" + requests);
      if (!HistoryReader.isRun(folder)) {
        LongRun.write(folder, requests);
      }
    }
  }

  @State(Scope.Benchmark)
  public static class Loaded {
    History history;

    @Setup
    public void read(Run run) {
      history = HistoryReader.read(run.folder);
      Findings findings = Analysis.analyse(history);
      // A part that cannot be analysed would be quick.
      if (history.requests().size() != run.requests || findings.verdict() == Verdict.UNKNOWN) {
        throw new IllegalStateException("not a whole run: " + findings.reasons());
      }
    }
  }

  @Benchmark
  public History read(Run run) {
    return HistoryReader.read(run.folder);
  }

  @Benchmark
  public Findings analyse(Loaded run) {
    return Analysis.analyse(run.history);
  }
}
