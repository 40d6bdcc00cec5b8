package io.rolloutlab.analysis.outcome;

import io.rolloutlab.analysis.alarm.Alarmed;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.analysis.run.UpdateOutcome;
import io.rolloutlab.scenario.update.UpdateEnd;
import java.util.List;
import java.util.Optional;

/**
 * That a rollout was taken back on its way, other than by Swarm.
 *
 * @param by what
 * @param atMillis after x = 0
 * @param inWords a clause
 */
public record TurnedRound(By by, long atMillis, String inWords) {
  /** What a rollout is taken back by. */
  public enum By {
    /** A step of the way forward waited in vain. */
    GIVEN_UP,
    /** The alarm's order. */
    ALARM
  }

  /** Empty where it was not, and where Swarm had taken its update back before the alarm did. */
  public static Optional<TurnedRound> of(Evidence run) {
    return givenUp(run).or(() -> calledBack(run));
  }

  /** Empty where no step of it waited in vain. */
  public static Optional<TurnedRound> givenUp(Evidence run) {
    return run.list(GiveUp.class).known().stream()
        .flatMap(List::stream)
        .map(given -> new TurnedRound(By.GIVEN_UP, given.atMillis(), given.inWords()))
        .findFirst();
  }

  private static Optional<TurnedRound> calledBack(Evidence run) {
    boolean bySwarm =
        run.list(UpdateOutcome.class)
            .known()
            .flatMap(UpdateOutcome::ofUpdate)
            .filter(its -> its.end() == UpdateEnd.ROLLED_BACK)
            .isPresent();
    return run.list(Alarmed.class).known().stream()
        .flatMap(List::stream)
        .filter(alarmed -> alarmed.orderAtMillis().isPresent() && !bySwarm)
        .filter(alarmed -> alarmed.first() != Alarmed.First.SWARM_ROLLED_BACK)
        .map(TurnedRound::calledBack)
        .findFirst();
  }

  private static TurnedRound calledBack(Alarmed alarmed) {
    long at = alarmed.orderAtMillis().orElseThrow();
    return new TurnedRound(
        By.ALARM,
        at,
        "called back by the alarm at %s: %s".formatted(Numbers.seconds(at), alarmed.rangBy()));
  }
}
