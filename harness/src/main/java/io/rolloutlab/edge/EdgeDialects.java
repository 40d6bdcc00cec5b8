package io.rolloutlab.edge;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.edge.EdgeKind;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.testbed.StepFailedException;
import java.time.Duration;

/** Finds the dialects that are there, as services. */
public final class EdgeDialects {
  private EdgeDialects() {}

  /**
   * The dialect that a scenario asks for.
   *
   * @throws StepFailedException when there is none of that name
   */
  public static EdgeDialect of(EdgePlan plan) {
    return EdgeKind.all().stream()
        .filter(EdgeDialect.class::isInstance)
        .map(EdgeDialect.class::cast)
        .filter(dialect -> dialect.kind().equals(plan.kind()))
        .findFirst()
        .orElseThrow(
            () ->
                new StepFailedException(
                    "edge.kind: there is no edge of the kind \"%s\"; there are %s"
                        .formatted(plan.kind(), EdgeKind.known())));
  }

  /** How long after the last answer the log of a scenario's edge may be incomplete. */
  public static Duration logLimit(Scenario scenario) {
    boolean copies = scenario.settings().copies().isPresent();
    return scenario
        .waiting()
        .stretched(of(scenario.edge()).behaviour(scenario.edge()).logLimit(copies));
  }
}
