package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.swarm.cluster.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor as people call it. */
class DoctorCommandTest {
  private static final String GOOD = "services:\n  web:\n    image: web:1\n";
  private static final String BAD = GOOD + "    deploy: {replica: 2}\n";

  @TempDir Path folder;

  private Path good;
  private Path bad;

  @BeforeEach
  void write() throws IOException {
    good = Files.writeString(folder.resolve("good.yaml"), GOOD);
    bad = Files.writeString(folder.resolve("bad.yaml"), BAD);
  }

  @Test
  void whereNothingIsFoundItEndsWell() {
    LabRuns.Call call = LabRuns.call("doctor", good.toString());

    assertThat(call.exitCode()).isEqualTo(Lab.PASSED);
    assertThat(call.output()).isEqualTo("Nothing found in 1 service.\n");
  }

  /** README shows what is said of this file. */
  @Test
  void theDeliveredExampleHasItsFindingsForPeopleAndForPrograms() throws IOException {
    Path example = Engine.home().resolve("scenarios").resolve("stacks").resolve("example.yaml");
    Path json = folder.resolve("found.json");
    Path sarif = folder.resolve("found.sarif");

    LabRuns.Call call =
        LabRuns.call(
            "doctor", example.toString(), "--json", json.toString(), "--sarif", sarif.toString());

    assertThat(call.exitCode()).isEqualTo(Lab.NOT_PASSED);
    assertThat(call.output())
        .contains(example + ":25: rollback-all-at-once: front: the rollback stops all 4 tasks")
        .endsWith("5 findings in 3 services: 5 certain, 0 likely, 0 possible.\n");
    assertThat(json).content().contains("\"rule\" : \"rollback-all-at-once\"");
    assertThat(sarif).content().contains("\"ruleId\" : \"rollback-all-at-once\"");
  }

  @Test
  void aFileThatCannotBeUsedIsSaidAndTheOthersAreLookedAt() {
    LabRuns.Call call = LabRuns.call("doctor", bad.toString(), good.toString());

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output())
        .startsWith(bad + ":4: services.web.deploy.replica: ")
        .endsWith("Nothing found in 1 service.\n")
        .doesNotContain("Exception");
  }

  @Test
  void filesOfOneStackAreLaidOverEachOther() throws IOException {
    Path over =
        Files.writeString(
            folder.resolve("over.yaml"),
            "services: {web: {deploy: {replicas: 2, update_config: {parallelism: 2}}, image: \"web:2\"}}");

    LabRuns.Call call = LabRuns.call("doctor", "-c", good.toString(), "-c", over.toString());

    assertThat(call.exitCode()).isEqualTo(Lab.NOT_PASSED);
    assertThat(call.output()).contains(over + ":1: all-at-once: web: ").contains("in 1 service:");
  }

  @Test
  void withoutAFileItSaysWhatItTakes() {
    LabRuns.Call call = LabRuns.call("doctor");

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output()).contains("lab doctor FILE");
  }

  @Test
  void whatCannotBeWrittenIsSaid() {
    Path nowhere = folder.resolve("missing").resolve("found.json");

    LabRuns.Call call = LabRuns.call("doctor", good.toString(), "--json", nowhere.toString());

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output()).contains("--json " + nowhere + ": cannot be written");
  }
}
