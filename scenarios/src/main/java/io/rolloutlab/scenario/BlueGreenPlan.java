package io.rolloutlab.scenario;

import io.rolloutlab.scenario.check.Check;
import java.time.Duration;

/**
 * @param greenPort where green listens (and publishes under vip); default 5001
 * @param smokeRequests requests that must all be answered by v2, and reach every replica, or 100 of
 *     them where there are more, before the switch; 1 to 10,000, default 40
 * @param keepBlue how long blue is kept after a switch, before the next step; default 15 s
 * @param mirrorFor how long, after the smoke test and before the switch, green gets a copy of every
 *     request, whose answer nobody sees; 1 s to 1 h, default: it gets none
 */
public record BlueGreenPlan(
    Integer greenPort, Integer smokeRequests, Duration keepBlue, Duration mirrorFor) {
  public static final BlueGreenPlan DEFAULT = new BlueGreenPlan(null, null, null, null);

  public BlueGreenPlan {
    greenPort = Check.orElse(greenPort, 5001);
    smokeRequests = Check.orElse(smokeRequests, 40);
    keepBlue = Check.orElse(keepBlue, Duration.ofSeconds(15));
    Check.between("greenPort", greenPort, 1, 65534);
    Check.between("smokeRequests", smokeRequests, 1, 10_000);
    Check.between("keepBlue", keepBlue, Duration.ZERO, Duration.ofHours(1));
    if (mirrorFor != null) {
      Check.between("mirrorFor", mirrorFor, Duration.ofSeconds(1), Duration.ofHours(1));
    }
  }
}
