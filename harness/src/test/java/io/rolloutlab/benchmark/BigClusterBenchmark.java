package io.rolloutlab.benchmark;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.history.HistoryReader;
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
 * One rollout of 10,000 replicas on 1,000 nodes with a million requests, each in a fresh JVM as a
 * user has it; that it ends at all shows that it fits into 1 GB of heap. Judged by {@link BigRun}.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class BigClusterBenchmark {
  static final String NODES = "nodes";

  /** So that 1,000 nodes have a million. */
  static final int LEAST_REQUESTS_A_NODE = 1000;

  @State(Scope.Benchmark)
  public static class Size {
    @Param({"1000"})
    public int nodes;
  }

  @State(Scope.Benchmark)
  public static class Simulated {
    private int nodes;

    @Setup
    public void simulate(Size size) {
      nodes = size.nodes;
      if (!HistoryReader.isRun(BigCluster.folder(nodes))) {
        BigCluster.simulate(nodes);
      }
      if (BigCluster.requests(nodes) < nodes * LEAST_REQUESTS_A_NODE) {
        throw new IllegalStateException("only " + BigCluster.requests(nodes) + " requests");
      }
    }
  }

  @Benchmark
  public long rollout(Size size) {
    return BigCluster.simulate(size.nodes);
  }

  @Benchmark
  public Findings readAndAnalyse(Simulated run) {
    Findings findings = Analysis.analyse(HistoryReader.read(BigCluster.folder(run.nodes)));
    // A part that cannot be analysed would be quick.
    if (findings.verdict() == Verdict.UNKNOWN) {
      throw new IllegalStateException("not a whole run: " + findings.reasons());
    }
    return findings;
  }
}
