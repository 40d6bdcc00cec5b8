package io.rolloutlab.rollout.ab;

import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.SecondService;
import io.rolloutlab.scenario.SettledNumber;
import io.rolloutlab.scenario.StrategySettings;
import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.scenario.check.Percent;
import io.rolloutlab.scenario.cluster.Pace;
import io.rolloutlab.scenario.users.UserMark;
import io.rolloutlab.testbed.RouteCondition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The settings of a strategy that knows a group of users by what their requests carry. */
public interface GroupSettings extends StrategySettings {
  /** What the name of the second service begins with. */
  String SECOND = "variant";

  /** The least and the largest group, as a share of the users. */
  Percent LEAST = new Percent(0.0001);

  Percent MOST = new Percent(0.99);

  /** Where the group's requests carry it. */
  UserMark.Kind kind();

  /** What it is called there. */
  String name();

  /** What the group has there. */
  String value();

  /** How large the group is. */
  Percent users();

  /** How many tasks the second service has. */
  Integer replicas();

  /** How long the group keeps v2. */
  Duration hold();

  /** Refuses what is not in range; keys as in the settings. */
  static void check(String value, Percent users, Integer replicas, Duration hold) {
    Check.that(
        RouteCondition.VALUE.matcher(value).matches() && !RouteCondition.RESERVED.contains(value),
        "value",
        ("must be letters, digits, dots, hyphens and underscores, 40 at most, and none of %s, but is"
                + " \"%s\"")
            .formatted(
                String.join(", ", RouteCondition.RESERVED.stream().sorted().toList()),
                Complaints.quoted(value)));
    Check.between("users", users, LEAST, MOST);
    Check.between("replicas", replicas, 1, 10_000);
    Check.between("hold", hold, Duration.ofSeconds(1), Duration.ofHours(1));
  }

  /** What the load's users carry: the first of them, as many as the share makes. */
  private UserMark group(LoadPlan load) {
    int users = (int) Math.round(users().share() * load.users());
    return new UserMark(kind(), name(), value(), users);
  }

  @Override
  default Optional<UserMark> mark(LoadPlan load) {
    return Optional.of(group(load));
  }

  /** The rule by which the edge knows the group. */
  default RouteCondition condition() {
    return kind() == UserMark.Kind.HEADER
        ? new RouteCondition.Header(name(), value())
        : new RouteCondition.Cookie(name(), value());
  }

  @Override
  default Duration expected(Scenario scenario, Pace pace) {
    return StrategySettings.beside(scenario, pace, hold().multipliedBy(5).dividedBy(4));
  }

  @Override
  default Duration longest(Scenario scenario) {
    return scenario.app().startLimit().plus(hold()).plus(hold().dividedBy(4));
  }

  /** There and back. */
  @Override
  default int routeChanges() {
    return 2;
  }

  @Override
  default Optional<SecondService> secondService() {
    return Optional.of(new SecondService(SECOND, Map.of("replicas", replicas()), Map.of(), false));
  }

  @Override
  default boolean forEverybody() {
    return false;
  }

  @Override
  default Set<String> answers() {
    return Set.of("onlyListedUsersSeeV2");
  }

  /** A global service has no size of its own, and a group is neither nobody nor everybody. */
  @Override
  default List<Fault> faults(Scenario scenario) {
    String key = scenario.strategy().key();
    List<Fault> faults = new ArrayList<>();
    if (scenario.app().mode() == ServiceMode.GLOBAL) {
      faults.add(
          new Fault(
              "app.mode",
              ("is global, but %s gives its second service a size of its own (%s.replicas), and a"
                      + " global service has none: choose another strategy, or replicated")
                  .formatted(scenario.strategy().fileName(), key),
              List.of("strategy")));
    }
    int all = scenario.load().users();
    int some = group(scenario.load()).users();
    if (some == 0 || some == all) {
      faults.add(
          new Fault(
              key + ".users",
              "makes %s of the %s users of load.users: some must be in the group, and some not"
                  .formatted(some == 0 ? "none" : "all", all),
              List.of("load.users")));
    }
    return faults;
  }

  @Override
  default Map<SettledNumber, String> settles(Scenario scenario) {
    String key = scenario.strategy().key();
    String held = key + ".hold";
    return Map.of(
        SettledNumber.CHANGE, held,
        SettledNumber.MIX, held,
        SettledNumber.EXPOSURE, key + ".users",
        SettledNumber.COST, held);
  }
}
