package io.rolloutlab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was found, for people and for programs. */
class DoctorOutputTest {
  private static final Path SHOP = Patients.delivered("shop.yaml");

  @TempDir Path folder;

  private static List<Diagnosis> shop() {
    return List.of(Patients.diagnosed(SHOP));
  }

  @Test
  void theConsoleSaysALineForEachFindingItsChangeAndASummary() {
    List<String> lines = DoctorLines.of(shop()).lines().toList();

    assertThat(lines.get(0))
        .startsWith(SHOP + ":15: late-first-probe: front: a new task is not running before")
        .endsWith("(certain)");
    assertThat(lines.get(1)).startsWith("    Shorten interval");
    assertThat(lines.get(lines.size() - 2))
        .isEqualTo(
            SHOP
                + ":37: note: services.orders.depends_on: docker stack deploy ignores it: all services"
                + " of a stack start at once");
    assertThat(lines.get(lines.size() - 1))
        .isEqualTo("5 findings in 3 services: 5 certain, 0 likely, 0 possible.");
  }

  @Test
  void whereNothingIsFoundThatIsSaid() {
    assertThat(DoctorLines.of(List.of(Patients.diagnosed(Patients.delivered("good.yaml")))))
        .isEqualTo("Nothing found in 1 service.\n");
  }

  @Test
  void findingsOfSeveralStacksStandInTheOrderOfTheirFiles() {
    List<Diagnosis> two =
        List.of(Patients.diagnosed(Patients.delivered("vote.yaml")), shop().get(0));

    assertThat(DoctorLines.all(two))
        .isSorted()
        .hasSize(13)
        .first()
        .satisfies(finding -> assertThat(finding.place().file()).endsWith("shop.yaml"));
  }

  @Test
  void theJsonHasWhatTheConsoleHas() throws JsonProcessingException {
    JsonNode json =
        new ObjectMapper().readTree(DoctorJson.own(shop(), finding -> Optional.empty()));

    assertThat(json.at("/services"))
        .extracting(JsonNode::asText)
        .containsExactly("front", "orders", "db");
    assertThat(json.at("/findings")).hasSize(5);
    assertThat(json.at("/findings/3/rule").asText()).isEqualTo("rollback-all-at-once");
    assertThat(json.at("/findings/3/line").asInt()).isEqualTo(25);
    assertThat(json.at("/findings/3/file").asText()).isEqualTo(SHOP.toString());
    assertThat(json.at("/findings/3/sureness").asText()).isEqualTo("certain");
    assertThat(json.at("/findings/3/what").asText()).contains("all 4 tasks");
    assertThat(json.at("/notes/0/line").asInt()).isEqualTo(37);
  }

  /** What SARIF 2.1.0 asks for: version, driver with its name, rules by id, message, place. */
  @Test
  void theSarifHasWhatTheStandardAsksFor() throws JsonProcessingException {
    JsonNode sarif =
        new ObjectMapper().readTree(DoctorJson.sarif(shop(), Doctor.withAllRules().rules()));

    assertThat(sarif.at("/version").asText()).isEqualTo("2.1.0");
    JsonNode run = sarif.at("/runs/0");
    assertThat(run.at("/tool/driver/name").asText()).isNotBlank();
    List<String> rules = new ArrayList<>();
    run.at("/tool/driver/rules").forEach(rule -> rules.add(rule.get("id").asText()));
    assertThat(rules).doesNotHaveDuplicates().contains("all-at-once");
    assertThat(run.get("results")).hasSize(5);
    assertThat(run.get("results"))
        .allSatisfy(
            result -> {
              assertThat(rules).contains(result.get("ruleId").asText());
              assertThat(Set.of("error", "warning", "note")).contains(result.get("level").asText());
              assertThat(result.at("/message/text").asText()).startsWith("front: ").endsWith(".");
              JsonNode place = result.at("/locations/0/physicalLocation");
              assertThat(place.at("/artifactLocation/uri").asText()).endsWith("/shop.yaml");
              assertThat(place.at("/region/startLine").asInt()).isPositive();
            });
  }

  @Test
  void aFileWithABlankInItsNameHasAnAddressInSarif() throws IOException {
    Path file = Files.copy(Patients.delivered("vote.yaml"), folder.resolve("my vote.yaml"));

    assertThat(DoctorJson.sarif(List.of(Patients.diagnosed(file)), List.of()))
        .contains("/my%20vote.yaml\"");
  }

  /** A hundred services take seconds at most: ten times as many take no hundred times as long. */
  @Test
  void manyServicesTakeAsManyTimesAsLong() {
    Patients.findings(folder, services(400));

    long few = nanos(40);
    long many = nanos(400);

    assertThat(many).isLessThan(60 * few);
  }

  private long nanos(int services) {
    String text = services(services);
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long began = System.nanoTime();
      assertThat(Patients.findings(folder, text)).hasSizeGreaterThan(services);
      best = Math.min(best, System.nanoTime() - began);
    }
    return best;
  }

  private static String services(int count) {
    StringBuilder text =
        new StringBuilder(
            """
            x-deploy: &deploy
              replicas: 3
              labels: {traefik.enable: "true"}
              update_config: {parallelism: 3, delay: 10s, failure_action: rollback}
            services:
              edge: {image: "traefik:v3.1"}
            """);
    for (int i = 0; i < count; i++) {
      text.append(
          "  s%s: {image: \"web:1\", ports: [\"%s:80\"], deploy: *deploy}\n"
              .formatted(i, 1000 + i));
    }
    return text.toString();
  }
}
