package io.rolloutlab.compare;

import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.scenario.CanaryPlan;
import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.UpdatePlan;
import io.rolloutlab.scenario.check.Durations;
import java.time.Duration;
import java.util.Locale;

/**
 * What a scenario settles by its own delays and holds, so that it would come out of any run of its
 * file: such a number says nothing for or against a strategy. Each method says which settings these
 * are, in a few words; empty when the number is left to the run.
 */
final class Settled {
  private Settled() {}

  /** Whatever it is, no setting of delays or holds makes it. */
  static String nothing(Scenario scenario) {
    return "";
  }

  /** How long v1 takes to give way to v2, and how long both serve meanwhile. */
  static String change(Scenario scenario) {
    return switch (scenario.strategy()) {
      case BASELINE -> "";
      case ROLLING -> delays("rolling.update", scenario, scenario.rolling().update());
      case BLUE_GREEN -> mirror(scenario);
      case CANARY -> "canary.steps[].hold";
      case CANARY_IP -> "canaryIp.hold";
    };
  }

  /** How long both versions serve: a switch is a moment, however long green was mirrored to. */
  static String mix(Scenario scenario) {
    return switch (scenario.strategy()) {
      case BASELINE, BLUE_GREEN -> "";
      case ROLLING, CANARY, CANARY_IP -> change(scenario);
    };
  }

  /** How long the way back takes. */
  static String back(Scenario scenario) {
    return scenario.rolling() == null
        ? ""
        : delays("rolling.rollback", scenario, scenario.rolling().rollback());
  }

  /** Who gets v2 in the first seconds: what the scenario holds for so long, or switches at once. */
  static String exposure(Scenario scenario) {
    return switch (scenario.strategy()) {
      case BASELINE -> "";
      case ROLLING -> delays("rolling.update", scenario, scenario.rolling().update());
      case BLUE_GREEN -> "a switch gives v2 to everybody";
      case CANARY -> "canary.steps[1]";
      case CANARY_IP -> "canaryIp.addresses";
    };
  }

  /** What is paid for two services at once: how long they both live is a hold's length. */
  static String cost(Scenario scenario) {
    return switch (scenario.strategy()) {
      case BASELINE, ROLLING -> "";
      case BLUE_GREEN -> "blueGreen.keepBlue " + Durations.print(scenario.blueGreen().keepBlue());
      case CANARY -> "canary.steps[].hold";
      case CANARY_IP -> "canaryIp.hold";
    };
  }

  /** The delays between the first and the last slot of an update or a rollback, all together. */
  static Duration delays(Scenario scenario, UpdatePlan plan) {
    return plan.delay().multipliedBy(waits(scenario, plan));
  }

  /** How many delays lie between its first and its last slot. */
  static int waits(Scenario scenario, UpdatePlan plan) {
    int replicas = scenario.tasks();
    int atOnce = plan.parallelism() == 0 ? replicas : plan.parallelism();
    return (replicas + atOnce - 1) / atOnce - 1;
  }

  private static String delays(String key, Scenario scenario, UpdatePlan plan) {
    return delays(scenario, plan).isZero()
        ? ""
        : "%s.delay %s, %s times"
            .formatted(key, Durations.print(plan.delay()), waits(scenario, plan));
  }

  private static String mirror(Scenario scenario) {
    Duration mirror = scenario.blueGreen().mirrorFor();
    return mirror == null ? "" : "blueGreen.mirrorFor " + Durations.print(mirror);
  }

  /** How much of a time the delays of an update or a rollback make; a sentence, or empty. */
  static String ofDelays(String key, Scenario scenario, UpdatePlan plan) {
    Duration all = delays(scenario, plan);
    return all.isZero()
        ? ""
        : "%s %s between %s slots makes %s of it."
            .formatted(
                key,
                Durations.print(plan.delay()),
                waits(scenario, plan) + 1,
                Numbers.seconds(all.toMillis()));
  }

  /** Whom v2 reaches at first in canary, rolling and blue-green; a sentence. */
  static String exposures(Scenario canary, Scenario rolling) {
    CanaryPlan.Step first = canary.canary().steps().get(0);
    int replicas = rolling.tasks();
    int parallelism = rolling.rolling().update().parallelism();
    return ("The first step of canary gives v2 %s %% of the requests for %s, rolling begins with %s"
            + " of %s tasks, and a switch gives it all: these shares would come out of any run of"
            + " these files.")
        .formatted(
            first.canary(),
            Durations.print(first.hold()),
            parallelism == 0 ? replicas : Math.min(parallelism, replicas),
            replicas);
  }

  /** How many users meet the first step, since each makes any request with the same chance. */
  static String usersOfFirstStep(Scenario scenario) {
    CanaryPlan.Step first = scenario.canary().steps().get(0);
    LoadPlan load = scenario.load();
    double requests =
        load.ratePerSecond() * first.hold().toMillis() / 1000.0 * first.canary() / 100.0;
    double share = 1 - Math.pow(1 - 1.0 / load.users(), requests);
    return String.format(
        Locale.ROOT,
        "%s users, %s requests/s and %s %% for %s: some %.0f %% of the users would get v2 in any run"
            + " of this file, which says as much about the load as about canary.",
        load.users(),
        Numbers.plain(load.ratePerSecond()),
        first.canary(),
        Durations.print(first.hold()),
        100 * share);
  }
}
