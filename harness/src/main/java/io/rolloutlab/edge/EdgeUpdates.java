package io.rolloutlab.edge;

import io.rolloutlab.history.UpdateState;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.scenario.update.UpdatePlan;
import io.rolloutlab.testbed.Commands;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm;
import java.time.Duration;
import java.util.Optional;

/**
 * The wait for an edge whose tasks Swarm replaces, by which they get new routes: the same on both
 * testbeds.
 *
 * @param kind of the edge
 * @param plan how its tasks are replaced
 * @param tasks how many it has, at least 1
 * @param patience with which it is waited for them
 */
public record EdgeUpdates(String kind, UpdatePlan plan, int tasks, Patience patience) {
  /**
   * Of an edge; empty where a reload changes its routes.
   *
   * @param commands know how many tasks it has
   */
  public static Optional<EdgeUpdates> of(EdgePlan plan, Commands commands, Patience patience) {
    return plan.updated()
        .map(update -> new EdgeUpdates(plan.kind(), update, commands.edgeReplicas(plan), patience));
  }

  /** The longest that an update is waited for. */
  public Duration limit() {
    return EdgePlan.longestChange(plan, tasks, patience);
  }

  /** What is waited for, for people. */
  public String inWords() {
    return "%s of %s's tasks serve by the new routes".formatted(tasks, kind);
  }

  /**
   * What is missing until all tasks were replaced and run, for people; empty when nothing is.
   *
   * @param progress of the edge's service, since the update was ordered
   * @throws StepFailedException when that can never be, since Swarm has stopped the update or takes
   *     it back
   */
  public Optional<String> missing(Swarm.Progress progress) {
    Optional<UpdateState> state = UpdateState.of(progress.updateState());
    if (state.filter(UpdateState.COMPLETED::equals).isPresent()) {
      long running = progress.running("");
      return running >= tasks ? Optional.empty() : Optional.of(running + " run");
    }
    if (state.isPresent() && state.get() != UpdateState.UPDATING) {
      throw new StepFailedException(
          "%s did not take the new routes: the update of its service is %s: %s"
              .formatted(kind, progress.updateState(), progress.updateMessage()));
    }
    return Optional.of(
        "the update is %s, %s run"
            .formatted(state.map(UpdateState::word).orElse("not begun"), progress.running("")));
  }
}
