package io.rolloutlab.swarm;

import io.rolloutlab.edge.EdgeDialect;
import io.rolloutlab.swarm.cluster.NodeApi;
import io.rolloutlab.swarm.cluster.SwarmCluster;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm.TaskView;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The configuration is replaced inside the containers of the edge, which take it over. */
final class ReloadedRoutes implements RouteChange {
  private static final int RELOAD_LIMIT_SECONDS = 30;

  private final SwarmCluster cluster;
  private final EdgeDialect dialect;
  private final Supplier<List<TaskView>> running;
  private String current = "";

  /**
   * @param running the tasks of the edge that run and are meant to
   */
  ReloadedRoutes(SwarmCluster cluster, EdgeDialect dialect, Supplier<List<TaskView>> running) {
    this.cluster = cluster;
    this.dialect = dialect;
    this.running = running;
  }

  @Override
  public synchronized void apply(int number, String text) {
    List<TaskView> tasks = running.get();
    if (tasks.isEmpty()) {
      throw new StepFailedException(
          "no %s runs that could take the new routes".formatted(dialect.kind()));
    }
    tasks.parallelStream().forEach(task -> apply(task, text));
    current = text;
  }

  /** A container that Swarm has started anew lacks the routes. */
  @Override
  public synchronized void started(TaskView task) {
    if (!current.isEmpty()) {
      apply(task, current);
    }
  }

  /** As a file of an archive, since an argument of a command has 128 KiB at most. */
  private void apply(TaskView task, String text) {
    NodeApi node = cluster.node(task.node()).api();
    node.docker()
        .copyArchiveToContainerCmd(task.container())
        .withRemotePath(EdgeDialect.CANDIDATES)
        .withTarInputStream(TextArchive.of(Map.of(dialect.file(), text)))
        .exec();
    NodeApi.Output output =
        node.exec(
            task.container(),
            cluster.patience().stretchedSeconds(RELOAD_LIMIT_SECONDS),
            dialect.takeOver(dialect.candidate()).toArray(String[]::new));
    if (output.exitCode() != 0) {
      throw new StepFailedException(
          "%s on %s did not take the new routes: %s"
              .formatted(dialect.kind(), task.node(), output.text().strip()));
    }
  }
}
