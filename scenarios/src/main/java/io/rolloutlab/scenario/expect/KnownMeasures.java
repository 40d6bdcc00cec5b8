package io.rolloutlab.scenario.expect;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * Tells which measures there are. Whoever has measures is named in {@code
 * META-INF/services/io.rolloutlab.scenario.expect.KnownMeasures}; where nobody is, no measure can
 * be expected: a key that nobody knows is never taken for a measure.
 */
public interface KnownMeasures {
  /** All of one list of measures. */
  List<Known> known();

  /**
   * One measure.
   *
   * @param key under which {@code expect} has it
   * @param perPhase whether it can be read in a phase by itself
   */
  record Known(String key, boolean perPhase) {}

  /** Those of every list that is found. */
  static List<Known> all() {
    List<Known> all = new ArrayList<>();
    ServiceLoader.load(KnownMeasures.class).forEach(list -> all.addAll(list.known()));
    return all;
  }

  /** Their keys, for the reader. */
  final class Keys implements Supplier<List<String>> {
    @Override
    public List<String> get() {
      return all().stream().map(Known::key).toList();
    }
  }
}
