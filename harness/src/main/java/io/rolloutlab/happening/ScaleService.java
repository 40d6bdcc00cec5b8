package io.rolloutlab.happening;

import io.rolloutlab.history.Event;
import io.rolloutlab.scenario.Happening;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.scenario.check.Nearest;
import io.rolloutlab.testbed.Testbed;
import java.util.List;

/**
 * A service gets another number of replicas, as {@code docker service scale} orders it. For Swarm
 * that is an update of the service: one that is under way starts afresh, its state is forgotten,
 * and a later rollback goes back to the size before and not to the version before (swarmkit {@code
 * controlapi/service.go}: UpdateService keeps one previous spec).
 */
public final class ScaleService implements HappeningAction<ScaleService.Settings> {
  /** As many as a service of the app can have. */
  private static final int MOST = 10_000;

  /**
   * Which one, and to what size.
   *
   * @param service pyapp, or what the strategy makes beside it: green-pyapp, canary-pyapp; it must
   *     be there when the time comes
   * @param replicas how many there are to be; 0 to 10,000, more than 1,000 only on the twin
   */
  public record Settings(String service, Integer replicas) {
    public Settings {
      Check.present("service", service);
      Check.present("replicas", replicas);
      Check.between("replicas", replicas, 0, MOST);
    }
  }

  @Override
  public String key() {
    return "scale";
  }

  @Override
  public Class<Settings> settings() {
    return Settings.class;
  }

  @Override
  public List<Fault> faults(Settings settings, List<Happening> before, Scenario scenario) {
    if (!scenario.services().contains(settings.service())) {
      return List.of(unknown(settings.service(), scenario));
    }
    return scenario.app().mode() == ServiceMode.GLOBAL
        ? List.of(
            new Fault(
                "service",
                "cannot be scaled: app.mode is global, so there is one task on each node",
                List.of("app.mode")))
        : List.of();
  }

  private static Fault unknown(String service, Scenario scenario) {
    return new Fault(
        "service",
        "is \"%s\"%s, but with the strategy %s the services that can be scaled are %s"
            .formatted(
                Complaints.quoted(service),
                Nearest.asked(service, scenario.services()),
                scenario.strategy().fileName(),
                scenario.services()),
        List.of("strategy"));
  }

  @Override
  public int tasks(Settings settings) {
    return settings.replicas();
  }

  @Override
  public Deed deed(Settings settings, Testbed testbed) {
    return new Deed(
        settings.service(),
        Event.Effect.NONE,
        "scale %s to %s".formatted(settings.service(), settings.replicas()),
        List.of(testbed.commands().scale(settings.service(), settings.replicas())),
        () -> testbed.swarm().scale(settings.service(), settings.replicas()));
  }
}
