package io.rolloutlab.analysis;

import io.rolloutlab.scenario.Durations;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.UpdatePlan;
import java.time.Duration;

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
    int replicas = scenario.app().replicas();
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
}
