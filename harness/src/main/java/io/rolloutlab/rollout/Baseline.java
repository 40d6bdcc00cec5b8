package io.rolloutlab.rollout;

import io.rolloutlab.scenario.BaselinePlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;

/** No rollout at all: what the numbers look like when nothing happens. */
public final class Baseline implements Rollout {
  @Override
  public Strategy strategy() {
    return Strategy.BASELINE;
  }

  @Override
  public Itinerary itinerary(Scenario scenario) {
    BaselinePlan plan = scenario.settings(BaselinePlan.class).orElseThrow();
    return new Itinerary().hold("nothing changes", plan.hold());
  }

  /** Nothing is brought to anybody. */
  @Override
  public void forward(Stage stage) {}

  /** So there is nothing to take back. */
  @Override
  public void back(Stage stage) {}
}
