package io.rolloutlab.analysis.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The list of all measures, those of every {@link MeasureProvider} that is found. */
public final class Measures {
  private Measures() {}

  /**
   * All of them.
   *
   * @throws IllegalStateException when two have one key
   */
  public static List<Measure> all() {
    List<Measure> all = new ArrayList<>();
    for (MeasureProvider provider : ServiceLoader.load(MeasureProvider.class)) {
      for (Measure measure : provider.measures()) {
        if (all.stream().anyMatch(other -> other.key().equals(measure.key()))) {
          throw new IllegalStateException(
              "there is more than one measure with the key \"%s\", the last one of %s: rename it"
                  .formatted(measure.key(), provider.getClass().getName()));
        }
        all.add(measure);
      }
    }
    return List.copyOf(all);
  }

  /** Those of a table. */
  public static List<Measure> of(Table table) {
    return all().stream().filter(measure -> measure.tables().contains(table)).toList();
  }

  /** The one with a key; empty where none has it. */
  public static Optional<Measure> find(String key) {
    return all().stream().filter(measure -> measure.key().equals(key)).findFirst();
  }
}
