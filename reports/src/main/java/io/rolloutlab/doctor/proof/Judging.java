package io.rolloutlab.doctor.proof;

import io.rolloutlab.change.MeasureChange;
import io.rolloutlab.change.ScenarioChange;
import io.rolloutlab.change.Telling;
import io.rolloutlab.doctor.Demonstration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Holds what runs say against what a change is to gain. Of fewer runs than show how far chance
 * reaches a count says nothing of others like them, so that shares of failures, which have an
 * interval of their own, and times stand in for it, by the rule for single runs. What these do not
 * tell is open then: only what contradicts the gain withdraws it.
 *
 * @param gain of the change
 * @param change A is the service as it is, B with the change
 * @param numbers those of the change that are looked at: see {@link #numbers}
 */
record Judging(Demonstration.Gain gain, ScenarioChange change, List<MeasureChange> numbers) {
  static final String SOON = "completedSeconds";

  private static final String USERS = "usersHurt";
  private static final String REQUESTS = "failedRequests";

  /** What is counted of harm. */
  static final List<String> COUNTS = List.of(USERS, REQUESTS);

  private static final String OUTAGE = "longestOutageSeconds";
  private static final String USERS_SHARE = "usersHurtPercent";
  private static final String REQUESTS_SHARE = "errorPercent";

  private static final Set<String> HARM =
      Set.of(USERS, REQUESTS, OUTAGE, USERS_SHARE, REQUESTS_SHARE);

  /** Harm, then how long it takes, then what it costs. */
  private static final List<String> OTHERS =
      List.of(OUTAGE, "servedAgainSeconds", SOON, "extraTasks", "missingTaskSeconds");

  /** As {@link ScenarioChange#outcomesOfA} says it. */
  private static final String COMPLETED = "completed";

  /**
   * Looks at a change.
   *
   * @param change A is the service as it is, B with the change
   */
  static Judging of(Demonstration.Gain gain, ScenarioChange change) {
    return new Judging(gain, change, numbers(change));
  }

  /** Those that the runs have, in the order in which they are told. */
  private static List<MeasureChange> numbers(ScenarioChange change) {
    List<String> shares = change.hasEnoughRuns() ? List.of() : List.of(USERS_SHARE, REQUESTS_SHARE);
    return Stream.of(COUNTS, shares, OTHERS)
        .flatMap(List::stream)
        .flatMap(key -> change.measures().stream().filter(one -> one.measure().key().equals(key)))
        .filter(one -> !isOfTheLengthOnly(one, change))
        .toList();
  }

  /** A longer rollout has a smaller share of the same failures: that is no difference of harm. */
  private static boolean isOfTheLengthOnly(MeasureChange one, ScenarioChange change) {
    return one.measure().key().equals(REQUESTS_SHARE)
        && change.measures().stream()
            .filter(other -> other.measure().key().equals(REQUESTS))
            .noneMatch(other -> signOf(other) == signOf(one));
  }

  private static double signOf(MeasureChange change) {
    return Math.signum(change.difference().orElse(0));
  }

  /** Whether it is a number of harm to users. */
  static boolean isHarm(MeasureChange number) {
    return HARM.contains(number.measure().key());
  }

  /** Whether it is how long nobody was served. */
  static boolean isOutage(MeasureChange number) {
    return number.measure().key().equals(OUTAGE);
  }

  Proof.Judged judged() {
    if (isGained()) {
      return Proof.Judged.SHOWN;
    }
    return change.hasEnoughRuns() || isContradicted()
        ? Proof.Judged.WITHDRAWN
        : Proof.Judged.UNKNOWN;
  }

  private boolean isGained() {
    boolean all = isOnly(change.outcomesOfB()) && isNone(change.outcomesOfA());
    return switch (gain) {
      case HARM -> harm(Telling.LOWER) && !harm(Telling.HIGHER);
      case SOONER -> (soon(Telling.LOWER) || all) && !harm(Telling.HIGHER);
      case COMPLETES -> all;
      case NOTICED -> isOnly(change.outcomesOfA()) && isNone(change.outcomesOfB());
    };
  }

  /** Whether the runs with the change are what they were not to be. */
  private boolean isContradicted() {
    return switch (gain) {
      case HARM -> harm(Telling.HIGHER);
      case SOONER -> harm(Telling.HIGHER) || soon(Telling.HIGHER);
      case COMPLETES -> !isOnly(change.outcomesOfB());
      case NOTICED -> !isNone(change.outcomesOfB());
    };
  }

  private boolean harm(Telling telling) {
    return tells(Judging::isHarm, telling);
  }

  private boolean soon(Telling telling) {
    return tells(one -> one.measure().key().equals(SOON), telling);
  }

  private boolean tells(Predicate<MeasureChange> which, Telling telling) {
    return numbers.stream().filter(which).anyMatch(one -> one.telling() == telling);
  }

  /** Whether no run's update was completed. */
  private static boolean isNone(Map<String, Integer> outcomes) {
    return !outcomes.containsKey(COMPLETED);
  }

  /** Whether every run's update was completed. */
  private static boolean isOnly(Map<String, Integer> outcomes) {
    return outcomes.keySet().equals(Set.of(COMPLETED));
  }
}
