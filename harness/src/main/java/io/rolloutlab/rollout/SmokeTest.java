package io.rolloutlab.rollout;

import io.rolloutlab.testbed.Edge;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Timeline;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Probes a service until it has answered well often enough in a row, from every replica, or of many
 * from {@link Stage#REPLICAS_MET}.
 */
final class SmokeTest implements Timeline.Condition {
  private final Edge edge;
  private final ServiceSpec spec;
  private final int requests;
  private final int toMeet;
  private final Set<String> replicas = new HashSet<>();
  private int inARow;

  SmokeTest(Edge edge, ServiceSpec spec, int requests) {
    this.edge = edge;
    this.spec = spec;
    this.requests = requests;
    toMeet = Math.min(spec.replicas(), Stage.REPLICAS_MET);
  }

  /** Probes as long as all goes well. */
  @Override
  public Optional<String> missing() {
    for (int i = 0; i < requests; i++) {
      Optional<String> trouble = probe();
      if (trouble.isPresent()) {
        inARow = 0;
        replicas.clear();
        return trouble;
      }
      if (inARow >= requests && replicas.size() >= toMeet) {
        return Optional.empty();
      }
    }
    return Optional.of(
        "%s in a row, from %s of %s replicas".formatted(inARow, replicas.size(), toMeet));
  }

  private Optional<String> probe() {
    try {
      Edge.Answer answer = edge.probe(spec.name(), spec.port());
      if (!answer.version().equals(spec.version())) {
        throw new WrongVersionException(
            "smoke test of %s: %s answered with version \"%s\" instead of %s"
                .formatted(spec.name(), answer.replica(), answer.version(), spec.version()));
      }
      replicas.add(answer.replica());
      inARow++;
      return Optional.empty();
    } catch (WrongVersionException wrong) {
      throw wrong;
    } catch (StepFailedException notYet) {
      return Optional.of(notYet.getMessage());
    }
  }

  /** Waiting will not make it right. */
  private static final class WrongVersionException extends StepFailedException {
    private static final long serialVersionUID = 1L;

    WrongVersionException(String message) {
      super(message);
    }
  }
}
