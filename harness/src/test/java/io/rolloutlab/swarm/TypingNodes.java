package io.rolloutlab.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.DockerClient;
import io.rolloutlab.command.EdgeConfig;
import io.rolloutlab.command.NodeDescription;
import io.rolloutlab.command.ServiceDescription;
import io.rolloutlab.history.HistoryWriter;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.swarm.cluster.Images;
import io.rolloutlab.swarm.cluster.NodeApi;
import io.rolloutlab.swarm.cluster.SwarmCluster;
import io.rolloutlab.swarm.cluster.SwarmNode;
import io.rolloutlab.swarm.cluster.SystemTimeline;
import io.rolloutlab.testbed.Availability;
import io.rolloutlab.testbed.Commands;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A fresh Swarm to type at: its nodes have docker's client, and know the images by the names that
 * are printed.
 */
final class TypingNodes implements Closeable {
  private static final String RUN = "it-typed";
  private static final int LIMIT_SECONDS = 120;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DockerClient docker;
  private final Images.Ids images;
  private final SwarmCluster cluster;

  /**
   * @param scenario whose images and nodes they are
   */
  TypingNodes(Scenario scenario) {
    Engine.locate(Engine.home(), System.out::println);
    docker = Engine.client();
    images = new Images(docker, Engine.home(), System.out::println, () -> false).provide(scenario);
    cluster = new SwarmCluster(docker, RUN, scenario.cluster(), images, System.out::println);
  }

  /** Whoever calls it must call {@link #close}. */
  void start() {
    cluster.start();
    Map<String, String> tags = new TreeMap<>(images.apps());
    tags.put(ServiceDescription.EDGE_IMAGE + ":latest", images.edge());
    cluster.nodes().forEach(node -> tags.forEach((tag, id) -> tag(node, tag, id)));
  }

  private static void tag(SwarmNode node, String tag, String id) {
    int colon = tag.lastIndexOf(':');
    node.api().docker().tagImageCmd(id, tag.substring(0, colon), tag.substring(colon + 1)).exec();
  }

  @Override
  public void close() throws IOException {
    try {
      cluster.stop();
    } finally {
      docker.close();
    }
  }

  SwarmNode manager() {
    return cluster.nodes().get(0);
  }

  SwarmNode node(String hostname) {
    return cluster.node(hostname);
  }

  /** What this kernel can do. */
  Balancing balancing() {
    return ClusterConditions.of(cluster, docker, Balancing.AUTO).balancing();
  }

  /** The lab's own ports over these nodes; it has ordered the network and nginx already. */
  LiveTestbed testbed(Scenario scenario, Balancing balancing, HistoryWriter history) {
    return new LiveTestbed(
        scenario, cluster, docker, balancing, images, RUN, history, event -> {}, () -> false);
  }

  /** Orders what the lab orders to give the edge new routes as a config, and waits for nothing. */
  void order(LiveTestbed live, EdgeConfig config, String text) {
    RoutesAsConfigs.order(cluster, (DockerSwarm) live.swarm(), config, text);
  }

  /** Types a line into a node's shell; it must succeed. */
  void type(SwarmNode node, String line) {
    NodeApi.Output output =
        NodeApi.exec(docker, node.containerId(), LIMIT_SECONDS, "sh", "-c", line);
    assertThat(output.exitCode()).as("%s: %s", line, output.text()).isZero();
  }

  /** Puts a file where lines are typed. */
  void write(SwarmNode node, String file, String text) {
    NodeApi.Output output =
        NodeApi.exec(
            docker,
            node.containerId(),
            LIMIT_SECONDS,
            "sh",
            "-c",
            "printf %s \"$1\" >\"$2\"",
            "sh",
            text,
            file);
    assertThat(output.exitCode()).as(output.text()).isZero();
  }

  /** Has Swarm place tasks nowhere, or everywhere again. */
  void drain(boolean empty) {
    Availability all = empty ? Availability.DRAIN : Availability.ACTIVE;
    NodeSpecs specs = new NodeSpecs(cluster.manager());
    cluster.nodes().forEach(node -> specs.set(node.hostname(), NodeDescription.availability(all)));
  }

  private void removeLabels(JsonNode node) {
    if (!node.at("/Spec/Labels").isEmpty()) {
      ObjectNode spec = (ObjectNode) node.path("Spec");
      spec.putObject("Labels");
      cluster
          .manager()
          .post(
              "/nodes/%s/update?version=%s"
                  .formatted(node.path("ID").asText(), node.at("/Version/Index").asLong()),
              spec);
    }
  }

  /** Removes all services, their network and configs, and the labels of the nodes. */
  void removeEverything() {
    NodeApi manager = cluster.manager();
    manager.get("/nodes").forEach(this::removeLabels);
    manager.get("/services").forEach(it -> manager.delete("/services/" + it.path("ID").asText()));
    manager.get("/configs").forEach(it -> manager.delete("/configs/" + it.path("ID").asText()));
    SystemTimeline.poll("the network can be removed", this::removeNetwork, PATIENCE);
  }

  private Optional<String> removeNetwork() {
    NodeApi manager = cluster.manager();
    for (JsonNode network : manager.get("/networks")) {
      if (network.path("Name").asText().equals(Commands.NETWORK)) {
        try {
          manager.delete("/networks/" + network.path("Id").asText());
          // Swarm takes the order and lists it a while longer; whoever came now would find it
          // there.
          return Optional.of("it is being removed");
        } catch (NodeApi.ApiException inUse) {
          return Optional.of(inUse.getMessage());
        }
      }
    }
    return Optional.empty();
  }
}
