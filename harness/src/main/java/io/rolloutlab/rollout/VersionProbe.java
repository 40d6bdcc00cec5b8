package io.rolloutlab.rollout;

import io.rolloutlab.testbed.Edge;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Timeline;
import java.util.Optional;

/** Asks a service which version it is, until it names its own. */
final class VersionProbe implements Timeline.Condition {
  private final Edge edge;
  private final ServiceSpec spec;

  VersionProbe(Edge edge, ServiceSpec spec) {
    this.edge = edge;
    this.spec = spec;
  }

  /** Where nobody answers well there is nothing to be said of versions: users measure that. */
  @Override
  public Optional<String> missing() {
    try {
      Edge.Answer answer = edge.probe(spec.name(), spec.port());
      return answer.version().equals(spec.version())
          ? Optional.empty()
          : Optional.of(SmokeTest.wrongVersion(spec, answer));
    } catch (StepFailedException unanswered) {
      return Optional.empty();
    }
  }
}
