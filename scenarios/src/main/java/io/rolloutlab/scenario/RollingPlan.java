package io.rolloutlab.scenario;

import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.scenario.cluster.Pace;
import io.rolloutlab.scenario.update.SwarmUpdates;
import io.rolloutlab.scenario.update.UpdatePlan;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    UpdatePlan update, UpdatePlan rollback, Duration hold, Duration limit, Boolean backAgain)
    implements StrategySettings {
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

  @Override
  public Duration expected(Scenario scenario, Pace pace) {
    AppPlan app = scenario.app();
    int tasks = scenario.tasks();
    Duration back =
        backAgain ? rollback.expected(app.untilRunning(app.v1()), tasks, pace) : Duration.ZERO;
    return update.expected(app.untilRunning(app.v2()), tasks, pace).plus(hold).plus(back);
  }

  /**
   * A limit each for the update, for the rollback that Swarm may begin by itself, and for the way
   * back: it is ordered, or Swarm's own rollback, which has not ended, is waited for once more.
   */
  @Override
  public Duration longest(Scenario scenario) {
    boolean bySwarm = update.failureAction() == UpdatePlan.FailureAction.ROLLBACK;
    boolean back = backAgain || scenario.mayBeCalledBack();
    return limit.multipliedBy(1L + (bySwarm ? 1 : 0) + (back ? 1 : 0)).plus(hold);
  }

  /** Whether it can come to a rollback, since that is ordered or since Swarm may do it itself. */
  public boolean mayGoBack() {
    return backAgain || update.failureAction() == UpdatePlan.FailureAction.ROLLBACK;
  }

  @Override
  public Optional<SwarmUpdates> updates() {
    return Optional.of(new SwarmUpdates(update, rollback));
  }

  @Override
  public Duration updateLimit() {
    return limit;
  }

  @Override
  public List<Fault> idle(Scenario scenario) {
    return mayGoBack() || scenario.mayBeCalledBack()
        ? List.of()
        : List.of(
            new Fault(
                "rollback",
                "has no effect where backAgain is false, failureAction is not rollback and no"
                    + " alarm calls back"));
  }

  @Override
  public Map<SettledNumber, String> settles(Scenario scenario) {
    Map<SettledNumber, String> settled = new EnumMap<>(SettledNumber.class);
    if (!update.delays(scenario.tasks()).isZero()) {
      String delays = "rolling.update.delay " + update.delaysInWords(scenario.tasks());
      settled.put(SettledNumber.CHANGE, delays);
      settled.put(SettledNumber.MIX, delays);
      settled.put(SettledNumber.EXPOSURE, delays);
    }
    if (!rollback.delays(scenario.tasks()).isZero()) {
      settled.put(
          SettledNumber.WAY_BACK,
          "rolling.rollback.delay " + rollback.delaysInWords(scenario.tasks()));
    }
    return settled;
  }
}
