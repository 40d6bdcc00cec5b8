package io.rolloutlab.html.change;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.change.ChangeWords;
import io.rolloutlab.change.MeasureChange;
import io.rolloutlab.text.Range;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Each run's value as a dot, A's above B's, on one scale from the least to the most.
 *
 * @param a places of A's runs from the left, in pixels
 * @param b places of B's runs
 * @param meanOfA where A's mean is; empty where it has no number
 * @param meanOfB where B's mean is; empty where it has no number
 * @param words the values, for those who do not see it
 */
public record DotStrip(
    List<String> a, List<String> b, String meanOfA, String meanOfB, String words) {
  /** How wide it is, with room for half a dot at each end; the template has the same. */
  private static final double WIDTH = 140;

  private static final double ROOM = 8;

  public DotStrip {
    a = List.copyOf(a);
    b = List.copyOf(b);
  }

  static DotStrip of(MeasureChange change) {
    double[] all =
        Stream.concat(change.a().values().stream(), change.b().values().stream())
            .mapToDouble(Double::doubleValue)
            .toArray();
    double least = DoubleStream.of(all).min().orElse(0);
    double most = DoubleStream.of(all).max().orElse(0);
    return new DotStrip(
        places(change.a(), least, most),
        places(change.b(), least, most),
        mean(change.a(), least, most),
        mean(change.b(), least, most),
        "A: %s. B: %s"
            .formatted(
                ChangeWords.values(change.a(), change), ChangeWords.values(change.b(), change)));
  }

  private static List<String> places(Range side, double least, double most) {
    return side.values().stream().map(value -> place(value, least, most)).toList();
  }

  private static String mean(Range side, double least, double most) {
    return side.isEmpty() ? "" : place(side.mean(), least, most);
  }

  /** Numbers that do not differ stand in the middle. */
  private static String place(double value, double least, double most) {
    double share = most > least ? (value - least) / (most - least) : 0.5;
    return FIGURES.number(ROOM + share * (WIDTH - 2 * ROOM), 1);
  }
}
