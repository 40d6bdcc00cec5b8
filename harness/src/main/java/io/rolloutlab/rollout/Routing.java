package io.rolloutlab.rollout;

import io.rolloutlab.history.Event;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.Testbed;

/** Brings routes into service, and knows which ones are. */
final class Routing {
  private final EdgePlan plan;
  private final Testbed testbed;
  private Routes current;

  Routing(EdgePlan plan, Testbed testbed) {
    this.plan = plan;
    this.testbed = testbed;
  }

  /** Writes a change of the routes down and makes it; returns when the edge serves by them. */
  void change(String label, Routes routes) {
    long asked = testbed.timeline().nowMillis();
    record(
        new Event.Step(
            asked,
            label,
            testbed.commands().changeRoutes(plan, testbed.edge().changes() + 1),
            testbed.edge().configuration(routes)));
    testbed.edge().apply(routes);
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

  private void record(Event event) {
    testbed.recorder().event(event);
  }
}
