package io.rolloutlab.swarm;

import io.rolloutlab.edge.EdgeDialect;
import io.rolloutlab.edge.EdgeUpdates;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.TaskState;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.swarm.cluster.SwarmCluster;
import io.rolloutlab.swarm.cluster.SwarmNode;
import io.rolloutlab.testbed.Commands;
import io.rolloutlab.testbed.Edge;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm.TaskView;
import io.rolloutlab.testbed.Timeline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The edge as a service of the Swarm. */
final class SwarmEdge implements Edge {
  private static final Duration ALIVE_LIMIT = Duration.ofSeconds(1);

  private final SwarmCluster cluster;
  private final EdgeDialect dialect;
  private final EdgePlan plan;
  private final Balancing balancing;
  private final ClusterWatch watch;
  private final RouteChange change;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Consumer<Hit>> watchers = new CopyOnWriteArrayList<>();
  private volatile int changes;

  /**
   * @param commands know how it is balanced, and how many tasks it has
   */
  SwarmEdge(
      SwarmCluster cluster,
      EdgeDialect dialect,
      EdgePlan plan,
      Commands commands,
      ClusterWatch watch,
      DockerSwarm swarm,
      Timeline timeline) {
    this.cluster = cluster;
    this.dialect = dialect;
    this.plan = plan;
    this.balancing = commands.balancing();
    this.watch = watch;
    change =
        EdgeUpdates.of(plan, commands, cluster.patience())
            .<RouteChange>map(
                updates ->
                    new RoutesAsConfigs(cluster, swarm, timeline, dialect, updates, this::silent))
            .orElseGet(() -> new ReloadedRoutes(cluster, dialect, this::running));
  }

  @Override
  public synchronized void apply(Routes routes) {
    int number = changes + 1;
    changes = number;
    change.apply(number, configuration(routes));
  }

  @Override
  public int changes() {
    return changes;
  }

  @Override
  public String configuration(Routes routes) {
    return dialect.render(routes, plan, balancing);
  }

  /** A task of the edge runs that has not been seen before. */
  void started(TaskView task) {
    change.started(task);
  }

  @Override
  public void watch(Consumer<Hit> watcher) {
    watchers.add(watcher);
  }

  /** Passes on a line of its log. */
  void logged(Hit hit) {
    watchers.forEach(watcher -> watcher.accept(hit));
  }

  @Override
  public Answer probe(String service, int port) {
    URI uri = local(SwarmNode.PROBE).get(0).resolve("/probe/%s/%s".formatted(service, port));
    try {
      HttpResponse<Void> answer =
          get(uri, cluster.patience().stretched(EdgePlan.PROBE_LIMIT), "probing " + service);
      if (answer.statusCode() != 200) {
        throw new StepFailedException(
            "a probe of %s was answered with status %s".formatted(service, answer.statusCode()));
      }
      return read(answer.headers());
    } catch (IOException failed) {
      throw new StepFailedException(
          "a probe of %s was not answered: %s".formatted(service, failed.getMessage()), failed);
    }
  }

  /** Of what is answered nobody needs more than status and headers. */
  private HttpResponse<Void> get(URI uri, Duration limit, String doing) throws IOException {
    try {
      return http.send(
          HttpRequest.newBuilder(uri).timeout(limit).build(),
          HttpResponse.BodyHandlers.discarding());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StepFailedException("interrupted while " + doing, interrupted);
    }
  }

  private static Answer read(HttpHeaders headers) {
    return new Answer(
        headers.firstValue("X-App-Version").orElse(""),
        headers.firstValue("X-App-Host").orElse(""),
        headers.firstValue("X-Upstream-Addr").orElse(""));
  }

  /** Where users reach the edge: the nodes it runs on. */
  List<URI> targets() {
    return local(SwarmNode.HTTP);
  }

  private List<URI> local(int port) {
    List<TaskView> tasks = running();
    if (tasks.isEmpty()) {
      throw new StepFailedException("no %s runs at the moment".formatted(dialect.kind()));
    }
    return tasks.stream()
        .map(TaskView::node)
        .distinct()
        .sorted()
        .map(node -> cluster.node(node).local("http", port))
        .toList();
  }

  /** A node on which it does not answer yet, for people; empty when it does on all of them. */
  private Optional<String> silent() {
    for (TaskView task : running()) {
      URI node = cluster.node(task.node()).local("http", SwarmNode.PROBE);
      try {
        get(node, cluster.patience().stretched(ALIVE_LIMIT), "asking " + dialect.kind());
      } catch (IOException notYet) {
        return Optional.of(
            "%s on %s does not answer: %s".formatted(dialect.kind(), task.node(), notYet));
      }
    }
    return Optional.empty();
  }

  private List<TaskView> running() {
    return watch.view(Commands.EDGE).tasks().stream()
        .filter(task -> task.is(TaskState.RUNNING) && task.isToBe(TaskState.RUNNING))
        .toList();
  }
}
