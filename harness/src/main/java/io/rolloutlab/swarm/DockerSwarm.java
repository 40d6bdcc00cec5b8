package io.rolloutlab.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.exception.DockerException;
import io.rolloutlab.command.ServiceDescription;
import io.rolloutlab.history.PlainText;
import io.rolloutlab.history.TaskState;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.swarm.cluster.FrameText;
import io.rolloutlab.swarm.cluster.NodeApi;
import io.rolloutlab.swarm.cluster.SwarmCluster;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The services of the Swarm, through the API of its first manager. */
final class DockerSwarm implements Swarm {
  /** How often an order is given again when somebody else changed the service meanwhile. */
  private static final int TRIES = 5;

  private static final int LOG_LINES = 10;
  private static final int LOG_LIMIT_SECONDS = 5;

  private final SwarmCluster cluster;
  private final Balancing balancing;
  private final Map<String, String> imageIds;
  private final ClusterWatch watch;

  /**
   * @param balancing vip or dnsrr
   * @param imageIds image name as in a {@code ServiceSpec} → id
   */
  DockerSwarm(
      SwarmCluster cluster, Balancing balancing, Map<String, String> imageIds, ClusterWatch watch) {
    this.cluster = cluster;
    this.balancing = balancing;
    this.imageIds = imageIds;
    this.watch = watch;
  }

  @Override
  public void create(ServiceSpec spec) {
    cluster
        .manager()
        .post("/services/create", ServiceDescription.of(spec, balancing).request(imageIds));
    watch.ordered();
  }

  @Override
  public void update(ServiceSpec spec) {
    change(
        spec.name(),
        "",
        service -> {
          ServiceDescription.of(spec, balancing).update(service, imageIds);
          return service;
        });
  }

  @Override
  public void rollBack(String service) {
    change(service, "&rollback=previous", spec -> spec);
  }

  @Override
  public void scale(String service, int replicas) {
    change(
        service,
        "",
        spec -> {
          ServiceDescription.scale(service, replicas).into(spec);
          return spec;
        });
  }

  @Override
  public void remove(String service) {
    cluster.manager().delete("/services/" + service);
    watch.ordered();
  }

  @Override
  public ServiceView view(String service) {
    return watch.view(service);
  }

  @Override
  public String diagnosis(String service) {
    List<TaskView> tasks = watch.view(service).tasks();
    return PlainText.of(
        tasks.stream()
            .filter(task -> !task.is(TaskState.RUNNING) || task.isToBe(TaskState.SHUTDOWN))
            .sorted(java.util.Comparator.comparing(TaskView::slot).thenComparing(TaskView::id))
            .limit(6)
            .map(this::diagnosis)
            .collect(Collectors.joining("\n")));
  }

  private String diagnosis(TaskView task) {
    String head = task.inWords();
    if (task.container().isEmpty() || cluster.node(task.node()).lost()) {
      return head;
    }
    String more = (health(task) + log(task)).strip();
    return more.isEmpty() ? head : head + "\n" + more.indent(6).stripTrailing();
  }

  /** What the last probe of the task's health check said; empty without one. */
  private String health(TaskView task) {
    try {
      JsonNode health =
          cluster
              .node(task.node())
              .api()
              .get("/containers/%s/json".formatted(task.container()))
              .path("State")
              .path("Health");
      return health.isMissingNode() ? "" : inWords(health);
    } catch (StepFailedException gone) {
      return "";
    }
  }

  private static String inWords(JsonNode health) {
    JsonNode probes = health.path("Log");
    JsonNode last = probes.path(probes.size() - 1);
    return "it is %s after %s failed health checks in a row; the last one: exit code %s %s%n"
        .formatted(
            health.path("Status").asText(),
            health.path("FailingStreak").asInt(),
            last.path("ExitCode").asInt(),
            last.path("Output").asText().strip());
  }

  private String log(TaskView task) {
    FrameText text = new FrameText();
    try {
      cluster
          .node(task.node())
          .api()
          .docker()
          .logContainerCmd(task.container())
          .withStdOut(true)
          .withStdErr(true)
          .withTail(LOG_LINES)
          .exec(text)
          .awaitCompletion(
              cluster.patience().stretchedSeconds(LOG_LIMIT_SECONDS), TimeUnit.SECONDS);
    } catch (DockerException gone) {
      return "(its log is gone: " + gone.getMessage() + ")";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return text.toString();
  }

  /** Reads, changes and writes back the whole spec; again when it changed in between. */
  void change(String service, String query, UnaryOperator<ObjectNode> edit) {
    for (int attempt = 1; ; attempt++) {
      JsonNode current = cluster.manager().get("/services/" + service);
      try {
        writeBack(service, current, query, edit);
        watch.ordered();
        return;
      } catch (NodeApi.ApiException refused) {
        boolean stale = refused.getMessage().contains("update out of sequence");
        if (!stale || attempt == TRIES) {
          throw new StepFailedException(
              "service %s cannot be changed: %s".formatted(service, refused.getMessage()), refused);
        }
      }
    }
  }

  private void writeBack(
      String service, JsonNode current, String query, UnaryOperator<ObjectNode> edit) {
    long version = current.path("Version").path("Index").asLong();
    cluster
        .manager()
        .post(
            "/services/%s/update?version=%s%s".formatted(service, version, query),
            edit.apply((ObjectNode) current.path("Spec")));
  }
}
