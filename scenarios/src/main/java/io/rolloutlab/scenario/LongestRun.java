package io.rolloutlab.scenario;

import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.edge.EdgePlan;
import java.time.Duration;

/** How long a scenario's load can last at most: what it holds, and the limits of what it awaits. */
public final class LongestRun {
  private LongestRun() {}

  /** The time from the first request to the last. */
  public static Duration of(Scenario scenario) {
    LoadPlan load = scenario.load();
    Duration all =
        load.warmUp()
            .plus(scenario.settings().longest(scenario))
            .plus(turningRound(scenario))
            .plus(changesOfRoutes(scenario))
            .plus(load.coolDown());
    return all.compareTo(load.limit()) < 0 ? all : load.limit();
  }

  /** What an alarm adds to it; who gives a rollout up by himself watches v1 for as long. */
  private static Duration turningRound(Scenario scenario) {
    if (scenario.isBaseline()) {
      return Duration.ZERO;
    }
    return scenario.mayBeCalledBack() ? scenario.alarm().longest() : scenario.alarm().within();
  }

  /** A rollout that is turned round may change them once more. Under auto it may come to be vip. */
  private static Duration changesOfRoutes(Scenario scenario) {
    int planned = scenario.settings().routeChanges();
    EdgePlan edge = scenario.edge();
    Balancing most = scenario.balancing() == Balancing.DNSRR ? Balancing.DNSRR : Balancing.VIP;
    return edge.longestChange(edge.tasks(most), scenario.waiting())
        .multipliedBy(planned == 0 ? 0 : planned + 1L);
  }

  /** The requests that can be made in it. */
  public static long requests(Scenario scenario) {
    double seconds = of(scenario).toMillis() / 1e3;
    return Math.round(Math.ceil(seconds * scenario.load().requestsPerSecond()));
  }
}
