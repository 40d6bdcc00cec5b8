package io.rolloutlab.analysis.run;

import io.rolloutlab.scenario.update.UpdateEnd;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What came of an update or a rollback that Swarm was ordered to make.
 *
 * @param service whose
 * @param rollback whether a rollback was ordered; an update that Swarm rolls back by itself is an
 *     update
 * @param orderedAtMillis after x = 0
 * @param end what came of it
 * @param decidedAtMillis after x = 0, when Swarm decided how it goes on: when it called it
 *     completed, paused it or began to roll back; empty when it never did, or its state was not
 *     recorded
 * @param endedAtMillis after x = 0, when that was at its end: the same moment, but for an update
 *     that Swarm rolled back, whose end is that of the rollback; empty when it did not come
 * @param message Swarm's last one, or what was missing where it never ended; not escaped
 */
public record UpdateOutcome(
    String service,
    boolean rollback,
    long orderedAtMillis,
    UpdateEnd end,
    OptionalLong decidedAtMillis,
    OptionalLong endedAtMillis,
    String message) {
  /** The first update of them; empty where Swarm was ordered none, or its end is not on record. */
  public static Optional<UpdateOutcome> ofUpdate(List<UpdateOutcome> all) {
    return all.stream().filter(outcome -> !outcome.rollback()).findFirst();
  }

  /**
   * In a few words, for example {@code rolled back by Swarm: decided at 52.8 s, done at 75.1 s}.
   */
  public String inWords() {
    return switch (end) {
      case COMPLETED -> "completed" + at(" at ", endedAtMillis);
      case PAUSED -> "paused" + at(" at ", endedAtMillis);
      case ROLLED_BACK ->
          rollback
              ? "rolled back" + at(", done at ", endedAtMillis)
              : "rolled back by Swarm"
                  + at(": decided at ", decidedAtMillis)
                  + at(", done at ", endedAtMillis);
      case ROLLBACK_PAUSED ->
          rollback
              ? "the rollback was paused halfway" + at(", at ", endedAtMillis)
              : "rolled back by Swarm, but paused halfway"
                  + at(": decided at ", decidedAtMillis)
                  + at(", paused at ", endedAtMillis);
      case NEVER_ENDED ->
          decidedAtMillis.isPresent()
              ? "never ended: Swarm began to roll back" + at(" at ", decidedAtMillis)
              : "never ended within its limit";
    };
  }

  private static String at(String before, OptionalLong moment) {
    return moment.isPresent() ? before + Numbers.seconds(moment.getAsLong()) : "";
  }
}
