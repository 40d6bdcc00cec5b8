package io.rolloutlab.scenario;

import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.scenario.cluster.Pace;
import io.rolloutlab.scenario.update.SwarmUpdates;
import io.rolloutlab.scenario.users.UserMark;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The settings of a {@link Strategy}, and all that others ask about one: nobody else knows which
 * strategies there are. A record, in a file under the strategy's {@link Strategy#key}.
 */
public interface StrategySettings {
  /**
   * How long the rollout will take from the warm-up to the cool-down, roughly.
   *
   * @param pace how long that takes which it waits for
   */
  Duration expected(Scenario scenario, Pace pace);

  /**
   * How long a second service with v2 takes that is started, given users and taken away from them.
   *
   * @param watched how long it has them
   */
  static Duration beside(Scenario scenario, Pace pace, Duration watched) {
    Duration start = scenario.app().untilRunning(scenario.app().v2());
    return start.plus(watched).plus(pace.change().multipliedBy(2));
  }

  /** How long the same can take at most: what is held, and the limits of what is awaited. */
  Duration longest(Scenario scenario);

  /**
   * How often the routes change between the warm-up and the cool-down of a run that goes as
   * planned; by default never. Where Swarm replaces the edge's tasks for it ({@code edge.update}),
   * each time takes longer than {@link #expected} and {@link #longest} have it.
   */
  default int routeChanges() {
    return 0;
  }

  /** What the strategy makes beside the app's one service; by default nothing. */
  default Optional<SecondService> secondService() {
    return Optional.empty();
  }

  /** How Swarm is told to update the app's service; by default it never is. */
  default Optional<SwarmUpdates> updates() {
    return Optional.empty();
  }

  /**
   * How long what Swarm makes of such an update, or of a rollback, is waited for before it counts
   * as never ended; by default 5 min.
   */
  default Duration updateLimit() {
    return Duration.ofMinutes(5);
  }

  /** Whether v2 comes to serve all users, and not those alone who are to get it. */
  default boolean forEverybody() {
    return true;
  }

  /** What the load's users carry so that the edge can tell them apart; by default nothing. */
  default Optional<UserMark> mark(LoadPlan load) {
    return Optional.empty();
  }

  /**
   * Whether v2 comes to answer users at all, and not copies of their requests alone. Where it does
   * not, there is no way from v1 to v2 that could take its time, and none back.
   */
  default boolean servesUsers() {
    return true;
  }

  /**
   * How many shares of the requests are held for v2 in a run that goes as planned; empty where that
   * is not said: then not even all that were held show that none is missing.
   */
  default OptionalInt shares() {
    return OptionalInt.empty();
  }

  /**
   * The confidence of the interval around a share that v2 had while it was held, between 0 and 1;
   * by default 0.9: what two one-sided tests of equivalence at 5 % take, so a share that is off by
   * the whole {@link #margin} passes at most once in twenty.
   */
  default Double confidence() {
    return 0.9;
  }

  /**
   * How far a measured share may be from its weight, as a share. By default six tenths of the
   * smaller side of the split, and at most 10 percentage points: a canary of 50 or 30 % may be off
   * by 10 points, one of 10 % by 6, one of 1 % by 0.6. With some 600 answers a step (15 s of 40
   * requests/s) a right split of 10 % or more then passes in 998 of 1,000 steps or better, and so
   * does one of 1 % with 6,000; with fewer answers it is often too few to say.
   *
   * @param weight 0 to 1; of 0 and 1, from which no answer may differ, the margin says how many
   *     answers are enough
   */
  default double margin(double weight) {
    double widest = 0.1;
    double smaller = Math.min(weight, 1 - weight);
    return smaller <= 0 ? widest : Math.min(widest, 0.6 * smaller);
  }

  /**
   * How many requests its {@code Stage.smokeTest} makes to v2 before users come to it; empty where
   * it has none, or does not say.
   */
  default OptionalInt smokeTest() {
    return OptionalInt.empty();
  }

  /**
   * What of it leaves users without any task for a while, as it stands in a file; empty where
   * nothing does, and where how Swarm is told to update says it.
   */
  default Optional<String> leavesNobody() {
    return Optional.empty();
  }

  /**
   * What of it has every request copied to v2, as it stands in a file; empty where nothing does.
   */
  default Optional<String> copies() {
    return Optional.empty();
  }

  /**
   * What of it has the requests of one visit answered by both versions while both serve, as it
   * stands in a file; empty where nothing does, and where how Swarm is told to update says it.
   */
  default Optional<String> mixesVisits() {
    return Optional.empty();
  }

  /** The keys of {@code expect} that this strategy, and not every one, gives an answer to. */
  default Set<String> answers() {
    return Set.of();
  }

  /** What cannot work in this scenario; keys are paths from the scenario. */
  default List<Fault> faults(Scenario scenario) {
    return List.of();
  }

  /** Settings that have no effect beside the others; keys as in these settings. */
  default List<Fault> idle(Scenario scenario) {
    return List.of();
  }

  /**
   * The numbers that the settings make by their own delays and holds, so that they would come out
   * of any run of the file and say nothing for or against the strategy; each with the setting that
   * makes it, in a few words.
   */
  default Map<SettledNumber, String> settles(Scenario scenario) {
    return Map.of();
  }
}
