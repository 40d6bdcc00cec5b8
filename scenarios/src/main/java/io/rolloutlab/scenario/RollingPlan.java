package io.rolloutlab.scenario;

import io.rolloutlab.scenario.check.Check;
import java.time.Duration;

/**
 * @param update how v1 becomes v2
 * @param rollback how v2 becomes v1 again
 * @param hold how long nothing is done once the update has ended, however it did, before it is
 *     rolled back; default 10 s
 * @param limit how long an update or a rollback is waited for before it counts as never ended;
 *     default 5 min
 * @param backAgain whether the update is taken back after that, unless Swarm has rolled it back
 *     itself; default true
 */
public record RollingPlan(
    UpdatePlan update, UpdatePlan rollback, Duration hold, Duration limit, Boolean backAgain) {
  public static final RollingPlan DEFAULT = new RollingPlan(null, null, null, null, null);

  public RollingPlan {
    update = Check.orElse(update, UpdatePlan.UPDATE).withDelayOf(UpdatePlan.UPDATE);
    rollback = Check.orElse(rollback, UpdatePlan.ROLLBACK).withDelayOf(UpdatePlan.ROLLBACK);
    hold = Check.orElse(hold, Duration.ofSeconds(10));
    limit = Check.orElse(limit, Duration.ofMinutes(5));
    backAgain = Check.orElse(backAgain, true);
    Check.that(
        rollback.failureAction() != UpdatePlan.FailureAction.ROLLBACK,
        "rollback.failureAction",
        "must be pause or continue: a rollback is not rolled back");
    Check.between("hold", hold, Duration.ZERO, Duration.ofHours(1));
    Check.between("limit", limit, Duration.ofSeconds(1), Duration.ofHours(4));
  }
}
