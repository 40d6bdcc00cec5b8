package io.rolloutlab.benchmark;

import java.util.Collection;
import java.util.Locale;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;

/**
 * How the processor time of a benchmark grows with the number of requests.
 *
 * @param name of the method in {@link HistoryBenchmark}
 * @param millis requests → milliseconds
 */
record Growth(String name, TreeMap<Integer, Double> millis) {
  /**
   * A request of the longest run may cost this much more than one of the shortest: room for the
   * garbage collector, which has the less of it the longer the run, and for noise. With n requests,
   * time of n log n would make it 1.2, n√n 3.2, n² 10.
   */
  private static final double MOST = 3;

  static Growth of(String name, Collection<RunResult> results) {
    TreeMap<Integer, Double> millis = new TreeMap<>();
    for (RunResult result : results) {
      if (result.getParams().getBenchmark().equals(HistoryBenchmark.class.getName() + "." + name)) {
        millis.put(
            Integer.valueOf(result.getParams().getParam("requests")),
            result.getSecondaryResults().get(CpuTime.LABEL).getScore());
      }
    }
    return new Growth(name, millis);
  }

  boolean isLinear() {
    return factor() <= MOST;
  }

  String print() {
    StringBuilder text = new StringBuilder();
    text.append(name).append(": microseconds of processor time a request\n");
    for (int requests : millis.keySet()) {
      text.append(format("  %,9d requests %8.2f%n", requests, micros(requests)));
    }
    String verdict = isLinear() ? "linear" : "NOT LINEAR";
    text.append(format("  longest : shortest = %.2f, may be %.1f: ", factor(), MOST));
    return text.append(verdict).append('\n').toString();
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }

  private double factor() {
    return micros(millis.lastKey()) / micros(millis.firstKey());
  }

  private double micros(int requests) {
    return 1000 * millis.get(requests) / requests;
  }
}
