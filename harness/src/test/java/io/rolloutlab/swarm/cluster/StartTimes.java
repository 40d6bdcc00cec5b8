package io.rolloutlab.swarm.cluster;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How long the starts of a cluster took. Each is compared with the naive one of its own round,
 * which ran right before or after it: the naive starts alone differ by a factor of two from one
 * minute to the next, so a median of theirs says little about another minute.
 *
 * @param rounds at least one
 */
record StartTimes(List<Round> rounds) {
  private static final double FIRST_MOST = 1;

  /**
   * Swarm's own part (engines that start, nodes that join) is the same in both, some 3 s; the rest
   * of the naive start is images that are loaded, which a start with known images leaves out. Half
   * is where it would have to load them again.
   */
  private static final double KNOWN_MOST = 0.5;

  StartTimes {
    rounds = List.copyOf(rounds);
  }

  /**
   * Starts side by side, in milliseconds.
   *
   * @param naive by docker commands
   * @param first by the lab, images not seen before
   * @param known by the lab, images seen before
   */
  record Round(long naive, long first, long known) {
    Round withNaive(long millis) {
      return new Round(millis, first, known);
    }

    double firstRatio() {
      return (double) first / naive;
    }

    double knownRatio() {
      return (double) known / naive;
    }

    String print() {
      return format(
          "naive %5.1f s   images unseen %5.1f s (%.2f)   images known %5.1f s (%.2f)",
          naive / 1e3, first / 1e3, firstRatio(), known / 1e3, knownRatio());
    }
  }

  boolean goalsAreMet() {
    return median(Round::firstRatio) <= FIRST_MOST && median(Round::knownRatio) <= KNOWN_MOST;
  }

  String print() {
    return "Cluster of 4 nodes, in brackets the ratio to the naive start of the same round\n"
        + String.join("\n", rounds.stream().map(Round::print).toList())
        + "\n"
        + goal("images unseen", median(Round::firstRatio), FIRST_MOST)
        + goal("images known", median(Round::knownRatio), KNOWN_MOST);
  }

  private static String goal(String name, double ratio, double most) {
    return format(
        "%-14s median ratio %.2f, may be %.2f%s%n",
        name, ratio, most, ratio <= most ? "" : "  MISSED");
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }

  private double median(ToDoubleFunction<Round> ratio) {
    double[] sorted = rounds.stream().mapToDouble(ratio).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
