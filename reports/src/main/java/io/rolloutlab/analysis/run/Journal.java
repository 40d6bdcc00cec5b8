package io.rolloutlab.analysis.run;

import io.rolloutlab.history.Event;
import java.util.List;

/**
 * What was done and what Swarm and the edge said to it, passed through with times after x = 0.
 * Texts are not escaped.
 */
public record Journal(
    List<Step> steps,
    List<EdgeChange> edgeChanges,
    List<UpdateState> updateStates,
    List<Fault> faults) {
  public Journal {
    steps = List.copyOf(steps);
    edgeChanges = List.copyOf(edgeChanges);
    updateStates = List.copyOf(updateStates);
    faults = List.copyOf(faults);
  }

  /**
   * Something was done to the system.
   *
   * @param commands a person would type for it; may be empty
   * @param edgeConfig the whole new configuration of the edge, empty when the step wrote none
   */
  public record Step(long atMillis, String label, List<String> commands, String edgeConfig) {
    public Step {
      commands = List.copyOf(commands);
    }
  }

  /**
   * The edge serves by new routes.
   *
   * @param atMillis when it was asked for
   * @param doneAtMillis when the new workers had taken over
   * @param reloadMillis how long that took
   * @param routes from then on
   * @param mirror service that gets a copy of every request from then on; null when none does
   */
  public record EdgeChange(
      long atMillis,
      long doneAtMillis,
      long reloadMillis,
      List<Event.Route> routes,
      String mirror) {
    public EdgeChange {
      routes = List.copyOf(routes);
    }
  }

  /** The state of a service's update changed; state and message as Swarm gives them. */
  public record UpdateState(long atMillis, String service, String state, String message) {}

  /** Something failed that the run did not ask for, or the node that it did ask to lose. */
  public record Fault(long atMillis, String what, String detail) {}
}
