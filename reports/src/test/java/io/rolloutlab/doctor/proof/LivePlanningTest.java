package io.rolloutlab.doctor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.doctor.Doctor;
import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.stack.SaidStack;
import io.rolloutlab.stack.read.StackChange;
import io.rolloutlab.stack.read.StackReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which stacks docker is to deploy so that findings show, and which of them are the same. */
class LivePlanningTest {
  private static final String SHOP =
      """
      services:
        web:
          image: shop/web:${TAG}
          healthcheck: {test: /ok}
          deploy:
            replicas: 3
            update_config:
              parallelism: 3  # all of them
              failure_action: rollback
            rollback_config: {parallelism: 3}
      """;

  @TempDir Path folder;

  private final Doctor doctor = Doctor.withAllRules();
  private final StackReader reader = new StackReader(Map.of());

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private List<LivePlan> plans(Path... files) {
    List<Path> all = List.of(files);
    return new LivePlanning(doctor, reader).plans(doctor.diagnose(reader.read(all)), all);
  }

  private List<LivePlan> shop() {
    write(".env", "TAG=7\n");
    return plans(write("shop.yaml", SHOP));
  }

  private static LivePlan of(List<LivePlan> plans, String rule) {
    return plans.stream()
        .filter(plan -> plan.asked().finding().rule().equals(rule))
        .findFirst()
        .orElseThrow();
  }

  private static SaidStack before(LivePlan plan) {
    return plan.rollouts().get(0).text();
  }

  private static SaidStack after(LivePlan plan) {
    return plan.rollouts().get(1).text();
  }

  @Test
  void dockerIsGivenTheFileAsItIsAndWithTheTextThatFixWouldWrite() {
    LivePlan plan = of(shop(), "all-at-once");

    Path file = folder.resolve("shop.yaml");
    assertThat(before(plan)).isEqualTo(reader.readSaid(List.of(file)));
    assertThat(after(plan))
        .isEqualTo(reader.readSaid(file, SHOP.replace("parallelism: 3  #", "parallelism: 1  #")));
    assertThat(after(plan).said())
        .as("as if the change were laid over it")
        .isEqualTo(
            reader
                .changedSaid(
                    List.of(file),
                    new StackChange("web", Map.of("deploy.update_config.parallelism", "1")))
                .said());
    assertThat(after(plan).said().at("/services/web/image").asText()).isEqualTo("shop/web:7");
    assertThat(file).hasContent(SHOP);
    assertThat(folder.resolve("shop.fixed.yaml")).doesNotExist();
  }

  @Test
  void findingsAboutTheSameV2ShareTheRunOfTheFileAsItIs() {
    List<LivePlan> all = shop();
    LivePlan atOnce = of(all, "all-at-once");
    LivePlan late = of(all, "late-first-probe");
    LivePlan back = of(all, "rollback-all-at-once");

    assertThat(late.rollouts().get(0)).isEqualTo(atOnce.rollouts().get(0));
    assertThat(back.rollouts().get(0)).isNotEqualTo(atOnce.rollouts().get(0));
    assertThat(LivePlan.distinct(List.of(atOnce, late, back)).values())
        .hasSize(5)
        .startsWith(
            "web as its file has it, good v2",
            "web with deploy.update_config.parallelism: 1, good v2")
        .endsWith(
            "web as its file has it, good v2, taken back",
            "web with deploy.rollback_config.parallelism: 1, good v2, taken back");
  }

  @Test
  void v2IsBadInTheWayThatTheFindingIsAbout() {
    List<LivePlan> all = shop();
    LivePlan monitor = of(all, "monitor-too-short");

    assertThat(monitor.rollouts())
        .allSatisfy(
            one ->
                assertThat(one.scenario().app().v2().fault()).isInstanceOf(AppFault.Crashes.class));
    assertThat(LivePlan.distinct(List.of(monitor)).values())
        .first()
        .isEqualTo("web as its file has it, bad v2 (crashes)");
    assertThat(LivePlan.distinct(List.of(of(all, "all-at-once"), monitor))).hasSize(4);
  }

  /** The text cannot be changed then, and the run is made all the same. */
  @Test
  void whatAnAnchorSharesIsLaidOverTheFile() {
    Path file =
        write(
            "shared.yaml",
            """
            x-deploy: &deploy
              replicas: 2
              update_config: {parallelism: 2}
            services:
              web:
                image: shop/web:1
                healthcheck: {test: /ok, interval: 5s}
                deploy: *deploy
            """);

    LivePlan plan = of(plans(file), "all-at-once");

    String key = "/services/web/deploy/update_config/parallelism";
    assertThat(before(plan).said().at(key).asInt()).isEqualTo(2);
    assertThat(after(plan).said().at(key).asInt()).isEqualTo(1);
  }

  @Test
  void filesThatAreLaidOverEachOtherAreOneStack() {
    Path first = write("a.yaml", "services: {web: {image: \"shop/web:1\"}}\n");
    Path second =
        write(
            "b.yaml",
            "services: {web: {image: \"shop/web:2\", deploy: {replicas: 2, update_config: {parallelism: 2}}}}\n");

    LivePlan plan = of(plans(first, second), "all-at-once");

    assertThat(plan.rollouts()).hasSize(2).allMatch(one -> one.name().equals("a"));
    assertThat(after(plan).said().at("/services/web/image").asText()).isEqualTo("shop/web:2");
  }

  @Test
  void whatNoRunShowsIsNotPlanned() {
    LivePlan plan =
        of(plans(write("moving.yaml", "services: {web: {image: web}}\n")), "moving-image");

    assertThat(plan.isRun()).isFalse();
    assertThat(plan.asked().whyNot()).contains("no run of the lab shows it");
    assertThat(LivePlan.distinct(List.of(plan))).isEmpty();
  }

  @Test
  void whatIsTooLargeIsNotRun() {
    LivePlan plan = of(shop(), "all-at-once").without("it is too large");

    assertThat(plan.isRun()).isFalse();
    assertThat(plan.asked().whyNot()).isEqualTo("it is too large");
  }
}
