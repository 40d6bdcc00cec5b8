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
 * A node is drained: Swarm shuts down what is there, runs it elsewhere if it can, and gives the
 * node nothing more. The tasks in their place need no restart delay, and start when the old ones
 * have ended (swarmkit {@code orchestrator/replicated/tasks.go}: handleNodeChange, {@code
 * orchestrator/restart/restart.go}: Restart, {@code scheduler/filter.go}: ReadyFilter). A global
 * service has no task there then ({@code orchestrator/global/global.go}: reconcileOneNode).
 */
public final class DrainNode implements HappeningAction<DrainNode.Settings> {
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
    return "drain";
  }

  @Override
  public Class<Settings> settings() {
    return Settings.class;
  }

  @Override
  public List<Fault> faults(Settings settings, List<Happening> before, Scenario scenario) {
    return NodeFaults.of(settings.node(), scenario);
  }

  @Override
  public Deed deed(Settings settings, Testbed testbed) {
    return new Deed(
        settings.node(),
        Event.Effect.NODE_EMPTIED,
        "drain " + settings.node(),
        List.of(testbed.commands().availability(settings.node(), Availability.DRAIN)),
        () -> testbed.nodes().availability(settings.node(), Availability.DRAIN));
  }
}
