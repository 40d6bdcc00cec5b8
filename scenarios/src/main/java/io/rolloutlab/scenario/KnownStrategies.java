package io.rolloutlab.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The strategies of the exercise, and those that sources on the class path name. */
final class KnownStrategies {
  static final List<Strategy> ALL = all();

  private KnownStrategies() {}

  private static List<Strategy> all() {
    List<Strategy> others = new ArrayList<>();
    // Not the thread's own class loader, so that every thread knows the same.
    ServiceLoader.load(StrategySource.class, StrategySource.class.getClassLoader())
        .forEach(source -> others.addAll(source.strategies()));
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
