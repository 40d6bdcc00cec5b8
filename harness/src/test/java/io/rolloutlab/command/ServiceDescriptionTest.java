package io.rolloutlab.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.testbed.ServiceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceDescriptionTest {
  @TempDir Path folder;

  @Test
  void whatIsReservedGoesIntoEveryServiceOfTheApp() throws IOException {
    Stage stage = stage("app: {reserve: {cpus: 0.25, memory: 64MiB}}");

    for (JsonNode service :
        new JsonNode[] {
          json(stage.stable()),
          json(stage.candidate("green", 5001)),
          json(stage.smallCandidate("canary", 1))
        }) {
      JsonNode reserved = service.at("/TaskTemplate/Resources/Reservations");
      assertThat(reserved.path("NanoCPUs").longValue()).isEqualTo(250_000_000);
      assertThat(reserved.path("MemoryBytes").longValue()).isEqualTo(67_108_864);
      assertThat(service.at("/TaskTemplate/Resources/Limits")).isEmpty();
    }
  }

  @Test
  void whereNothingIsReservedNothingIsSaid() throws IOException {
    assertThat(json(stage("app: {}").stable()).at("/TaskTemplate/Resources/Reservations"))
        .isEmpty();
  }

  @Test
  void wherePlacesAreLimitedEveryServiceIsButThePortIsTheFirstOnes() throws IOException {
    Stage stage =
        stage(
            "app: {replicas: 3, maxPerNode: 2, spread: [node.labels.zone, node.labels.rack],"
                + " hostPort: 5050}");

    for (JsonNode service :
        new JsonNode[] {
          json(stage.stable()),
          json(stage.candidate("green", 5001)),
          json(stage.smallCandidate("canary", 1))
        }) {
      JsonNode placement = service.at("/TaskTemplate/Placement");
      assertThat(placement.path("MaxReplicas").longValue()).isEqualTo(2);
      assertThat(placement.path("Preferences"))
          .extracting(preference -> preference.at("/Spread/SpreadDescriptor").asText())
          .containsExactly("node.labels.zone", "node.labels.rack");
    }
    assertThat(json(stage.stable()).at("/EndpointSpec/Ports/0"))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    "{\"Protocol\":\"tcp\",\"TargetPort\":5000,\"PublishedPort\":5050,"
                        + "\"PublishMode\":\"host\"}"));
    assertThat(json(stage.candidate("green", 5001)).at("/EndpointSpec/Ports").isMissingNode())
        .isTrue();
    assertThat(json(stage.smallCandidate("canary", 1)).at("/EndpointSpec/Ports").isMissingNode())
        .isTrue();
  }

  @Test
  void aGlobalServiceHasAModeAndNoReplicas() throws IOException {
    Stage stage = stage("app: {mode: global}");

    assertThat(description(stage.stable()).create())
        .contains(" --mode global ")
        .doesNotContain("--replicas");
    assertThat(json(stage.stable()).at("/Mode").toString()).isEqualTo("{\"Global\":{}}");
    assertThat(json(stage.candidate("green", 5001)).at("/Mode").toString())
        .isEqualTo("{\"Global\":{}}");
  }

  @Test
  void whatFollowsAnEndGoesIntoEveryServiceOfTheApp() throws IOException {
    Stage stage =
        stage("app: {restart: {condition: on-failure, delay: 1s, maxAttempts: 3, window: 2m}}");

    for (JsonNode service :
        new JsonNode[] {
          json(stage.stable()),
          json(stage.candidate("green", 5001)),
          json(stage.smallCandidate("canary", 1))
        }) {
      JsonNode restart = service.at("/TaskTemplate/RestartPolicy");
      assertThat(restart.path("Condition").asText()).isEqualTo("on-failure");
      assertThat(restart.path("Delay").longValue()).isEqualTo(1_000_000_000);
      assertThat(restart.path("MaxAttempts").longValue()).isEqualTo(3);
      assertThat(restart.path("Window").longValue()).isEqualTo(120_000_000_000L);
    }
  }

  /** As docker's client does: a delay and no limit, and no window at all. */
  @Test
  void whereNothingIsSaidOfRestartsDockersDefaultsAreSent() throws IOException {
    assertThat(json(stage("app: {}").stable()).at("/TaskTemplate/RestartPolicy").toString())
        .isEqualTo("{\"Condition\":\"any\",\"Delay\":5000000000,\"MaxAttempts\":0}");
  }

  @Test
  void theEngineGetsTheSecretItselfAndThePort() throws IOException {
    Stage stage = stage("app: {v2: {env: {DB_PASSWORD: hunter2}}}");

    assertThat(json(stage.candidate("green", 5001)).at("/TaskTemplate/ContainerSpec/Env"))
        .extracting(JsonNode::asText)
        .containsExactly("DB_PASSWORD=hunter2", "PORT=5001");
  }

  @Test
  void anUpdateSetsImageAndEnvironmentAndNothingElse() throws IOException {
    Stage stage = stage("app: {v1: {env: {OLD: '1'}}, v2: {env: {NEW: '2'}}}");
    ObjectNode spec = json(stage.stable());
    ObjectNode asBefore = spec.deepCopy();

    description(stage.updated()).update(spec, Map.of("pyapp:v2", "sha256:2"));

    ObjectNode container = (ObjectNode) asBefore.at("/TaskTemplate/ContainerSpec");
    container.put("Image", "sha256:2").putArray("Env").add("NEW=2").add("PORT=5000");
    assertThat(spec).isEqualTo(asBefore);
  }

  private Stage stage(String app) throws IOException {
    return new Stage(
        new ScenarioReader()
            .read(
                Files.writeString(
                    folder.resolve("x.yaml"),
                    "name: x\nquestion: Why?\nstrategy: rolling\n" + app + "\n")),
        null);
  }

  private static ObjectNode json(ServiceSpec spec) {
    return description(spec).request(Map.of("pyapp:v1", "sha256:1", "pyapp:v2", "sha256:2"));
  }

  private static ServiceDescription description(ServiceSpec spec) {
    return ServiceDescription.of(spec, Balancing.DNSRR);
  }
}
