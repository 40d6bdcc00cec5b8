package io.rolloutlab.analysis.measure;

import io.rolloutlab.analysis.run.Share;
import java.util.Optional;
import java.util.OptionalDouble;

/** Numbers of findings in the units of measures. */
final class Numbered {
  private static final double POINTS = 100;
  private static final double MILLIS = 1000;

  private Numbered() {}

  /** In percent; empty where there was nothing to count. */
  static OptionalDouble percent(Share share) {
    return share.total() == 0 ? OptionalDouble.empty() : OptionalDouble.of(POINTS * share.share());
  }

  static OptionalDouble percent(Optional<Share> share) {
    return share.map(Numbered::percent).orElse(OptionalDouble.empty());
  }

  static OptionalDouble seconds(Optional<Long> millis) {
    return millis.map(value -> OptionalDouble.of(value / MILLIS)).orElse(OptionalDouble.empty());
  }

  static OptionalDouble seconds(long millis) {
    return OptionalDouble.of(millis / MILLIS);
  }
}
