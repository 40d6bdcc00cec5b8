package io.rolloutlab.html.change;

import io.rolloutlab.change.ChangeWords;
import io.rolloutlab.change.MeasureChange;
import io.rolloutlab.html.part.DotRow;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Each run's value as a dot, A's above B's, on one scale from the least to the most.
 *
 * @param words the values, for those who do not see it
 */
public record DotStrip(DotRow a, DotRow b, String words) {
  static DotStrip of(MeasureChange change) {
    double[] all =
        Stream.concat(change.a().values().stream(), change.b().values().stream())
            .mapToDouble(Double::doubleValue)
            .toArray();
    double least = DoubleStream.of(all).min().orElse(0);
    double most = DoubleStream.of(all).max().orElse(0);
    return new DotStrip(
        DotRow.of(change.a(), least, most),
        DotRow.of(change.b(), least, most),
        "A: %s. B: %s"
            .formatted(
                ChangeWords.values(change.a(), change), ChangeWords.values(change.b(), change)));
  }
}
