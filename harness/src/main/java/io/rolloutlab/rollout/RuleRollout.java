package io.rolloutlab.rollout;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.testbed.RouteCondition;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.ServiceSpec;
import java.time.Duration;

/** The users whom a rule names get a second service for a while; nobody else does. */
public abstract class RuleRollout implements Rollout {
  /**
   * The rule, and what comes of it.
   *
   * @param phase what the way forward is called
   * @param step what its route is called
   * @param second what the name of the second service begins with
   * @param replicas how many tasks that has
   * @param condition who gets it
   * @param hold for how long
   */
  public record Rule(
      String phase,
      String step,
      String second,
      int replicas,
      RouteCondition condition,
      Duration hold) {}

  /** The rule of a scenario. */
  protected abstract Rule rule(Scenario scenario);

  @Override
  public Itinerary itinerary(Scenario scenario) {
    Rule rule = rule(scenario);
    return new Itinerary()
        .forward(rule.phase(), rule.step())
        .rest(rule.hold())
        .back("abort: all to v1", "abort")
        .rest(rule.hold().dividedBy(4))
        .finish();
  }

  @Override
  public void forward(Stage stage) {
    ServiceSpec second = second(stage);
    stage.createOnce(second);
    stage.confirmAfterHold(second);
    stage.route(Routes.when(stage.stable(), second, rule(stage.scenario()).condition()));
  }

  @Override
  public void back(Stage stage) {
    stage.routeBack(Routes.all(stage.stable()));
  }

  @Override
  public void finish(Stage stage) {
    stage.remove(second(stage).name());
  }

  private ServiceSpec second(Stage stage) {
    Rule rule = rule(stage.scenario());
    return stage.smallCandidate(rule.second(), rule.replicas());
  }
}
