package io.rolloutlab.rollout;

import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Happening;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.StrategySource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/** Tells scenarios of every strategy that has a rollout here. */
public final class Rollouts implements StrategySource {
  /** All that are on the class path. */
  static final List<Rollout> ALL =
      ServiceLoader.load(Rollout.class, Rollout.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  /**
   * Those of its itinerary, those of a way back that it is called to, and the cool-down, which
   * follows every rollout.
   */
  @Override
  public Optional<Set<Happening.Phase>> phases(Scenario scenario) {
    return of(scenario.strategy())
        .map(
            rollout -> {
              Set<PhaseKind> its = rollout.itinerary(scenario).phases();
              Set<Happening.Phase> all = EnumSet.of(Happening.Phase.COOL_DOWN);
              if (scenario.mayBeCalledBack()) {
                all.addAll(EnumSet.of(Happening.Phase.ROLLBACK, Happening.Phase.HOLD));
              }
              Stream.of(Happening.Phase.values())
                  .filter(phase -> its.contains(PhaseKind.valueOf(phase.name())))
                  .forEach(all::add);
              return all;
            });
  }

  /** The one that plays a strategy. */
  static Optional<Rollout> of(Strategy strategy) {
    return ALL.stream().filter(one -> one.strategy().equals(strategy)).findFirst();
  }

  @Override
  public List<Strategy> strategies() {
    return ALL.stream().map(Rollout::strategy).toList();
  }
}
