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
  void imagesOfOnesOwnAreNotRunYet() {
    refused("add --stand-in", "stack", file.toString(), "--service", "web");
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
