package io.rolloutlab.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.Balancing;
import io.rolloutlab.scenario.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceJsonTest {
  @TempDir Path folder;

  @Test
  void whatIsReservedGoesIntoEveryServiceOfTheApp() throws IOException {
    Stage stage = stage("app: {reserve: {cpus: 0.25, memory: 64MiB}}");

    for (JsonNode service :
        new JsonNode[] {json(stage.v1()), json(stage.green(5001)), json(stage.canary(1))}) {
      JsonNode reserved = service.at("/TaskTemplate/Resources/Reservations");
      assertThat(reserved.path("NanoCPUs").longValue()).isEqualTo(250_000_000);
      assertThat(reserved.path("MemoryBytes").longValue()).isEqualTo(67_108_864);
      assertThat(service.at("/TaskTemplate/Resources/Limits").isMissingNode()).isTrue();
    }
  }

  @Test
  void whereNothingIsReservedNothingIsSaid() throws IOException {
    assertThat(json(stage("app: {}").v1()).at("/TaskTemplate/Resources").isMissingNode()).isTrue();
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

  private static JsonNode json(io.rolloutlab.testbed.ServiceSpec spec) {
    return new ServiceJson(Balancing.DNSRR, "network").app(spec, "sha256:1");
  }
}
