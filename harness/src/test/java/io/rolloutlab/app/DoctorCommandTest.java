package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.swarm.cluster.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        .contains(example + ":19: monitor-too-short: front: a new task that turns bad after its")
        .contains(
            "    Write monitor: 2m (3 x 30s + 30s timeout) or more, or let the check ask more")
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
    assertThat(call.output())
        .contains("--json " + nowhere + ": cannot be written: there is no folder ")
        .doesNotContain("Exception");
  }

  /**
   * All at once hurts; that the rollback of three stops first hurts nobody who is served by two.
   */
  private static final String PROVED =
      """
      services:
        web:
          image: web
          healthcheck: {test: /ok, interval: 5s}
          deploy:
            replicas: 3
            update_config: {parallelism: 3}
        spare:
          image: spare:1
          healthcheck: {test: /ok, interval: 5s}
          deploy:
            replicas: 3
            update_config: {order: start-first}
      """;

  private LabRuns.Call proved(String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("proved.yaml"), PROVED);
    List<String> all = new ArrayList<>(List.of("doctor", file.toString(), "--prove"));
    all.addAll(List.of(more));
    return LabRuns.call(all.toArray(String[]::new));
  }

  @Test
  void runsShowWhatHelpsWithdrawWhatDoesNotAndSayWhatTheyCannotShow() throws IOException {
    Path html = folder.resolve("found.html");

    LabRuns.Call call = proved("--fail-on", "harm", "--html", html.toString());

    assertThat(call.exitCode()).isEqualTo(Lab.NOT_PASSED);
    assertThat(call.output())
        .contains(
            "proved.yaml:7: all-at-once: web: shown: with \"deploy.update_config.parallelism: 1\"")
        .contains("Users hurt of 200: ")
        .contains("rollback-stops-first: spare: advice withdrawn: with")
        .contains("moving-image: web: not shown: no run of the lab shows it")
        .contains("not in the runs: ");
    assertThat(html)
        .content()
        .contains("Simulated: no Docker was used.", "advice withdrawn", "parallelism: 3")
        .doesNotContain("${");
  }

  @Test
  void harmIsAskedOfRunsAlone() {
    LabRuns.Call call = LabRuns.call("doctor", good.toString(), "--fail-on", "harm");

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output()).contains("--fail-on harm needs --prove");
  }

  @Test
  void itEndsWellWhereNothingIsAsSureAsWasAsked() throws IOException {
    Path moving =
        Files.writeString(folder.resolve("moving.yaml"), "services:\n  web:\n    image: web\n");

    assertThat(LabRuns.call("doctor", moving.toString()).exitCode()).isEqualTo(Lab.NOT_PASSED);
    assertThat(LabRuns.call("doctor", moving.toString(), "--fail-on", "likely").exitCode())
        .isEqualTo(Lab.NOT_PASSED);
    assertThat(LabRuns.call("doctor", moving.toString(), "--fail-on", "certain").exitCode())
        .isEqualTo(Lab.PASSED);
    assertThat(LabRuns.call("doctor", moving.toString(), "--fail-on", "never").exitCode())
        .isEqualTo(Lab.PASSED);
    LabRuns.Call other = LabRuns.call("doctor", moving.toString(), "--fail-on", "sure");
    assertThat(other.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(other.output()).contains("\"sure\" is none of certain, likely, possible");
  }

  @Test
  void theChangedFileIsWrittenOnceAndShown() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("stack.yaml"),
            "services:\n  web:\n    image: web:1\n    deploy:\n      replicas: 2\n"
                + "      update_config:\n        parallelism: 2 # both\n");

    LabRuns.Call first = LabRuns.call("doctor", file.toString(), "--fix");
    LabRuns.Call second = LabRuns.call("doctor", file.toString(), "--fix");

    assertThat(first.output())
        .contains("-        parallelism: 2 # both", "+        parallelism: 1 # both")
        .contains("written to " + folder.resolve("stack.fixed.yaml"));
    assertThat(second.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(second.output()).contains("stack.fixed.yaml is there already");
  }

  @Test
  void severalFilesOfOneStackAreNotChanged() throws IOException {
    Path over =
        Files.writeString(folder.resolve("over.yaml"), "services: {web: {image: \"web:2\"}}");

    LabRuns.Call call =
        LabRuns.call("doctor", "-c", good.toString(), "-c", over.toString(), "--fix");

    assertThat(call.output()).contains("laid over each other").contains("nothing is");
  }

  private void refused(String what, String... more) throws IOException {
    LabRuns.Call call = proved(more);

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output()).contains(what).doesNotContain("\tat ", "findings are shown by");
  }

  @Test
  void whatOnlyLiveRunsTakeIsRefusedWithoutThem() throws IOException {
    LabRuns.Call alone = LabRuns.call("doctor", good.toString(), "--live");

    assertThat(alone.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(alone.output()).contains("--live needs --prove");
    refused("--repeats 3 needs --live", "--repeats", "3");
    refused("--ports needs --prove --live", "--ports", "24000-24063");
    refused("--repeats 0: this must be a whole number from 1 to 20", "--live", "--repeats", "0");
    refused("--ports 24000-24003", "--live", "--ports", "24000-24003");
  }

  @Test
  void findingsAreChosenByRuleAndService() throws IOException {
    Path file = Files.writeString(folder.resolve("proved.yaml"), PROVED);

    LabRuns.Call call = LabRuns.call("doctor", file.toString(), "--only", "all-*,moving-image");
    LabRuns.Call spare = LabRuns.call("doctor", file.toString(), "--service", "spare");

    assertThat(call.output())
        .contains("all-at-once: web: ", "moving-image: web: ", "--only or --service leaves out ")
        .doesNotContain("rollback-stops-first");
    assertThat(spare.output()).contains("rollback-stops-first: spare: ").doesNotContain(": web: ");
    refused(
        "--only all-at-onse: there is no such rule; known are all-at-once",
        "--only",
        "all-at-onse");
    refused("--service www: there is no such service; known are web, spare", "--service", "www");
  }

  @Test
  void whatIsNotChosenIsNotFixed() throws IOException {
    Path file = Files.writeString(folder.resolve("proved.yaml"), PROVED);

    LabRuns.Call call = LabRuns.call("doctor", file.toString(), "--fix", "--only", "all-at-once");

    assertThat(call.output())
        .contains("rollback-stops-first: spare: is left: --only or --service leaves it out")
        .contains("1 finding fixed");
    assertThat(folder.resolve("proved.fixed.yaml"))
        .content()
        .isEqualTo(PROVED.replace("{parallelism: 3}", "{parallelism: 1}"));
  }

  /** No engine is asked for where no run would be made. */
  @Test
  void whatNoLiveRunShowsIsSaidAndNoneIsMade() throws IOException {
    LabRuns.Call call = proved("--live", "--only", "moving-image");

    assertThat(call.exitCode()).isEqualTo(Lab.NOT_PASSED);
    assertThat(call.output())
        .contains("none of 1 findings is shown by real runs")
        .contains("moving-image: web: not shown: no run of the lab shows it")
        .endsWith("0 shown by live runs, 0 withdrawn, 0 unknown, 1 that no run shows.\n");
  }
}
