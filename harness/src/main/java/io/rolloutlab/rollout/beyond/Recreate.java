package io.rolloutlab.rollout.beyond;

import io.rolloutlab.rollout.Itinerary;
import io.rolloutlab.rollout.Rollout;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.SettledNumber;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.StrategySettings;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.scenario.cluster.Pace;
import io.rolloutlab.testbed.ServiceSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All tasks of v1 are stopped, and when none is left v2 is brought up, as {@code docker compose
 * down} and {@code up} do it, and Kubernetes' strategy {@code Recreate}. On Swarm people scale the
 * service to nothing and back (moby#24901, where the same is missed for global services; swarmcli's
 * restart, Eldara-Tech/swarmcli#67, does it so that never two run at once). That keeps the service,
 * its name and its virtual address; to remove the service and to create it anew would give it
 * another address, which nginx under vip learns only when it is reloaded.
 *
 * <p>The image is changed while there is no task, so that Swarm has nothing to update (swarmkit
 * {@code orchestrator/update/updater.go}: Run ends at once without dirty slots), and all tasks of
 * the other version are made together ({@code orchestrator/replicated/services.go}). The way back
 * is the same: a rollback by Swarm would only take back the last change, which is the scaling.
 */
public final class Recreate implements Rollout {
  private static final Strategy STRATEGY = new Strategy("recreate", Settings.class);

  /**
   * Its settings.
   *
   * @param hold how long nothing is done once v2 runs, before it is taken back in the same way; 0
   *     to 1 h, default 10 s
   */
  public record Settings(Duration hold) implements StrategySettings {
    /** One to stop and one to start. */
    private static final int CHANGES_A_WAY = 2;

    public Settings {
      hold = Check.orElse(hold, Duration.ofSeconds(10));
      Check.between("hold", hold, Duration.ZERO, Duration.ofHours(1));
    }

    @Override
    public Duration expected(Scenario scenario, Pace pace) {
      AppPlan app = scenario.app();
      Duration starts = app.untilRunning(app.v2()).plus(app.untilRunning(app.v1()));
      return pace.change().multipliedBy(2L * CHANGES_A_WAY).plus(starts).plus(hold);
    }

    /** The end of all tasks has a limit, and the start of all others. */
    @Override
    public Duration longest(Scenario scenario) {
      Duration start = scenario.app().startLimit();
      Duration way = scenario.app().stopGrace().plus(start).plus(start);
      return way.multipliedBy(2).plus(hold);
    }

    @Override
    public Optional<String> leavesNobody() {
      return Optional.of("strategy: " + STRATEGY.fileName());
    }

    /** The number of tasks of a global service is nobody's to choose. */
    @Override
    public List<Fault> faults(Scenario scenario) {
      return scenario.app().mode() == ServiceMode.GLOBAL
          ? List.of(
              new Fault(
                  "app.mode",
                  "is global, but recreate scales the service to nothing and back, and a global"
                      + " service cannot be scaled: choose another strategy, or replicated",
                  List.of("strategy")))
          : List.of();
    }

    @Override
    public Map<SettledNumber, String> settles(Scenario scenario) {
      return Map.of(SettledNumber.EXPOSURE, "v2 comes to everybody at once");
    }
  }

  @Override
  public Strategy strategy() {
    return STRATEGY;
  }

  @Override
  public Itinerary itinerary(Scenario scenario) {
    Duration hold = scenario.settings(Settings.class).orElseThrow().hold();
    return new Itinerary()
        .forward("v1 is stopped, then v2 is brought up", "")
        .hold("v2 runs", hold)
        .back("v2 is stopped, then v1 is brought up", "");
  }

  @Override
  public void forward(Stage stage) {
    replace(stage, stage.stable(), stage.updated());
    stage.confirmAfterHold(stage.updated());
  }

  /** Each of the three orders changes nothing where what it asks for is so already. */
  @Override
  public void back(Stage stage) {
    replace(stage, stage.updated(), stage.stable());
  }

  private static void replace(Stage stage, ServiceSpec from, ServiceSpec to) {
    stage.scale(from, 0);
    stage.update(from, to);
    stage.scale(to, to.replicas());
  }
}
