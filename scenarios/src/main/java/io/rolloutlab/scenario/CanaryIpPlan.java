package io.rolloutlab.scenario;

import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Networks;
import java.time.Duration;
import java.util.List;

/**
 * @param addresses IPv4 addresses or networks whose users get the canary, 2,500 at most; default
 *     10.77.0.0/28
 * @param replicas how many tasks the canary service has; 1 to 10,000, default 1
 * @param hold how long the rule is held; default 30 s
 */
public record CanaryIpPlan(List<String> addresses, Integer replicas, Duration hold) {
  /** As many as fit into one argument of a command, in which nginx gets its configuration. */
  public static final int MOST_ADDRESSES = 2500;

  public static final CanaryIpPlan DEFAULT = new CanaryIpPlan(null, null, null);

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
}
