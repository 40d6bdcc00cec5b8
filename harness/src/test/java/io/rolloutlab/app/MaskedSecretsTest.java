package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets in {@code env} are found nowhere in what a run leaves behind, and nothing misses them.
 */
class MaskedSecretsTest {
  private static final String OLD = "swordfish-of-v1";
  private static final String NEW = "swordfish-of-v2";

  @TempDir Path folder;
  private LabRuns.Call simulate;

  /** v1 and v2 have one image, and differ in a secret alone. */
  @BeforeEach
  void simulate() {
    LabRuns.scenario(
        folder.resolve("scenarios"),
        "small",
        "rolling",
        """
        app:
          v1: {image: own, env: {DB_PASSWORD: %s, DB_USER: reader}}
          v2: {image: own, env: {DB_PASSWORD: %s, DB_USER: reader}}
        rolling: {hold: 1s, update: {delay: 1s}}
        """
            .formatted(OLD, NEW));
    simulate =
        LabRuns.call(
            "simulate",
            folder.resolve("scenarios").toString(),
            "--into",
            folder.resolve("work").toString());
  }

  @Test
  void noFileAndNoLineOnTheConsoleHoldsOne() {
    assertThat(simulate.output()).contains("small").doesNotContain(OLD, NEW);
    List<Path> files = below(folder.resolve("work"));
    assertThat(files).extracting(file -> file.getFileName().toString()).contains("manifest.json");
    assertThat(files).noneMatch(file -> text(file).contains(OLD) || text(file).contains(NEW));
    assertThat(text(run().resolve("manifest.json")))
        .contains("\"DB_PASSWORD\" : \"(masked)\"", "\"DB_PASSWORD\" : \"(masked, value 2)\"")
        .contains("\"DB_USER\" : \"reader\"");
    assertThat(text(run().resolve("events.jsonl")))
        .contains("--env DB_PASSWORD --env DB_USER=reader")
        .contains("docker service update --image own --env-add DB_PASSWORD pyapp");
  }

  @Test
  void aRecordedRunIsAnalysedAgainAndHeldAgainstTheTwin() throws IOException {
    Path run = run();
    Path manifest = run.resolve("manifest.json");
    Files.writeString(
        manifest,
        text(manifest)
            .replace("\"twin-small-1\"", "\"real-1\"")
            .replace("\"origin\" : \"twin\"", "\"origin\" : \"live\""));

    LabRuns.Call report =
        LabRuns.call("report", run.toString(), "--into", folder.resolve("again").toString());
    LabRuns.Call gap =
        LabRuns.call("gap", run.toString(), "--seeds", "1", "--into", folder.toString());

    assertThat(report.output()).contains("small");
    assertThat(gap.exitCode()).as(gap.output()).isEqualTo(Lab.PASSED);
    assertThat(text(folder.resolve("twin/gap/gap.md")).lines())
        .as("the update from one secret to the other is an update on the twin, too")
        .filteredOn(line -> line.matches("\\|.*\\| [+-]?\\d+\\.\\d % \\|"))
        .hasSizeGreaterThan(4)
        .allMatch(line -> line.endsWith("| 0.0 % |"));
  }

  private Path run() {
    return LabRuns.run(folder.resolve("work/twin"), "small");
  }

  private static List<Path> below(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
