package io.rolloutlab.rollout;

import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.StrategySource;
import java.util.List;
import java.util.ServiceLoader;

/** Tells scenarios of every strategy that has a rollout here. */
public final class Rollouts implements StrategySource {
  /** All that are on the class path. */
  static final List<Rollout> ALL =
      ServiceLoader.load(Rollout.class, Rollout.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  @Override
  public List<Strategy> strategies() {
    return ALL.stream().map(Rollout::strategy).toList();
  }
}
