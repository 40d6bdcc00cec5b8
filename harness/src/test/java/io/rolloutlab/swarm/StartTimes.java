package io.rolloutlab.swarm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long the starts of a cluster took, in milliseconds.
 *
 * @param naive by docker commands
 * @param first by the lab, images not seen before
 * @param known by the lab, images seen before
 */
record StartTimes(List<Long> naive, List<Long> first, List<Long> known) {
  private static final double FIRST_MOST = 1;
  private static final double KNOWN_MOST = 0.25;

  StartTimes() {
    this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  boolean goalsAreMet() {
    return ratio(first) <= FIRST_MOST && ratio(known) <= KNOWN_MOST;
  }

  String print() {
    return "Cluster of 4 nodes        median s  : naive   goal  times s\n"
        + row("naive, docker commands", naive, 1)
        + row("lab, images unseen", first, FIRST_MOST)
        + row("lab, images known", known, KNOWN_MOST);
  }

  private String row(String name, List<Long> millis, double most) {
    List<String> seconds = millis.stream().map(one -> format("%.1f", one / 1000.0)).toList();
    String missed = ratio(millis) <= most ? "" : "  MISSED";
    return format(
        "%-24s %9.1f %9.2f %6.2f  %s%s%n",
        name, median(millis) / 1000, ratio(millis), most, seconds, missed);
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }

  private double ratio(List<Long> millis) {
    return median(millis) / median(naive);
  }

  private static double median(List<Long> millis) {
    List<Long> sorted = millis.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
  }
}
