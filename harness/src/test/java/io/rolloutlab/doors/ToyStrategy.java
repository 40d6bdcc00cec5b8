package io.rolloutlab.doors;

import io.rolloutlab.rollout.Rollout;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.SecondService;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.StrategySettings;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.cluster.Pace;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.ServiceSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A strategy that no file of the lab itself knows: a second service, and everybody goes to it. */
public final class ToyStrategy implements Rollout {
  private static final String SECOND = "toy";

  /**
   * Its settings.
   *
   * @param replicas of the second service, 1 to 10; default 2
   */
  public record Settings(Integer replicas) implements StrategySettings {
    public Settings {
      replicas = Check.orElse(replicas, 2);
      Check.between("replicas", replicas, 1, 10);
    }

    @Override
    public Duration expected(Scenario scenario, Pace pace) {
      return Duration.ofSeconds(20).plus(pace.change().multipliedBy(3));
    }

    @Override
    public Duration longest(Scenario scenario) {
      return scenario.app().startLimit().plus(Duration.ofSeconds(20));
    }

    @Override
    public int routeChanges() {
      return 2;
    }

    @Override
    public Optional<SecondService> secondService() {
      return Optional.of(new SecondService(SECOND, Map.of("replicas", replicas), Map.of(), false));
    }
  }

  @Override
  public Strategy strategy() {
    return new Strategy("toy-swap", Settings.class);
  }

  @Override
  public void forward(Stage stage) {
    stage.createOnce(second(stage));
    stage.route(Routes.all(second(stage)));
  }

  @Override
  public void back(Stage stage) {
    stage.route(Routes.all(stage.stable()));
  }

  private static ServiceSpec second(Stage stage) {
    return stage.smallCandidate(SECOND, stage.settings(Settings.class).replicas());
  }
}
