package io.rolloutlab.rollout;

import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Timeline;
import java.util.Optional;

/** Asks a service which version it is, until its own answers. */
final class VersionProbe implements Timeline.Condition {
  private final Probe probe;

  VersionProbe(Probe probe) {
    this.probe = probe;
  }

  /**
   * Where nobody answers well there is nothing to be said of versions: users measure that. An
   * answer of which nobody knows whose it is confirms nothing.
   */
  @Override
  public Optional<String> missing() {
    try {
      return probe.ask().wrong();
    } catch (Probe.NobodysAddressException unknown) {
      return Optional.of(unknown.getMessage());
    } catch (StepFailedException unanswered) {
      return Optional.empty();
    }
  }
}
