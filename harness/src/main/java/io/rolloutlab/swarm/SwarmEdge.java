package io.rolloutlab.swarm;

import io.rolloutlab.edge.EdgeDialect;
import io.rolloutlab.history.Hit;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.swarm.cluster.NodeApi;
import io.rolloutlab.swarm.cluster.SwarmCluster;
import io.rolloutlab.swarm.cluster.SwarmNode;
import io.rolloutlab.testbed.Commands;
import io.rolloutlab.testbed.Edge;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm.TaskView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The edge as a service of the Swarm; its configuration is replaced inside its containers. */
final class SwarmEdge implements Edge {
  private static final int RELOAD_LIMIT_SECONDS = 30;

  private final SwarmCluster cluster;
  private final EdgeDialect dialect;
  private final EdgePlan plan;
  private final Balancing balancing;
  private final ClusterWatch watch;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Consumer<Hit>> watchers = new CopyOnWriteArrayList<>();
  private Routes current;

  SwarmEdge(
      SwarmCluster cluster,
      EdgeDialect dialect,
      EdgePlan plan,
      Balancing balancing,
      ClusterWatch watch) {
    this.cluster = cluster;
    this.dialect = dialect;
    this.plan = plan;
    this.balancing = balancing;
    this.watch = watch;
  }

  @Override
  public synchronized void apply(Routes routes) {
    String text = configuration(routes);
    List<TaskView> tasks = running();
    if (tasks.isEmpty()) {
      throw new StepFailedException(
          "no %s runs that could take the new routes".formatted(dialect.kind()));
    }
    tasks.parallelStream().forEach(task -> apply(task, text));
    current = routes;
  }

  @Override
  public String configuration(Routes routes) {
    return dialect.render(routes, plan, balancing);
  }

  /** Gives a container that Swarm has started anew the routes it lacks. */
  synchronized void started(TaskView task) {
    if (current != null) {
      apply(task, configuration(current));
    }
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
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(uri).timeout(EdgePlan.PROBE_LIMIT).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new StepFailedException(
            "a probe of %s was answered with status %s".formatted(service, answer.statusCode()));
      }
      return read(answer.headers());
    } catch (IOException failed) {
      throw new StepFailedException(
          "a probe of %s was not answered: %s".formatted(service, failed.getMessage()), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StepFailedException("interrupted while probing " + service, interrupted);
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

  private List<TaskView> running() {
    return watch.view(Commands.EDGE).tasks().stream()
        .filter(task -> task.state().equals("running") && task.desired().equals("running"))
        .toList();
  }

  /** As a file of an archive, since an argument of a command has 128 KiB at most. */
  private void apply(TaskView task, String text) {
    NodeApi node = cluster.node(task.node()).api();
    node.docker()
        .copyArchiveToContainerCmd(task.container())
        .withRemotePath(EdgeDialect.CANDIDATES)
        .withTarInputStream(archive(dialect.file(), text))
        .exec();
    NodeApi.Output output =
        node.exec(
            task.container(),
            RELOAD_LIMIT_SECONDS,
            dialect.takeOver(dialect.candidate()).toArray(String[]::new));
    if (output.exitCode() != 0) {
      throw new StepFailedException(
          "%s on %s did not take the new routes: %s"
              .formatted(dialect.kind(), task.node(), output.text().strip()));
    }
  }

  private static InputStream archive(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (TarArchiveOutputStream archive = new TarArchiveOutputStream(written)) {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(bytes.length);
      archive.putArchiveEntry(entry);
      archive.write(bytes);
      archive.closeArchiveEntry();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new ByteArrayInputStream(written.toByteArray());
  }
}
