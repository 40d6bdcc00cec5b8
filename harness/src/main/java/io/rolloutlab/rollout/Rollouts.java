package io.rolloutlab.rollout;

import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.StrategySource;
import java.util.List;

/** Tells scenarios of every strategy that has a rollout here. */
public final class Rollouts implements StrategySource {
  @Override
  public List<Strategy> strategies() {
    return Rollout.all().stream().map(Rollout::strategy).toList();
  }
}
