package io.rolloutlab.rollout;

import io.rolloutlab.history.Event;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.scenario.users.SplitBy;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Testbed;
import java.util.List;

/**
 * Gives orders, and knows by which routes the edge serves. Each is written down before it is given,
 * so that nothing is missed: the time of a step is the time before its command. That one was
 * refused is written down after it, in the words of who refused it: it did not happen.
 */
final class Orders {
  private final EdgePlan plan;
  private final Testbed testbed;

  /** Null where it is not known which are in service. */
  private Routes current;

  Orders(EdgePlan plan, Testbed testbed) {
    this.plan = plan;
    this.testbed = testbed;
  }

  /** Writes down what needs no command. */
  void note(String label) {
    write(label, List.of(), "");
  }

  /**
   * Gives an order.
   *
   * @param command a person would type for it
   */
  void give(String label, String command, Runnable order) {
    write(label, List.of(command), "");
    try {
      order.run();
    } catch (StepFailedException refused) {
      note("refused, so it did not happen: %s: %s".formatted(label, refused.getMessage()));
      throw refused;
    }
  }

  private void write(String label, List<String> commands, String edgeConfig) {
    record(new Event.Step(testbed.timeline().nowMillis(), label, commands, edgeConfig));
  }

  /** Brings routes into service; returns when the edge serves by them. */
  void route(String label, Routes routes) {
    long asked = testbed.timeline().nowMillis();
    write(
        label,
        testbed.commands().changeRoutes(plan, testbed.edge().changes() + 1),
        testbed.edge().configuration(routes));
    current = null;
    try {
      testbed.edge().apply(routes);
    } catch (StepFailedException failed) {
      note("failed, whatever of it has happened: %s: %s".formatted(label, failed.getMessage()));
      throw failed;
    }
    current = routes;
    record(
        new Event.EdgeChange(
            asked,
            testbed.timeline().nowMillis(),
            routes.toRoutes(),
            routes.mirror().map(Routes.Target::service).orElse(null)));
  }

  /** Whether the edge serves by these. */
  boolean isBy(Routes routes) {
    return routes.equals(current);
  }

  /** By what those in service split the requests that they share; each by itself before any. */
  SplitBy splitBy() {
    return current == null ? SplitBy.REQUEST : current.splitBy();
  }

  private void record(Event event) {
    testbed.recorder().event(event);
  }
}
