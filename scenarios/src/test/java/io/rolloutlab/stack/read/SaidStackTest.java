package io.rolloutlab.stack.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.SaidStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files say is kept as docker would read it, with the lines. */
class SaidStackTest {
  @TempDir Path folder;

  private SaidStack read(Map<String, String> environment, String... texts) {
    List<Path> files = new ArrayList<>();
    for (String text : texts) {
      try {
        files.add(Files.writeString(folder.resolve(files.size() + ".yaml"), text));
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
    return new StackReader(environment).readSaid(files);
  }

  private Place line(int file, int line) {
    return new Place(folder.resolve(file + ".yaml").toString(), line);
  }

  @Test
  void wordsHaveTheKindsThatDockerSees() {
    JsonNode web =
        read(
                Map.of(),
                """
                x-env: &env {MODE: "0440"}
                services:
                  web:
                    image: web:1
                    init: true
                    environment:
                      <<: *env
                      PRICE: 5$$
                      SHARE: 0.50
                      NOTHING:
                    configs: [{source: site, mode: 0440}]
                    deploy:
                      replicas: 3
                      update_config: {max_failure_ratio: 0.25, delay: "0"}
                configs: {site: {file: ./site}}
                """)
            .said()
            .at("/services/web");

    assertThat(web.at("/init").isBoolean()).isTrue();
    assertThat(web.at("/environment/MODE").asText()).isEqualTo("0440");
    assertThat(web.at("/environment/MODE").isTextual()).isTrue();
    assertThat(web.at("/environment/PRICE").asText())
        .as("docker looks for variables again")
        .isEqualTo("5$$");
    assertThat(web.at("/environment/SHARE").asDouble()).isEqualTo(0.5);
    assertThat(web.at("/environment/NOTHING").isNull()).isTrue();
    assertThat(web.at("/configs/0/mode").asInt()).isEqualTo(0440);
    assertThat(web.at("/deploy/replicas").isInt() || web.at("/deploy/replicas").isLong()).isTrue();
    assertThat(web.at("/deploy/update_config/max_failure_ratio").asDouble()).isEqualTo(0.25);
    assertThat(web.at("/deploy/update_config/delay").isTextual()).isTrue();
  }

  @Test
  void whatVariablesAreHasTheKindThatItsPlaceAsksFor() {
    JsonNode web =
        read(
                Map.of("N", "4", "IN", "true"),
                """
                services:
                  web:
                    image: "web:${N}"
                    tty: ${IN}
                    deploy: {replicas: "${N}"}
                """)
            .said()
            .at("/services/web");

    assertThat(web.at("/image").asText()).isEqualTo("web:4");
    assertThat(web.at("/deploy/replicas").isNumber()).isTrue();
    assertThat(web.at("/deploy/replicas").asInt()).isEqualTo(4);
    assertThat(web.at("/tty").isBoolean()).isTrue();
  }

  @Test
  void variablesThatAreOnlyNamedHaveTheValuesOfTheEnvironment() {
    JsonNode services =
        read(
                Map.of("TOKEN", "a$b", "OTHER", "none"),
                """
                services:
                  web: {image: "web:1", environment: {TOKEN: , UNSET: , SAID: "1"}}
                  db: {image: "db:1", environment: [TOKEN, UNSET, "OTHER="], labels: [TOKEN]}
                """)
            .said()
            .at("/services");

    assertThat(services.at("/web/environment/TOKEN").asText())
        .as("docker looks for variables again")
        .isEqualTo("a$$b");
    assertThat(services.at("/web/environment/UNSET").isNull()).isTrue();
    assertThat(services.at("/web/environment/SAID").asText()).isEqualTo("1");
    assertThat(services.at("/db/environment").toString())
        .isEqualTo("[\"TOKEN=a$$b\",\"UNSET\",\"OTHER=\"]");
    assertThat(services.at("/db/labels/0").asText()).isEqualTo("TOKEN");
  }

  @Test
  void placesAreThoseOfTheFileThatSaysItLast() {
    SaidStack text =
        read(
            Map.of(),
            """
            services:
              web:
                image: web:1
                ports:
                  - "80:80"
                  - "443:443"
                deploy:
                  replicas: 2
            """,
            """
            services:
              web:
                deploy:
                  replicas: 5
            """);

    assertThat(text.said().at("/services/web/deploy/replicas").asInt()).isEqualTo(5);
    assertThat(text.place("services", "web", "deploy", "replicas")).isEqualTo(line(1, 4));
    assertThat(text.place("services", "web", "image")).isEqualTo(line(0, 3));
    assertThat(text.place("services", "web", "ports", "1")).isEqualTo(line(0, 6));
    assertThat(text.place("services", "web", "stop_signal"))
        .as("the nearest that is there")
        .isEqualTo(text.place("services", "web"));
  }

  @Test
  void whoChangesACopyChangesNothing() {
    SaidStack text = read(Map.of(), "services: {web: {image: \"web:1\"}}");

    text.said().remove("services");

    assertThat(text.said().has("services")).isTrue();
    assertThat(text.said().has("x-env")).isFalse();
  }
}
