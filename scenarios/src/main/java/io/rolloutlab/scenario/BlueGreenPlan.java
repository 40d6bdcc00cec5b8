package io.rolloutlab.scenario;

import java.time.Duration;

/**
 * @param greenPort green listens on (and publishes under vip); default 5001
 * @param smokeRequests that must all be answered by v2, and reach every replica, before the switch;
 *     1 to 10,000, default 40
 * @param keepBlue how long blue is kept after a switch, before the next step; default 15 s
 */
public record BlueGreenPlan(Integer greenPort, Integer smokeRequests, Duration keepBlue) {
  public static final BlueGreenPlan DEFAULT = new BlueGreenPlan(null, null, null);

  public BlueGreenPlan {
    greenPort = Check.orElse(greenPort, 5001);
    smokeRequests = Check.orElse(smokeRequests, 40);
    keepBlue = Check.orElse(keepBlue, Duration.ofSeconds(15));
    Check.between("greenPort", greenPort, 1, 65534);
    Check.between("smokeRequests", smokeRequests, 1, 10_000);
    Check.between("keepBlue", keepBlue, Duration.ZERO, Duration.ofHours(1));
  }
}
