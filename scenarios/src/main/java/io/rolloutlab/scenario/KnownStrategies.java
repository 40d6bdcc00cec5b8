package io.rolloutlab.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/** The strategies of the exercise, and those that sources on the class path name. */
final class KnownStrategies {
  /** Not by the thread's own class loader, so that every thread knows the same. */
  private static final List<StrategySource> SOURCES =
      ServiceLoader.load(StrategySource.class, StrategySource.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  static final List<Strategy> ALL = all();

  private KnownStrategies() {}

  /** The phases of a scenario's run, as {@link StrategySource#phases}; empty where nobody knows. */
  static Optional<Set<Happening.Phase>> phases(Scenario scenario) {
    return SOURCES.stream().flatMap(source -> source.phases(scenario).stream()).findFirst();
  }

  private static List<Strategy> all() {
    List<Strategy> others = new ArrayList<>();
    SOURCES.forEach(source -> others.addAll(source.strategies()));
    others.removeAll(Strategy.OF_THE_EXERCISE);
    others.sort(Comparator.comparing(Strategy::fileName));
    List<Strategy> all = new ArrayList<>(Strategy.OF_THE_EXERCISE);
    all.addAll(others);
    if (all.stream().map(Strategy::key).distinct().count() < all.size()) {
      throw new IllegalStateException("two strategies have one name: " + all);
    }
    return List.copyOf(all);
  }
}
