package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.app.folder.FreshFolder;
import io.rolloutlab.app.folder.GoodReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was good stays readable, whatever comes after it. */
class KeptReportsTest {
  @TempDir Path folder;
  private Path newest;

  @BeforeEach
  void aGoodReport() {
    LabRuns.scenario(
        folder.resolve("good"), "good", "baseline", "app: {replicas: 1}\nbaseline: {hold: 2s}\n");
    newest = folder.resolve("lab/twin/report/index.html");
  }

  private LabRuns.Call simulate(String scenarios) {
    return LabRuns.call(
        "simulate",
        folder.resolve(scenarios).toString(),
        "--into",
        folder.resolve("lab").toString());
  }

  private List<Path> reportsOfBatches() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("lab/twin/runs"))) {
      return files.filter(file -> file.endsWith("report/index.html")).sorted().toList();
    }
  }

  @Test
  void eachBatchKeepsItsOwn() throws IOException {
    LabRuns.Call first = simulate("good");
    simulate("good");

    assertThat(first.output().strip()).endsWith("report: " + newest);
    assertThat(reportsOfBatches()).hasSize(2);
  }

  @Test
  void aBatchInWhichNothingCameToItsEndDoesNotTakeThePlaceOfAGoodOne() throws IOException {
    LabRuns.scenario(
        folder.resolve("bad"),
        "bad",
        "baseline",
        "app: {replicas: 1, constraints: [], startLimit: 12s, healthCheck: {interval: 1s}, v1: {env:"
            + " {APP_NEVER_HEALTHY: \"true\"}}}\nbaseline: {hold: 2s}\n");
    LabRuns.Call bad = simulate("bad");
    assertThat(newest).as("there was none to be kept").content().contains("bad");

    simulate("good");
    byte[] good = Files.readAllBytes(newest);
    LabRuns.Call again = simulate("bad");

    assertThat(bad.exitCode()).as(bad.output()).isEqualTo(Lab.NOT_PASSED);
    assertThat(newest).hasBinaryContent(good);
    Path own = reportsOfBatches().stream().filter(page -> !isGood(page)).findFirst().orElseThrow();
    assertThat(own).content().contains("bad");
    assertThat(again.output())
        .contains("No run of this batch came to its end, so the last good report stays")
        .contains(newest.toString());
    assertThat(again.output().strip().lines().reduce((one, next) -> next).orElseThrow())
        .startsWith("report: ")
        .contains("/runs/");
  }

  private static boolean isGood(Path page) {
    return GoodReport.isIn(page.getParent());
  }

  @Test
  void aFolderThatCouldNotBeMadeLeavesTheOldOne() throws IOException {
    Path pages = Files.createDirectories(folder.resolve("pages"));
    Files.writeString(pages.resolve("index.html"), "old");
    FreshFolder fresh = new FreshFolder(pages);
    Files.writeString(
        Files.createDirectories(fresh.path()).resolve("index.html"), "only a part of");

    fresh.discard();

    assertThat(pages.resolve("index.html")).hasContent("old");
    assertThat(fresh.path()).doesNotExist();
  }

  @Test
  void aFolderThatIsWholeTakesThePlaceOfTheOldOneWithAllThatWasInIt() throws IOException {
    Path pages = Files.createDirectories(folder.resolve("pages"));
    Files.writeString(pages.resolve("stale.html"), "old");
    FreshFolder fresh = new FreshFolder(pages);
    Files.writeString(Files.createDirectories(fresh.path()).resolve("index.html"), "new");

    fresh.takePlace();

    assertThat(pages.resolve("index.html")).hasContent("new");
    assertThat(pages.resolve("stale.html")).doesNotExist();
  }

  @Test
  void whoWasKilledBetweenTwoMovesFindsTheOldOneAgain() throws IOException {
    Path pages = folder.resolve("pages");
    Path away = Files.createDirectories(folder.resolve("pages.old"));
    Files.writeString(away.resolve("index.html"), "old");

    new FreshFolder(pages).discard();

    assertThat(pages.resolve("index.html")).hasContent("old");
    assertThat(away).doesNotExist();
  }
}
