package io.rolloutlab.rollout;

import io.rolloutlab.scenario.Strategy;

/** A way to bring v2 in the place of v1, and back. */
@FunctionalInterface
public interface Rollout {
  /**
   * Acts under load. v1 serves all requests when it is called; every change is a recorded step in a
   * recorded phase.
   *
   * @throws io.rolloutlab.testbed.StepFailedException when a step cannot be taken
   */
  void run(Stage stage);

  /** The rollout of a strategy. */
  static Rollout of(Strategy strategy) {
    return switch (strategy) {
      case BASELINE -> new Baseline();
      case ROLLING -> new Rolling();
      case BLUE_GREEN -> new BlueGreen();
      case CANARY -> new Canary();
      case CANARY_IP -> new CanaryIp();
    };
  }
}
