package io.rolloutlab.scenario;

import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.cluster.Pace;
import java.time.Duration;

/**
 * @param hold how long the undisturbed service is watched; default 30 s
 */
public record BaselinePlan(Duration hold) implements StrategySettings {
  public BaselinePlan {
    hold = Check.orElse(hold, Duration.ofSeconds(30));
    Check.between("hold", hold, Duration.ofSeconds(1), Duration.ofHours(1));
  }

  @Override
  public Duration expected(Scenario scenario, Pace pace) {
    return hold;
  }

  @Override
  public Duration longest(Scenario scenario) {
    return hold;
  }
}
