package io.rolloutlab.benchmark;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;

/**
 * How long the big rollout takes, and its analysis.
 *
 * @param nodes of the cluster
 * @param simulateMillis by the clock
 * @param simulateCpuMillis of all threads
 * @param analyseMillis by the clock, with reading; not judged
 */
record BigRun(int nodes, double simulateMillis, double simulateCpuMillis, double analyseMillis) {
  private static final double MOST_SECONDS = 30;

  static BigRun of(Collection<RunResult> results) {
    RunResult simulated = find(results, "rollout");
    return new BigRun(
        Integer.parseInt(simulated.getParams().getParam(BigClusterBenchmark.NODES)),
        simulated.getPrimaryResult().getScore(),
        simulated.getSecondaryResults().get(CpuTime.LABEL).getScore(),
        find(results, "readAndAnalyse").getPrimaryResult().getScore());
  }

  private static RunResult find(Collection<RunResult> results, String method) {
    String name = BigClusterBenchmark.class.getName() + "." + method;
    return results.stream()
        .filter(run -> run.getParams().getBenchmark().equals(name))
        .findFirst()
        .orElseThrow();
  }

  boolean isFastEnough() {
    return simulateMillis / 1000 <= MOST_SECONDS;
  }

  String print() {
    return String.format(
        Locale.ROOT,
        "twin: %,d replicas on %,d nodes, at least %,d requests, 1 GB of heap: %.1f s (%.1f s of"
            + " processor time), may be %.0f s: %s; read and analysed in %.1f s%n",
        10 * nodes,
        nodes,
        nodes * BigClusterBenchmark.LEAST_REQUESTS_A_NODE,
        simulateMillis / 1000,
        simulateCpuMillis / 1000,
        MOST_SECONDS,
        isFastEnough() ? "fast enough" : "TOO SLOW",
        analyseMillis / 1000);
  }
}
