package io.rolloutlab.stack.asked;

import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.stack.FileValue;
import io.rolloutlab.stack.StackFailureAction;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.StackUpdate;
import java.time.Duration;

/** How Swarm replaces the tasks, forward and back, and how long that is waited for. */
final class LaidUpdates {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);

  /** As long as an update of which nothing is said is waited for. */
  private static final Duration SHORTEST_LIMIT = Duration.ofMinutes(5);

  /** What a load lasts beside the updates and the hold: warm-up, cool-down, waits for tasks. */
  private static final Duration BESIDE = Duration.ofMinutes(2);

  private static final int MOST_AT_ONCE = 10_000;

  /** What a slot takes beside all that is set: orders, a start, an end. */
  private static final Duration SLOT = Duration.ofSeconds(15);

  private final StackService service;
  private final int tasks;
  private final Laying laying;

  /**
   * @param tasks that the lab has of it, at least 1
   */
  LaidUpdates(StackService service, int tasks, Laying laying) {
    this.service = service;
    this.tasks = tasks;
    this.laying = laying;
  }

  void lay(Asking asking) {
    way("rolling.update.", service.update());
    way("rolling.rollback.", service.rollback());
    action("rolling.update.", service.update().failureAction().value());
    StackFailureAction back = service.rollback().failureAction().value();
    if (back == StackFailureAction.ROLLBACK) {
      laying.note(
          service.rollback().failureAction().place(),
          "a rollback is not rolled back: the lab says pause, as Swarm takes it");
      back = StackFailureAction.PAUSE;
    }
    action("rolling.rollback.", back);
    laying.say("rolling.hold", asking.hold());
    laying.say("rolling.backAgain", asking.backAgain());
    Duration usual = longer(SHORTEST_LIMIT, twice(service.update()), twice(service.rollback()));
    Duration limit = atMost(asking.patience().stretched(usual));
    laying.say("rolling.limit", limit);
    Duration beside = asking.hold().plus(asking.patience().stretched(BESIDE));
    laying.say("load.limit", atMost(limit.multipliedBy(3).plus(beside)));
  }

  private static Duration atMost(Duration limit) {
    return limit.compareTo(LoadPlan.LONGEST) < 0 ? limit : LoadPlan.LONGEST;
  }

  private void action(String block, StackFailureAction action) {
    laying.say(block + "failureAction", action);
  }

  private void way(String block, StackUpdate way) {
    laying.say(block + "parallelism", parallelism(way));
    laying.duration(block + "delay", "delay", way.delay(), Duration.ZERO, HOUR);
    laying.duration(block + "monitor", "monitor", way.monitor(), SHORTEST, HOUR);
    double ratio = way.maxFailureRatio().value();
    laying.say(block + "maxFailureRatio", Math.max(0, Math.min(1, ratio)));
    laying.say(block + "order", way.order().value());
  }

  /** Where the lab has fewer tasks, so many fewer at once: the rounds stay. */
  private int parallelism(StackUpdate way) {
    FileValue<Integer> parallelism = way.parallelism();
    int replicas = service.scale().isReplicated() ? service.scale().replicas().value() : tasks;
    if (parallelism.value() == 0 || replicas <= tasks || way.atOnce(replicas) == 1) {
      return Math.min(MOST_AT_ONCE, parallelism.value());
    }
    int rounds = Math.min(tasks, way.rounds(replicas));
    int atOnce = (tasks + rounds - 1) / rounds;
    if (atOnce != parallelism.value()) {
      laying.note(
          parallelism.place(),
          "parallelism is %s of %s tasks, and the lab has %s of %s"
              .formatted(parallelism.value(), replicas, atOnce, tasks));
    }
    return atOnce;
  }

  private Duration twice(StackUpdate way) {
    Duration slot = SLOT.plus(service.stop().grace().value()).plus(way.delay().value());
    if (service.health().isCommand()) {
      slot =
          slot.plus(service.health().firstProbe())
              .plus(service.health().startPeriod().value())
              .plus(service.health().patience());
    }
    int rounds = Math.min(tasks, way.rounds(tasks));
    return atMost(slot.multipliedBy(rounds).plus(way.monitor().value()).multipliedBy(2));
  }

  private static Duration longer(Duration first, Duration second, Duration third) {
    Duration two = first.compareTo(second) > 0 ? first : second;
    return two.compareTo(third) > 0 ? two : third;
  }
}
