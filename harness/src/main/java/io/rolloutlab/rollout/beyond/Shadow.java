package io.rolloutlab.rollout.beyond;

import io.rolloutlab.rollout.Itinerary;
import io.rolloutlab.rollout.Rollout;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.SecondService;
import io.rolloutlab.scenario.SettledNumber;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.StrategySettings;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.scenario.cluster.Pace;
import io.rolloutlab.scenario.expect.Expectations;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.ServiceSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A second service of the same size gets a copy of every request, whose answers nobody sees: users
 * are answered by v1 alone. Then the copies end, and the second service is removed. nginx throws
 * away what comes of a copy (ngx_http_mirror_module.c), so nobody knows what v2 answered; what is
 * seen is how its tasks fare under the whole load, what they cost, and what the copies do to users:
 * who comes on the same connection waits until the copy of the request before is answered.
 */
public final class Shadow implements Rollout {
  private static final String SECOND = "shadow";

  /**
   * Its settings.
   *
   * @param copyFor how long v2 gets a copy of every request; 1 s to 1 h, default 30 s
   */
  public record Settings(Duration copyFor) implements StrategySettings {
    /** How long v1 is watched without copies. */
    private static final Duration REST = Duration.ofSeconds(5);

    public Settings {
      copyFor = Check.orElse(copyFor, Duration.ofSeconds(30));
      Check.between("copyFor", copyFor, Duration.ofSeconds(1), Duration.ofHours(1));
    }

    @Override
    public Duration expected(Scenario scenario, Pace pace) {
      return StrategySettings.beside(scenario, pace, copyFor.plus(REST));
    }

    @Override
    public Duration longest(Scenario scenario) {
      return scenario.app().startLimit().plus(copyFor).plus(REST);
    }

    /** The copies begin and end. */
    @Override
    public int routeChanges() {
      return 2;
    }

    @Override
    public Optional<SecondService> secondService() {
      return Optional.of(new SecondService(SECOND, Map.of(), Map.of(), false));
    }

    @Override
    public boolean forEverybody() {
      return false;
    }

    @Override
    public boolean servesUsers() {
      return false;
    }

    @Override
    public Optional<String> copies() {
      return Optional.of("shadow.copyFor: " + Durations.print(copyFor));
    }

    /** There is no way to v2 that could take so long, and none back. */
    @Override
    public List<Fault> faults(Scenario scenario) {
      Expectations expect = scenario.expect();
      Map<String, Duration> ways = new LinkedHashMap<>();
      ways.put("rolloutAtMost", expect.rolloutAtMost());
      ways.put("rollbackAtMost", expect.rollbackAtMost());
      ways.put("abortAtMost", expect.abortAtMost());
      return ways.entrySet().stream()
          .filter(way -> way.getValue() != null)
          .map(
              way ->
                  new Fault(
                      "expect." + way.getKey(),
                      "is about the time until all users are served by another version, and"
                          + " shadow serves nobody by v2: leave it out",
                      List.of("strategy")))
          .toList();
    }

    @Override
    public Map<SettledNumber, String> settles(Scenario scenario) {
      return Map.of(
          SettledNumber.EXPOSURE,
          "v2 gets copies alone",
          SettledNumber.COST,
          "shadow.copyFor " + Durations.print(copyFor));
    }
  }

  @Override
  public Strategy strategy() {
    return new Strategy("shadow", Settings.class);
  }

  @Override
  public Itinerary itinerary(Scenario scenario) {
    Settings settings = scenario.settings(Settings.class).orElseThrow();
    return new Itinerary()
        .forward("v2 beside v1", "a copy of all to v2")
        .hold("v1 serves, v2 gets copies", settings.copyFor())
        .back("the copies end", "no more copies")
        .rest(Settings.REST)
        .finish();
  }

  /** No answer of v2 is told of, so nobody asks it whether it is v2: it may well be ill. */
  @Override
  public void forward(Stage stage) {
    ServiceSpec shadow = shadow(stage);
    stage.createOnce(shadow);
    stage.route(Routes.all(stage.stable()).mirroredTo(shadow));
  }

  @Override
  public void back(Stage stage) {
    stage.routeBack(Routes.all(stage.stable()));
  }

  @Override
  public void finish(Stage stage) {
    stage.remove(shadow(stage).name());
  }

  private static ServiceSpec shadow(Stage stage) {
    return stage.smallCandidate(SECOND, stage.stable().replicas());
  }
}
