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
 * from {@link Stage#REPLICAS_MET}. An app need not say which container answers: where it does not,
 * so many answers more stand for the replicas.
 */
final class SmokeTest implements Timeline.Condition {
  /** Answers for each replica, where they do not say who they are of. */
  private static final int UNNAMED_ANSWERS = 3;

  private final Edge edge;
  private final ServiceSpec spec;
  private final int requests;
  private final int toMeet;
  private final Set<String> replicas = new HashSet<>();
  private int inARow;
  private boolean unnamed;

  SmokeTest(Edge edge, ServiceSpec spec, int requests) {
    this.edge = edge;
    this.spec = spec;
    this.requests = requests;
    toMeet = Math.min(spec.replicas(), Stage.REPLICAS_MET);
  }

  /** Probes as long as all goes well. */
  @Override
  public Optional<String> missing() {
    for (int i = 0; i < Math.max(requests, unnamed ? UNNAMED_ANSWERS * toMeet : 0); i++) {
      Optional<String> trouble = probe();
      if (trouble.isPresent()) {
        inARow = 0;
        replicas.clear();
        return trouble;
      }
      if (metAll()) {
        return Optional.empty();
      }
    }
    return Optional.of(
        unnamed
            ? "%s in a row, which do not say which replica they are of".formatted(inARow)
            : "%s in a row, from %s of %s replicas by their header X-App-Host"
                .formatted(inARow, replicas.size(), toMeet));
  }

  /** What could not be tested, for people; empty when all could. */
  Optional<String> untold() {
    return unnamed
        ? Optional.of(
            ("the answers of %s have no header X-App-Host, so which replicas answered is not known:"
                    + " %s good answers in a row stand for them")
                .formatted(spec.name(), inARow))
        : Optional.empty();
  }

  private boolean metAll() {
    int all = unnamed ? UNNAMED_ANSWERS * toMeet : 0;
    return inARow >= Math.max(requests, all) && (unnamed || replicas.size() >= toMeet);
  }

  private Optional<String> probe() {
    try {
      Edge.Answer answer = edge.probe(spec.name(), spec.port());
      if (!answer.version().equals(spec.version())) {
        throw new WrongVersionException("smoke test: " + wrongVersion(spec, answer));
      }
      unnamed |= answer.replica().isEmpty();
      replicas.add(answer.replica());
      inARow++;
      return Optional.empty();
    } catch (WrongVersionException wrong) {
      throw wrong;
    } catch (StepFailedException notYet) {
      return Optional.of(notYet.getMessage());
    }
  }

  /** That a service answered with another version than its own, for people. */
  static String wrongVersion(ServiceSpec spec, Edge.Answer answer) {
    String held =
        answer.version().isEmpty()
            ? "no header X-App-Version"
            : "\"X-App-Version: %s\"".formatted(answer.version());
    return "%s%s answered with %s instead of \"X-App-Version: %s\", by which the lab tells the versions apart"
        .formatted(
            spec.name(),
            answer.replica().isEmpty() ? "" : " (%s)".formatted(answer.replica()),
            held,
            spec.version());
  }

  /** Waiting will not make it right. */
  private static final class WrongVersionException extends StepFailedException {
    private static final long serialVersionUID = 1L;

    WrongVersionException(String message) {
      super(message);
    }
  }
}
