package io.rolloutlab.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.VersionPlan;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VersionsTest {
  @Test
  void theImageTells() throws IOException {
    Versions versions =
        new Versions(AppPlan.DEFAULT, Map.of("pyapp:v1", "sha256:1", "pyapp:v2", "sha256:2"));

    assertThat(versions.of(spec("sha256:1", "PORT=5000"))).isEqualTo("v1");
    assertThat(versions.of(spec("sha256:2", "PORT=5000"))).isEqualTo("v2");
    assertThat(versions.of(spec("sha256:3", "PORT=5000"))).isEmpty();
  }

  @Test
  void whereTheImageIsOneTheEnvironmentTells() throws IOException {
    AppPlan app =
        AppPlan.DEFAULT.withVersions(
            new VersionPlan("shop:7", null, null),
            new VersionPlan("shop:7", Map.of("MODE", "new"), null));
    Versions versions = new Versions(app, Map.of("shop:7", "sha256:7"));

    assertThat(versions.of(spec("sha256:7", "PORT=5000"))).isEqualTo("v1");
    assertThat(versions.of(spec("sha256:7", "MODE=new"))).isEqualTo("v2");
  }

  /** Services of a stack can have one image, and one stack file two versions of it. */
  @Test
  void whatComesWithAStackSaysItItself() throws IOException {
    Versions versions =
        new Versions(AppPlan.DEFAULT, Map.of("pyapp:v1", "sha256:1", "pyapp:v2", "sha256:2"));

    assertThat(versions.of(ofStack(""))).isEmpty();
    assertThat(versions.of(ofStack(",\"io.rolloutlab.version\":\"v2\""))).isEqualTo("v2");
  }

  private static JsonNode ofStack(String label) throws IOException {
    return new ObjectMapper()
        .readTree(
            "{\"Image\":\"sha256:1\",\"Labels\":{\"com.docker.stack.namespace\":\"shop\"%s}}"
                .formatted(label));
  }

  private static JsonNode spec(String image, String env) throws IOException {
    return new ObjectMapper().readTree("{\"Image\":\"%s\",\"Env\":[\"%s\"]}".formatted(image, env));
  }
}
