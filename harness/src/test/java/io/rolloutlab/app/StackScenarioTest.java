package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands make of a scenario file about a stack, before an engine is asked for. */
class StackScenarioTest {
  private static final String PLAYED =
      """
      name: shop
      question: What do users see?
      stack: {file: shop.yaml, service: web, standIn: all}
      """;

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("shop.yaml"),
        "services:\n  web:\n    image: web:1\n    user: www\n    ports: ['80:80', '90:90']\n");
    file = Files.writeString(folder.resolve("mine.yaml"), PLAYED);
    Files.writeString(
        folder.resolve("quiet.yaml"),
        "name: quiet\nquestion: What is noise?\nstrategy: baseline\n");
  }

  private LabRuns.Call call(String... arguments) {
    LabRuns.Call call = LabRuns.call(arguments);
    assertThat(folder.resolve("lab")).doesNotExist();
    return call;
  }

  private String into() {
    return folder.resolve("lab").toString();
  }

  @Test
  void aDryRunOfTheFolderTellsOfItAsLabStackDoes() {
    LabRuns.Call run =
        call("run", folder.toString(), "--dry-run", "--repeats", "2", "--into", into());
    LabRuns.Call stack =
        call(
            "stack",
            folder.resolve("shop.yaml").toString(),
            "--service=web",
            "--stand-in",
            "--dry-run",
            "--into",
            into());

    assertThat(run.exitCode()).as(run.output()).isEqualTo(Lab.PASSED);
    assertThat(run.output())
        .containsSubsequence(
            "shop: docker would be given the stack with these changes:",
            folder.resolve("shop.yaml") + ":4: web: user is left out",
            "4 real runs, one after the other: some ")
        .containsOnlyOnce("docker would be given")
        .containsPattern("(?m)^shop +rolling +\\d+")
        .containsPattern("(?m)^shop--2 +rolling +\\d+");
    assertThat(time("shop", run)).isEqualTo(time("web", stack));
  }

  /** How long a run is said to take. */
  private static String time(String name, LabRuns.Call call) {
    return call.output()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .findFirst()
        .orElseThrow()
        .replaceFirst(".* ", "");
  }

  @Test
  void onlyChoosesAmongThem() {
    LabRuns.Call run =
        call("run", folder.toString(), "--only", "quiet", "--dry-run", "--into", into());

    assertThat(run.exitCode()).isEqualTo(Lab.PASSED);
    assertThat(run.output()).doesNotContain("docker would be given").contains("1 real run,");
    LabRuns.Call simulated =
        call("simulate", folder.toString(), "--only", "quiet", "--dry-run", "--into", into());
    assertThat(simulated.exitCode()).as(simulated.output()).isEqualTo(Lab.PASSED);
  }

  private void refused(String what, String... arguments) {
    LabRuns.Call call = call(arguments);

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output().lines()).hasSize(1);
    assertThat(call.output()).startsWith(what).doesNotContain("\tat ");
  }

  @Test
  void whatIsSimulatedTakesNone() {
    String mine = file.toString();

    refused(
        file + ":3: stack: shop is about a stack file, which only docker on a real Swarm deploys",
        "simulate",
        mine,
        "--into",
        into());
    refused(
        file + ":3: stack: a sweep takes no stack file here: lab run ",
        "sweep",
        mine,
        "--into",
        into());
    refused(
        file + ":3: stack: a matrix takes no stack file here: lab run ",
        "matrix",
        mine,
        "--into",
        into());
  }

  @Test
  void aStackFileThatCannotBeDeployedIsRefused() throws IOException {
    Files.writeString(folder.resolve("shop.yaml"), "services: {web: {image: web, imagee: 1}}\n");

    refused(
        "%s:3: stack.file: %s:1: services.web.imagee: "
            .formatted(file, folder.resolve("shop.yaml")),
        "run",
        file.toString(),
        "--into",
        into());
  }

  @Test
  void theEmulatedMachineHasNoImagesOfOnesOwn() throws IOException {
    Files.writeString(
        file, PLAYED.replace(", standIn: all", "") + "candidate: {image: \"web:2\"}\n");

    refused(
        file + ":3: stack: with --vm only the lab's own app can run",
        "run",
        file.toString(),
        "--vm",
        "--dry-run",
        "--into",
        into());
  }
}
