package io.rolloutlab.analysis.outcome;

import io.rolloutlab.analysis.alarm.Alarmed;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.analysis.run.UpdateOutcome;
import io.rolloutlab.scenario.update.UpdateEnd;
import java.util.List;
import java.util.Optional;

/**
 * That Swarm turned its update round before the alarm gave an order, and what came of the alarm.
 *
 * @param word without times, so that equal ones can be counted
 * @param inWords the same with its times; not escaped
 */
public record SwarmFirst(String word, String inWords) {
  /** What came of an update that Swarm had paused before the alarm had it taken back. */
  public static final String PAUSED_THEN_CALLED_BACK =
      "paused by Swarm, then called back by the alarm";

  private static final String PAUSED = "paused by Swarm";

  /** Empty where Swarm was not first, where nobody looked, and where the rollout was given up. */
  public static Optional<SwarmFirst> of(Evidence run) {
    if (TurnedRound.givenUp(run).isPresent()) {
      return Optional.empty();
    }
    Optional<UpdateOutcome> update =
        run.list(UpdateOutcome.class).known().flatMap(UpdateOutcome::ofUpdate);
    return run.list(Alarmed.class).known().stream()
        .flatMap(List::stream)
        .flatMap(
            alarmed ->
                switch (alarmed.first()) {
                  case SWARM_PAUSED -> Optional.of(paused(alarmed, update)).stream();
                  case SWARM_ROLLED_BACK -> Optional.of(rolledBack(alarmed, update)).stream();
                  case ALARM, GIVEN_UP, NOBODY -> Optional.<SwarmFirst>empty().stream();
                })
        .findFirst();
  }

  private static SwarmFirst paused(Alarmed alarmed, Optional<UpdateOutcome> update) {
    String when =
        update
            .filter(its -> its.end() == UpdateEnd.PAUSED)
            .map(UpdateOutcome::endedAtMillis)
            .filter(at -> at.isPresent())
            .map(at -> " at " + Numbers.seconds(at.getAsLong()))
            .orElse("");
    if (alarmed.orderAtMillis().isEmpty()) {
      return new SwarmFirst(PAUSED + noOrder(alarmed), PAUSED + when + noOrder(alarmed));
    }
    String order = Numbers.seconds(alarmed.orderAtMillis().getAsLong());
    return new SwarmFirst(
        PAUSED_THEN_CALLED_BACK,
        "%s%s, then called back by the alarm at %s: %s"
            .formatted(PAUSED, when, order, alarmed.rangBy()));
  }

  private static SwarmFirst rolledBack(Alarmed alarmed, Optional<UpdateOutcome> update) {
    String word = update.map(its -> word(its.end())).orElse("rolled back by Swarm");
    String told = update.map(UpdateOutcome::inWords).orElse(word);
    if (alarmed.orderAtMillis().isEmpty()) {
      return new SwarmFirst(word + noOrder(alarmed), told + noOrder(alarmed));
    }
    String order = Numbers.seconds(alarmed.orderAtMillis().getAsLong());
    return new SwarmFirst(
        word + ", the alarm's order came later",
        "%s; the alarm's order came later, at %s".formatted(told, order));
  }

  private static String word(UpdateEnd end) {
    return switch (end) {
      case ROLLBACK_PAUSED -> "rolled back by Swarm, but paused halfway";
      case NEVER_ENDED -> "Swarm's rollback never ended";
      case ROLLED_BACK, COMPLETED, PAUSED -> "rolled back by Swarm";
    };
  }

  private static String noOrder(Alarmed alarmed) {
    return alarmed.alarmAtMillis().isPresent()
        ? ", the alarm gave no order"
        : ", the alarm never rang";
  }
}
