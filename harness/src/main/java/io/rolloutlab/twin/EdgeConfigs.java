package io.rolloutlab.twin;

import io.rolloutlab.edge.EdgeUpdates;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.testbed.Commands;
import io.rolloutlab.testbed.NotInTimeException;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Timeline;
import io.rolloutlab.twin.edge.Nginx;
import io.rolloutlab.twin.manager.Orchestrator;
import io.rolloutlab.twin.model.Names;
import io.rolloutlab.twin.model.Service;
import io.rolloutlab.twin.model.Task;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The routes of an edge that has them as a config of Swarm: a task has those that its service had
 * when it was made, and Swarm replaces it when there are others.
 */
final class EdgeConfigs {
  /**
   * A config makes a task another one as a variable does (swarmkit {@code task.go}: IsTaskDirty).
   */
  private static final String CONFIG = "CONFIG";

  private final Orchestrator orchestrator;
  private final Names names;
  private final Timeline timeline;
  private final Balancing balancing;
  private final EdgeUpdates updates;
  private final Map<String, Routes> routes = new HashMap<>();

  /**
   * @param balancing vip or dnsrr: it decides until when a task can be reached
   * @param updates how the edge's tasks are replaced
   */
  EdgeConfigs(
      Orchestrator orchestrator,
      Names names,
      Timeline timeline,
      Balancing balancing,
      EdgeUpdates updates) {
    this.orchestrator = orchestrator;
    this.names = names;
    this.timeline = timeline;
    this.balancing = balancing;
    this.updates = updates;
  }

  /**
   * Has the tasks replaced; returns when Swarm calls that completed.
   *
   * @throws StepFailedException when it does not in time, or never can: an edge of two minds is no
   *     outcome of a rollout
   */
  void apply(int number, Routes fresh) {
    routes.put("" + number, fresh);
    Service edge = orchestrator.service(Commands.EDGE);
    ServiceSpec spec = edge.spec();
    orchestrator.change(
        edge,
        spec.with(
            new ServiceSpec.Release(spec.version(), spec.image(), Map.of(CONFIG, "" + number))));
    try {
      timeline.await(updates.inWords(), () -> updates.missing(edge.progress()), updates.limit());
    } catch (NotInTimeException never) {
      throw new StepFailedException(never.getMessage(), never);
    }
  }

  /** The routes that a task starts with; empty where there were none yet when it was made. */
  Optional<Routes> of(Task task) {
    return Optional.ofNullable(routes.get(task.spec().env().get(CONFIG)));
  }

  /**
   * Whether a user who connects now can come to it. At a port of the node: until the stop signal,
   * when nginx closes what it listens on. Through the routing mesh: as long as it has a weight
   * there, which it loses before (libnetwork {@code service_linux.go}: rmLBBackend).
   */
  boolean reaches(Nginx nginx) {
    return !nginx.stops()
        && (balancing == Balancing.DNSRR || names.lookUp(Commands.EDGE).contains(nginx.task()));
  }
}
