package io.rolloutlab.swarm;

import io.rolloutlab.command.EdgeConfig;
import io.rolloutlab.edge.EdgeDialect;
import io.rolloutlab.edge.EdgeUpdates;
import io.rolloutlab.swarm.cluster.SwarmCluster;
import io.rolloutlab.testbed.Commands;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm.TaskView;
import io.rolloutlab.testbed.Timeline;
import java.util.Optional;
import java.util.function.Supplier;

/** The configuration is a config of Swarm: an update brings it to new tasks of the edge. */
final class RoutesAsConfigs implements RouteChange {
  private final SwarmCluster cluster;
  private final DockerSwarm swarm;
  private final Timeline timeline;
  private final EdgeDialect dialect;
  private final EdgeUpdates updates;
  private final Supplier<Optional<String>> silent;

  /**
   * @param updates how the edge's tasks are replaced
   * @param silent whether a node of the edge does not answer, for people; empty when all do
   */
  RoutesAsConfigs(
      SwarmCluster cluster,
      DockerSwarm swarm,
      Timeline timeline,
      EdgeDialect dialect,
      EdgeUpdates updates,
      Supplier<Optional<String>> silent) {
    this.cluster = cluster;
    this.swarm = swarm;
    this.timeline = timeline;
    this.dialect = dialect;
    this.updates = updates;
    this.silent = silent;
  }

  @Override
  public void apply(int number, String text) {
    order(cluster, swarm, new EdgeConfig(number, dialect), text);
    try {
      timeline.await(updates.inWords(), this::missing, updates.limit());
    } catch (StepFailedException failed) {
      String why = failed.getMessage() + "\n" + swarm.diagnosis(Commands.EDGE);
      throw new StepFailedException(why.strip(), failed);
    }
  }

  /** Orders what {@link #apply} then waits for. */
  static void order(SwarmCluster cluster, DockerSwarm swarm, EdgeConfig config, String text) {
    String id = cluster.manager().post("/configs/create", config.request(text)).path("ID").asText();
    swarm.change(
        Commands.EDGE,
        "",
        spec -> {
          config.into(spec, id);
          return spec;
        });
  }

  /** For Swarm a task runs as soon as its container has started. */
  private Optional<String> missing() {
    return updates.missing(swarm.progress(Commands.EDGE)).or(silent);
  }

  /** It has started with the configuration that its service has. */
  @Override
  public void started(TaskView task) {}
}
