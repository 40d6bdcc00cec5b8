package io.rolloutlab.compare;

import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.scenario.CanaryPlan;
import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.RollingPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.update.UpdatePlan;
import java.time.Duration;
import java.util.Locale;

/**
 * What a scenario settles by its own delays and holds, so that it would come out of any run of its
 * file: such a number says nothing for or against a strategy. Each method says how much these make,
 * in a sentence; which they are a strategy's settings say themselves.
 */
final class Settled {
  private Settled() {}

  /** How much of a time the delays of an update or a rollback make; a sentence, or empty. */
  static String ofDelays(String key, Scenario scenario, UpdatePlan plan) {
    Duration all = plan.delays(scenario.tasks());
    return all.isZero()
        ? ""
        : "%s %s between %s slots makes %s of it."
            .formatted(
                key,
                Durations.print(plan.delay()),
                plan.waits(scenario.tasks()) + 1,
                Numbers.seconds(all.toMillis()));
  }

  /** Whom v2 reaches at first in canary, rolling and blue-green; a sentence. */
  static String exposures(Scenario canary, Scenario rolling) {
    CanaryPlan.Step first = firstStep(canary);
    int replicas = rolling.tasks();
    int parallelism = rolling.settings(RollingPlan.class).orElseThrow().update().parallelism();
    return ("The first step of canary gives v2 %s %% of the requests for %s, rolling begins with %s"
            + " of %s tasks, and a switch gives it all: these shares would come out of any run of"
            + " these files.")
        .formatted(
            first.canary(),
            Durations.print(first.hold()),
            parallelism == 0 ? replicas : Math.min(parallelism, replicas),
            replicas);
  }

  /**
   * How many users meet the first step, since each makes any request with the same chance. Where
   * the edge keeps users where they are, v2 is met by that share of all who make any.
   */
  static String usersOfFirstStep(Scenario scenario) {
    CanaryPlan.Step first = firstStep(scenario);
    LoadPlan load = scenario.load();
    boolean kept = scenario.settings(CanaryPlan.class).orElseThrow().splitBy().keepsUsers();
    double weight = first.canary() / 100.0;
    // An asset is one more draw of its page's user, where users are not kept.
    double rate = kept ? load.ratePerSecond() : load.requestsPerSecond();
    double requests = rate * first.hold().toMillis() / 1000.0;
    double makeAny = 1 - Math.pow(1 - 1.0 / load.users(), kept ? requests : requests * weight);
    double share = kept ? weight * makeAny : makeAny;
    return String.format(
        Locale.ROOT,
        "%s users, %s requests/s and %s %% for %s: some %.0f %% of the users would get v2 in any run"
            + " of this file, which says as much about the load as about canary.",
        load.users(),
        Numbers.plain(rate),
        first.canary(),
        Durations.print(first.hold()),
        100 * share);
  }

  private static CanaryPlan.Step firstStep(Scenario scenario) {
    return scenario.settings(CanaryPlan.class).orElseThrow().steps().get(0);
  }
}
