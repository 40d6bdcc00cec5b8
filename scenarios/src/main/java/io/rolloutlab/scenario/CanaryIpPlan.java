package io.rolloutlab.scenario;

import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.scenario.check.Networks;
import io.rolloutlab.scenario.cluster.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * @param addresses IPv4 addresses or networks whose users get the canary, 2,500 at most; default
 *     10.77.0.0/28
 * @param replicas how many tasks the canary service has; 1 to 10,000, default 1
 * @param hold how long the rule is held; default 30 s
 */
public record CanaryIpPlan(List<String> addresses, Integer replicas, Duration hold)
    implements StrategySettings {
  /** As many as fit into one argument of a command, in which nginx gets its configuration. */
  public static final int MOST_ADDRESSES = 2500;

  public CanaryIpPlan {
    addresses = Check.listOrElse(addresses, List.of("10.77.0.0/28"));
    Check.that(!addresses.isEmpty(), "addresses", "must not be empty");
    Check.that(
        addresses.size() <= MOST_ADDRESSES,
        "addresses",
        "has %s elements, but nginx is given %s at most; write networks such as 10.77.0.0/28"
            .formatted(addresses.size(), MOST_ADDRESSES));
    Check.each("addresses", addresses, Networks::check);
    replicas = Check.orElse(replicas, 1);
    Check.between("replicas", replicas, 1, 10_000);
    hold = Check.orElse(hold, Duration.ofSeconds(30));
    Check.between("hold", hold, Duration.ofSeconds(1), Duration.ofHours(1));
  }

  @Override
  public Duration expected(Scenario scenario, Pace pace) {
    return StrategySettings.beside(scenario, pace, hold.multipliedBy(5).dividedBy(4));
  }

  @Override
  public Duration longest(Scenario scenario) {
    return scenario.app().startLimit().plus(hold).plus(hold.dividedBy(4));
  }

  /** There and back. */
  @Override
  public int routeChanges() {
    return 2;
  }

  @Override
  public Optional<SecondService> secondService() {
    return Optional.of(
        new SecondService(CanaryPlan.SECOND, Map.of("replicas", replicas), Map.of(), false));
  }

  @Override
  public boolean forEverybody() {
    return false;
  }

  @Override
  public Set<String> answers() {
    return Set.of("onlyListedUsersSeeV2");
  }

  /** The number of tasks of a global service is nobody's to choose. */
  @Override
  public List<Fault> faults(Scenario scenario) {
    return scenario.app().mode() == ServiceMode.GLOBAL
        ? List.of(
            new Fault(
                "app.mode",
                "is global, but canary-ip gives its second service a size of its own"
                    + " (canaryIp.replicas), and a global service has none: choose another"
                    + " strategy, or replicated",
                List.of("strategy")))
        : List.of();
  }

  @Override
  public Map<SettledNumber, String> settles(Scenario scenario) {
    String held = "canaryIp.hold";
    return Map.of(
        SettledNumber.CHANGE, held,
        SettledNumber.MIX, held,
        SettledNumber.EXPOSURE, "canaryIp.addresses",
        SettledNumber.COST, held);
  }
}
