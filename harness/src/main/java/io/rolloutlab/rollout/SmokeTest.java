package io.rolloutlab.rollout;

import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Timeline;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Probes a service until it has answered well often enough in a row, from every replica, or of many
 * from {@link Stage#REPLICAS_MET}. Where neither an address nor the app says which replica answers,
 * so many answers more stand for the replicas.
 */
final class SmokeTest implements Timeline.Condition {
  /** Answers for each replica, where they do not say who they are of. */
  private static final int UNNAMED_ANSWERS = 3;

  private final Probe probe;
  private final ServiceSpec spec;
  private final int requests;
  private final int toMeet;
  private final Set<String> replicas = new HashSet<>();
  private int inARow;
  private boolean unnamed;
  private boolean byAddress;

  SmokeTest(Probe probe, ServiceSpec spec, int requests) {
    this.probe = probe;
    this.spec = spec;
    this.requests = requests;
    toMeet = Math.min(spec.replicas(), Stage.REPLICAS_MET);
  }

  /** Probes as long as all goes well. */
  @Override
  public Optional<String> missing() {
    for (int i = 0; i < wanted(); i++) {
      Optional<String> trouble = ask();
      if (trouble.isPresent()) {
        inARow = 0;
        replicas.clear();
        return trouble;
      }
      if (metAll()) {
        return Optional.empty();
      }
    }
    return Optional.of(soFar());
  }

  private String soFar() {
    return unnamed
        ? "%s in a row, which do not say which replica they are of".formatted(inARow)
        : "%s in a row, from %s of %s replicas by their %s"
            .formatted(
                inARow,
                replicas.size(),
                toMeet,
                byAddress ? "tasks' addresses" : "header X-App-Host");
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

  /** How many good answers in a row are wanted, by what is known so far. */
  private int wanted() {
    return Math.max(requests, unnamed ? UNNAMED_ANSWERS * toMeet : 0);
  }

  private boolean metAll() {
    return inARow >= wanted() && (unnamed || replicas.size() >= toMeet);
  }

  private Optional<String> ask() {
    try {
      Probe.Answered answer = probe.ask();
      if (answer.wrong().isPresent()) {
        throw new WrongVersionException("smoke test: " + answer.wrong().get());
      }
      byAddress = answer.byAddress();
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

  /** Waiting will not make it right. */
  static final class WrongVersionException extends StepFailedException {
    private static final long serialVersionUID = 1L;

    WrongVersionException(String message) {
      super(message);
    }
  }
}
