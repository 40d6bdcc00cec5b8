package io.rolloutlab.swarm.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import io.rolloutlab.edge.nginx.NginxConfigTest;
import io.rolloutlab.edge.nginx.NginxDialect;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.testbed.Bench;
import io.rolloutlab.testbed.InterruptedRunException;
import io.rolloutlab.testbed.Routes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.lifecycle.Startables;

class SwarmClusterIT {
  private static DockerClient docker;
  private static Images.Ids images;

  @BeforeAll
  static void provideImages() {
    Engine.locate(Engine.home(), System.out::println);
    docker = Engine.client();
    images =
        new Images(docker, Engine.home(), System.out::println, () -> false).provide(Bench.SCENARIO);
  }

  @Test
  void aBuildThatSomebodyStopsEndsAtOnce(@TempDir Path home) throws IOException {
    Path folder = Files.createDirectories(home.resolve("docker/app"));
    Files.writeString(folder.resolve("Dockerfile"), "ARG BASE\nFROM $BASE\nRUN sleep 599\n");
    AtomicBoolean stopped = new AtomicBoolean();
    Images slow = new Images(docker, home, line -> stopped.set(true), stopped::get);

    assertThatExceptionOfType(InterruptedRunException.class)
        .isThrownBy(() -> slow.provide(Bench.SCENARIO));
    SystemTimeline.poll(
        "the engine gives the build up",
        () ->
            docker.listContainersCmd().exec().stream()
                .map(Container::getCommand)
                .filter(command -> command.contains("sleep 599"))
                .findFirst(),
        Duration.ofSeconds(30));
  }

  @AfterAll
  static void closeClient() throws IOException {
    docker.close();
  }

  @Test
  void twoClustersBesideEachOtherOneWithThreeManagers() {
    SwarmCluster one = cluster("it-a", new ClusterPlan(3, 0));
    SwarmCluster other = cluster("it-b", new ClusterPlan(1, 1));
    try {
      Startables.deepStart(one, other).join();

      assertThat(hostnames(one)).containsExactlyInAnyOrder("managerN", "managerN2", "managerN3");
      assertThat(hostnames(other)).containsExactlyInAnyOrder("managerN", "workerN1");
      assertThat(one.manager().get("/info").path("Swarm").path("Managers").asInt()).isEqualTo(3);
      everyNodeHoldsTheImages(one);
      strangersAreRefused(other);
      other.stop();
      assertThat(hostnames(one)).hasSize(3);
    } finally {
      one.stop();
      other.stop();
    }
    assertThat(docker.listNetworksCmd().exec())
        .noneMatch(network -> network.getName().startsWith("lab-it-"));
    assertThat(new Store(docker, images.node(), "it-c", Patience.USUAL).content().runs())
        .doesNotContain("it-a", "it-b");
  }

  @Test
  void nginxTakesTheRoutesOfBothWaysOfBalancing() {
    for (Balancing balancing : List.of(Balancing.VIP, Balancing.DNSRR)) {
      for (Routes routes :
          List.of(
              NginxConfigTest.SPLIT,
              NginxConfigTest.BY_ADDRESS,
              NginxConfigTest.MIRRORED,
              NginxConfigTest.BY_ALL)) {
        for (EdgePlan plan : List.of(EdgePlan.DEFAULT, NginxConfigTest.ALL_SAID)) {
          NodeApi.Output output = nginxTest(new NginxDialect().render(routes, plan, balancing));
          assertThat(output.text()).contains("test is successful");
          assertThat(output.exitCode()).isZero();
        }
      }
    }
  }

  /**
   * The names of the services stand for nothing here: nginx wants to resolve those of upstreams.
   */
  private static NodeApi.Output nginxTest(String routes) {
    String container =
        docker
            .createContainerCmd(images.edge())
            .withLabels(Labels.of("test", "it-nginx"))
            .withHostConfig(
                new com.github.dockerjava.api.model.HostConfig()
                    .withExtraHosts(
                        "pyapp:127.0.0.1", "canary-pyapp:127.0.0.1", "green-pyapp:127.0.0.1"))
            .exec()
            .getId();
    try {
      docker.startContainerCmd(container).exec();
      return NodeApi.exec(
          docker,
          container,
          20,
          "sh",
          "-c",
          "printf %s \"$1\" >/etc/nginx/lab/routes.conf && nginx -t",
          "sh",
          routes);
    } finally {
      docker.removeContainerCmd(container).withForce(true).exec();
    }
  }

  private static SwarmCluster cluster(String run, ClusterPlan plan) {
    return new SwarmCluster(docker, run, plan, images, System.out::println);
  }

  private static List<String> hostnames(SwarmCluster cluster) {
    List<String> names = new ArrayList<>();
    for (JsonNode node : cluster.manager().get("/nodes")) {
      names.add(node.path("Description").path("Hostname").asText());
    }
    return names;
  }

  private static void everyNodeHoldsTheImages(SwarmCluster cluster) {
    for (SwarmNode node : cluster.nodes()) {
      for (String id : images.inner()) {
        assertThat(node.api().get("/images/" + id + "/json").path("Id").asText()).isEqualTo(id);
      }
    }
  }

  /** Without a certificate of the run, the engine does not talk. */
  private static void strangersAreRefused(SwarmCluster cluster) {
    URI plain = cluster.nodes().get(0).local("http", 2376).resolve("/info");
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(plain).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(400);
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
    URI tls = cluster.nodes().get(0).local("tcp", 2376);
    NodeApi stranger =
        new NodeApi("a stranger", tls, new Certificates().clientTls(), Patience.USUAL);
    try {
      assertThatExceptionOfType(RuntimeException.class)
          .isThrownBy(() -> stranger.get("/info"))
          .withMessageContaining("does not answer");
    } finally {
      stranger.close();
    }
  }
}
