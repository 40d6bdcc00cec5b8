package io.rolloutlab.benchmark;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * What an event of the twin costs, by the size of the cluster; all sizes side by side in one warm
 * JVM. Processor time with the garbage collector's, which other load on the machine hardly moves.
 *
 * @param micros nodes → microseconds an event
 */
record CostCurve(TreeMap<Integer, Double> micros) {
  private static final List<Integer> NODES = List.of(10, 30, 100, 300, 1000);
  private static final List<Integer> FEW_NODES = List.of(10, 30, 100);

  /** The small sizes run so often that they take as many events as one run of this size. */
  private static final int AS_MANY_AS = 300;

  private static final int ROUNDS = 2;

  /** Cost that grew with the nodes would make it 100; a tree's log n would make it 2.5. */
  private static final double MOST = 2;

  static CostCurve measure() {
    NODES.forEach(nodes -> round(Math.min(nodes, AS_MANY_AS)));
    TreeMap<Integer, Double> micros = new TreeMap<>();
    for (int i = 0; i < ROUNDS; i++) {
      // Something else on the machine can only make a round slower.
      NODES.forEach(nodes -> micros.merge(nodes, round(nodes), Math::min));
    }
    return new CostCurve(micros);
  }

  /** The same in short, without large clusters and in a cold JVM: no measure of anything. */
  static CostCurve glimpse() {
    TreeMap<Integer, Double> micros = new TreeMap<>();
    FEW_NODES.forEach(nodes -> micros.put(nodes, round(nodes)));
    return new CostCurve(micros);
  }

  private static double round(int nodes) {
    long events = 0;
    long began = CpuTime.nanos();
    for (int i = 0; i < Math.max(1, AS_MANY_AS / nodes); i++) {
      events += BigCluster.simulate(nodes);
    }
    return (CpuTime.nanos() - began) / 1e3 / events;
  }

  boolean isFlat() {
    return factor() <= MOST;
  }

  String print() {
    StringBuilder text = new StringBuilder("twin: microseconds of processor time an event\n");
    micros.forEach(
        (nodes, cost) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "  %,6d nodes %6.2f %s%n",
                    nodes,
                    cost,
                    "#".repeat((int) Math.round(20 * cost / most())))));
    return text.append(
            String.format(
                Locale.ROOT,
                "  dearest : cheapest = %.2f, may be %.1f: %s%n",
                factor(),
                MOST,
                isFlat() ? "flat" : "NOT FLAT"))
        .toString();
  }

  private double most() {
    return Collections.max(micros.values());
  }

  private double factor() {
    return most() / Collections.min(micros.values());
  }
}
