package io.rolloutlab.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.DockerClient;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.swarm.cluster.Images;
import io.rolloutlab.swarm.cluster.SwarmCluster;
import io.rolloutlab.testbed.Bench;
import io.rolloutlab.testbed.Commands;
import io.rolloutlab.testbed.EdgeUpdateContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The real edge keeps the promises, as {@code TwinEdgeUpdateTest} says of the twin's. */
class LiveEdgeUpdateIT extends EdgeUpdateContract {
  private static final String RUN = "it-edge-update";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path folder;

  private static Course course;
  private static JsonNode edge;
  private static JsonNode configs;

  @BeforeAll
  static void playTheCourse() throws IOException {
    Engine.locate(Engine.home(), System.out::println);
    Scenario scenario = Bench.scenarioUpdatingTheEdge();
    try (DockerClient docker = Engine.client()) {
      Images.Ids images =
          new Images(docker, Engine.home(), System.out::println, () -> false).provide(scenario);
      SwarmCluster cluster =
          new SwarmCluster(docker, RUN, scenario.cluster(), images, System.out::println);
      try {
        cluster.start();
        play(scenario, docker, images, cluster);
      } finally {
        cluster.stop();
      }
    }
  }

  private static void play(
      Scenario scenario, DockerClient docker, Images.Ids images, SwarmCluster cluster) {
    Balancing balancing = ClusterConditions.of(cluster, docker, Balancing.AUTO).balancing();
    try (Bench bench =
        new Bench(
            folder.resolve("run"),
            Manifest.Origin.LIVE,
            balancing,
            scenario,
            (history, stopped) ->
                new LiveTestbed(
                    scenario,
                    cluster,
                    docker,
                    balancing,
                    images,
                    RUN,
                    history,
                    event -> {},
                    stopped::get))) {
      course = Course.run(bench);
      edge = cluster.manager().get("/services/" + Commands.EDGE);
      configs = cluster.manager().get("/configs");
    }
  }

  @Override
  protected Course course() {
    return course;
  }

  @Test
  void theEdgeHasTheLastConfigAndTheOthersAreKept() {
    assertThat(edge.at("/Spec/TaskTemplate/ContainerSpec/Configs").findValuesAsText("ConfigName"))
        .containsExactly("nginx-2");
    assertThat(configs.findValuesAsText("Name")).containsExactlyInAnyOrder("nginx-1", "nginx-2");
  }
}
