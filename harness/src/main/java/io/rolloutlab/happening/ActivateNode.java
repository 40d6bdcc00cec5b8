package io.rolloutlab.happening;

import io.rolloutlab.history.Event;
import io.rolloutlab.scenario.Happening;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.testbed.Availability;
import io.rolloutlab.testbed.Testbed;
import java.util.List;

/**
 * A node that was drained is active again: it gets what waits for room, and its tasks of global
 * services; what has moved elsewhere stays there. An update or a change of size may place tasks
 * there again (swarmkit {@code orchestrator/global/global.go}: reconcileOneNode, {@code
 * scheduler/scheduler.go}: a changed node makes it look at what waits, and at nothing else).
 */
public final class ActivateNode implements HappeningAction<ActivateNode.Settings> {
  /**
   * Which one.
   *
   * @param node host name
   */
  public record Settings(String node) {
    public Settings {
      Check.present("node", node);
    }
  }

  @Override
  public String key() {
    return "activate";
  }

  @Override
  public Class<Settings> settings() {
    return Settings.class;
  }

  @Override
  public List<Fault> faults(Settings settings, List<Happening> before, Scenario scenario) {
    return NodeFaults.unknown(settings.node(), scenario);
  }

  @Override
  public Deed deed(Settings settings, Testbed testbed) {
    return new Deed(
        settings.node(),
        Event.Effect.NONE,
        "activate " + settings.node(),
        List.of(testbed.commands().availability(settings.node(), Availability.ACTIVE)),
        () -> testbed.nodes().availability(settings.node(), Availability.ACTIVE));
  }
}
