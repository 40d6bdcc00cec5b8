package io.rolloutlab.benchmark;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.Verdict;
import io.rolloutlab.history.HistoryReader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One rollout of 10,000 replicas on 1,000 nodes with a million requests, each in a fresh JVM as a
 * user has it; that it ends at all shows that it fits into 1 GB of heap. Judged by {@link BigRun}.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class BigClusterBenchmark {
  static final int NODES = 1000;
  static final int LEAST_REQUESTS = 1_000_000;

  @State(Scope.Benchmark)
  public static class Simulated {
    @Setup
    public void simulate() {
      if (!HistoryReader.isRun(BigCluster.folder(NODES))) {
        BigCluster.simulate(NODES);
      }
      if (BigCluster.requests(NODES) < LEAST_REQUESTS) {
        throw new IllegalStateException("only " + BigCluster.requests(NODES) + " requests");
      }
    }
  }

  @Benchmark
  public long rollout() {
    return BigCluster.simulate(NODES);
  }

  @Benchmark
  public Findings readAndAnalyse(Simulated run) {
    Findings findings = Analysis.analyse(HistoryReader.read(BigCluster.folder(NODES)));
    // A part that cannot be analysed would be quick.
    if (findings.verdict() == Verdict.UNKNOWN) {
      throw new IllegalStateException("not a whole run: " + findings.reasons());
    }
    return findings;
  }
}
