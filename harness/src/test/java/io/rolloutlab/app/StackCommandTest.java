package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be run is said before an engine is asked for. */
class StackCommandTest {
  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void write() throws IOException {
    file =
        Files.writeString(
            folder.resolve("shop.yaml"),
            """
            services:
              web: {image: "web:1"}
              migrate: {image: "web:1", deploy: {mode: replicated-job}}
            """);
  }

  private static void refused(String what, String... arguments) {
    LabRuns.Call call = LabRuns.call(arguments);

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output()).contains(what).doesNotContain("\tat ");
  }

  @Test
  void withoutAFileItSaysWhatItTakes() {
    refused("lab stack FILE --service NAME", "stack");
  }

  @Test
  void aServiceIsNamedAndIsOneOfTheStack() {
    refused("--service NAME: which one", "stack", file.toString(), "--stand-in");
    refused("it has web, migrate", "stack", file.toString(), "--stand-in", "--service", "www");
  }

  @Test
  void aJobIsNotRolledOut() {
    refused(
        file + ":3: migrate is a job",
        "stack",
        "-c",
        file.toString(),
        "--stand-in",
        "--service",
        "migrate");
  }

  @Test
  void ofAnImageOfOnesOwnV2IsNamed() {
    refused(
        file + ":2: web runs its own image, and nobody has said what v2 of it is",
        "stack",
        file.toString(),
        "--service",
        "web");
    refused("--to: name an image", "stack", file.toString(), "--service", "web", "--to", "");
    refused("web publishes no TCP port", "stack", file.toString(), "--service=web", "--to=web:2");
    refused("--port 0: ", "stack", file.toString(), "--service=web", "--to=web:2", "--port=0");
  }

  @Test
  void v2CanBeAStackFile() throws IOException {
    Path next =
        Files.writeString(folder.resolve("next.yml"), "services: {www: {image: \"web:2\"}}");

    refused(
        "--service web: the stack has no such service; it has www",
        "stack",
        file.toString(),
        "--service=web",
        "--to=" + next,
        "--port=80");
    refused(
        folder.resolve("none.yaml") + ": there is no such stack file",
        "stack",
        file.toString(),
        "--service=web",
        "--to=" + folder.resolve("none.yaml"));
  }

  @Test
  void standInsAreNamedBehindAnEqualsSign() {
    refused(
        "--stand-in=db: the stack has no such service; it has web, migrate",
        "stack",
        "--stand-in=db",
        file.toString(),
        "--service=web",
        "--to=web:2");
    refused(
        "--to web:2: the lab's own app plays web",
        "stack",
        "--service=web",
        "--to=web:2",
        "--stand-in",
        file.toString());
    refused(
        "--to web:2: the lab's own app plays web",
        "stack",
        file.toString(),
        "--service=web",
        "--to=web:2",
        "--stand-in=migrate,web");
  }

  @Test
  void whatDockerRefusesIsRefusedWithItsLine() throws IOException {
    Files.writeString(file, "services:\n  web:\n    image: web:1\n    imagee: web:2\n");

    refused(
        file + ":4: services.web.imagee: ",
        "stack",
        file.toString(),
        "--service",
        "web",
        "--stand-in");
  }

  @Test
  void aDryRunSaysWhatWouldBeDeployedAndHowLongThatTakes() throws IOException {
    Files.writeString(
        file,
        "services:\n  web:\n    image: web:1\n    user: www\n    ports: ['80:80', '90:90']\n");

    LabRuns.Call call =
        LabRuns.call(
            "stack",
            file.toString(),
            "--service",
            "web",
            "--stand-in",
            "--dry-run",
            "--into",
            folder.resolve("lab").toString());

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(call.output())
        .containsSubsequence(
            "docker would be given the stack with these changes:",
            file + ":3: web: the lab's app stands in for web:1",
            file + ":4: web: user is left out",
            file + ":5: web: port 80:80 is not published",
            "Where the engine's kernel has no IPVS, with these as well:",
            "web: endpoint_mode is dnsrr in place of vip",
            "web: port 90:90 is not published",
            "1 real run, one after the other: some ",
            "This was a dry run: nothing was made.")
        .doesNotContain("kernel has IPVS, with");
    assertThat(folder.resolve("lab")).doesNotExist();
  }

  @Test
  void noPatienceIsSaid() {
    refused(
        "--patience 0: this must be a number from 1 to 100",
        "stack",
        file.toString(),
        "--service",
        "web",
        "--stand-in",
        "--patience",
        "0");
  }

  @Test
  void tooFewPortsAreSaid() {
    refused(
        "--ports 24000-24003",
        "stack",
        file.toString(),
        "--service",
        "web",
        "--stand-in",
        "--ports",
        "24000-24003");
  }
}
