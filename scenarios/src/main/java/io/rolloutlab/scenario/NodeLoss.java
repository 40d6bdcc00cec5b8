package io.rolloutlab.scenario;

import io.rolloutlab.scenario.check.Check;
import java.time.Duration;

/**
 * A node that goes away in the middle of a run, as a machine does whose power fails, and does not
 * come back.
 *
 * @param node host name
 * @param after how long after the rollout starts (in a baseline: its hold); 0 to 1 h
 */
public record NodeLoss(String node, Duration after) {
  public NodeLoss {
    Check.present("node", node);
    Check.present("after", after);
    Check.between("after", after, Duration.ZERO, Duration.ofHours(1));
  }
}
