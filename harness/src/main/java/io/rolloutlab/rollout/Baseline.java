package io.rolloutlab.rollout;

import io.rolloutlab.history.PhaseKind;

/** No rollout at all: what the numbers look like when nothing happens. */
final class Baseline implements Rollout {
  @Override
  public void run(Stage stage) {
    stage.phase(PhaseKind.HOLD, "nothing changes");
    stage.hold(stage.scenario().baseline().hold());
  }
}
