package io.rolloutlab.benchmark;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;

/**
 * How much faster than a real Swarm the twin is.
 *
 * @param virtualMillis a run's length as its history has it
 * @param realMillis what simulating it took
 */
record SpeedUp(double virtualMillis, double realMillis) {
  private static final double LEAST = 1000;

  static SpeedUp of(Collection<RunResult> results) {
    double real =
        results.stream()
            .filter(run -> run.getParams().getBenchmark().startsWith(TwinBenchmark.class.getName()))
            .mapToDouble(run -> run.getPrimaryResult().getScore())
            .findFirst()
            .orElseThrow();
    return new SpeedUp(TwinBenchmark.simulate(), real);
  }

  double factor() {
    return virtualMillis / realMillis;
  }

  boolean isEnough() {
    return factor() >= LEAST;
  }

  String print() {
    return String.format(
        Locale.ROOT,
        "twin: %.0f s of the rolling scenario in %.1f ms: %.0f times real time, at least %.0f asked%n",
        virtualMillis / 1000,
        realMillis,
        factor(),
        LEAST);
  }
}
