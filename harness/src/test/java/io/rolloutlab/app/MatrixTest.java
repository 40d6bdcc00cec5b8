package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rolloutlab.app.choice.Choice;
import io.rolloutlab.scenario.matrix.Matrix;
import io.rolloutlab.scenario.matrix.MatrixReader;
import io.rolloutlab.trial.OnTheTwin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small matrix on the simulated Swarm, from its file to its pages. */
class MatrixTest {
  private static final String SMALL =
      """
      name: small
      question: Which one when v2 fails?
      seeds: 2
      base:
        app: {replicas: 2}
        load: {ratePerSecond: 20, users: 40, warmUp: 3s, coolDown: 5s}
      strategies:
        rolling: {strategy: rolling, rolling: {update: {delay: 2s}, hold: 4s}}
        blue-green: {strategy: blue-green, blueGreen: {keepBlue: 4s}}
      situations:
        good: {}
        errors: {app: {v2: {env: {APP_ERROR_SHARE: "0.5"}}}}
      """;

  @TempDir Path folder;

  private LabRuns.Call matrix(String text, Path into) {
    return LabRuns.call("matrix", file(text).toString(), "--simulated", "--into", into.toString());
  }

  private Path file(String text) {
    try {
      return Files.writeString(folder.resolve("matrix.yaml"), text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Path results(Path into) {
    return into.resolve("twin/matrix/small");
  }

  @Test
  void aMatrixFileBecomesATableAPageAndFilesForPrograms() throws IOException {
    LabRuns.Call call = matrix(SMALL, folder.resolve("lab"));

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(call.output())
        .contains("small: 8 simulated runs", "8 of 8 runs", "SIMULATED: no Docker was used")
        .contains("Users hurt of 40, the median of 2 runs:")
        .contains("What to choose:", "good:\n", "errors:\n");
    Path results = results(folder.resolve("lab"));
    assertThat(results.resolve("runs")).doesNotExist();
    String page = Files.readString(results.resolve("index.html"));
    assertThat(page).contains("Simulated: no Docker was used.", "rolling × errors");
    List<String> links =
        Pattern.compile("href=\"([^\"#]+)\"")
            .matcher(page)
            .results()
            .map((MatchResult link) -> link.group(1))
            .distinct()
            .toList();
    assertThat(links)
        .contains("report/rolling--errors.html", "report/blue-green--good.html", "matrix.csv")
        .contains("report/rolling--errors--2.html")
        .allSatisfy(link -> assertThat(results.resolve(link)).exists());
    assertThat(Files.readString(results.resolve("report/rolling--errors.html")))
        .contains("Simulated: no Docker was used.");
    assertThat(Files.readString(results.resolve("report/rolling--errors--2.html")))
        .contains("Simulated: no Docker was used.", "twin-rolling--errors-2");
  }

  @Test
  void theNumbersAreThoseOfTheRunsPages() throws IOException {
    matrix(SMALL, folder.resolve("lab"));
    Path results = results(folder.resolve("lab"));
    JsonNode runs =
        new ObjectMapper().readTree(results.resolve("report/results.json").toFile()).path("runs");
    List<String> lines = Files.readAllLines(results.resolve("matrix.csv"));

    assertThat(runs.size()).isEqualTo(4);
    for (JsonNode run : runs) {
      String id = run.path("manifest").path("runId").asText();
      assertThat(number(lines, id, "usersHurt"))
          .isEqualTo(run.path("harm").path("known").path("users").path("count").asDouble());
      assertThat(number(lines, id, "failedRequests"))
          .isEqualTo(
              run.path("errors").path("known").path("sinceRollout").path("count").asDouble());
      assertThat(number(lines, id, "extraTasks"))
          .isEqualTo(
              run.path("tasks").path("known").path("containers").path("peak").asDouble()
                  - run.path("tasks").path("known").path("replicas").asDouble());
    }
    assertThat(number(lines, "twin-blue-green--good-1", "extraTasks")).isEqualTo(2);
    assertThat(number(lines, "twin-rolling--errors-1", "usersHurt")).isPositive();
    assertThat(number(lines, "twin-blue-green--good-2", "usersHurt")).isZero();
  }

  @Test
  void aRolloutThatTheAlarmCalledBackIsNotDone() throws IOException {
    String named = SMALL.replace("env: {APP_ERROR_SHARE: \"0.5\"}", "fault: {errors: 50 %}");
    assertThat(named).isNotEqualTo(SMALL);
    matrix(named, folder.resolve("lab"));

    List<String> lines = Files.readAllLines(results(folder.resolve("lab")).resolve("matrix.csv"));
    assertThat(lines).filteredOn(line -> line.contains("twin-rolling--errors-")).hasSize(2);
    assertThat(lines)
        .filteredOn(line -> line.contains("twin-rolling--errors-"))
        .allMatch(line -> line.contains("called back by the alarm"));
    assertThat(lines)
        .filteredOn(line -> line.contains("twin-rolling--good-"))
        .noneMatch(line -> line.contains("called back by the alarm"));
    assertThat(number(lines, "twin-rolling--errors-1", "secondsToAlarm")).isPositive();
    assertThat(number(lines, "twin-rolling--errors-1", "secondsToBack")).isPositive();
    assertThat(Files.readString(results(folder.resolve("lab")).resolve("index.html")))
        .contains("Time to detect, s", "Time to back, s");
  }

  private static double number(List<String> lines, String run, String column) {
    int at = Arrays.asList(lines.get(0).split(",")).indexOf(column);
    return lines.stream()
        .map(line -> line.replace("\"", ""))
        .filter(line -> line.contains("," + run + ","))
        .map(line -> Double.parseDouble(line.split(",")[at]))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theSameMatrixGivesTheSameBytes() {
    matrix(SMALL, folder.resolve("one"));
    matrix(SMALL, folder.resolve("other"));

    for (String name : List.of("index.html", "matrix.csv", "matrix.json", "report/index.html")) {
      assertThat(results(folder.resolve("one")).resolve(name))
          .hasSameTextualContentAs(results(folder.resolve("other")).resolve(name));
    }
  }

  @Test
  void badInputGetsASentence() {
    LabRuns.Call unknown = matrix(SMALL.replace("env:", "envs:"), folder);
    assertThat(unknown.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(unknown.output())
        .startsWith(folder.resolve("matrix.yaml") + ":12: situations.errors.app.v2.envs: unknown")
        .doesNotContain("\tat ");

    LabRuns.Call tooLarge =
        LabRuns.call(
            "matrix",
            file(SMALL.replace("ratePerSecond: 20", "ratePerSecond: 2000")).toString(),
            "--into",
            folder.toString());
    assertThat(tooLarge.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(tooLarge.output())
        .contains("load.ratePerSecond may be at most 1000 on a real Swarm");
  }

  @Test
  void aMissedExpectationIsNamedAndIsAnExitCode() {
    LabRuns.Call call =
        matrix(
            SMALL.replace("base:", "base:\n  expect: {errorShareAtMost: 0}"),
            folder.resolve("lab"));

    assertThat(call.exitCode()).isEqualTo(Lab.NOT_PASSED);
    assertThat(call.output()).contains("x rolling × errors: ").doesNotContain("x rolling × good");
  }

  private Matrix small(String text) {
    return new MatrixReader().readAll(List.of(file(text))).get(0);
  }

  /** Real runs that are there already, made by the twin and called real. */
  private Path finished() throws IOException {
    Path lab = folder.resolve("lab");
    for (Matrix.Cell cell : small(SMALL).cells()) {
      finished(lab, cell, 0);
    }
    return lab;
  }

  private static void finished(Path lab, Matrix.Cell cell, int repeat) throws IOException {
    Choice.Run of = Choice.Run.of(cell.scenario(), repeat);
    Path run = lab.resolve("runs/matrix-small").resolve(of.name());
    OnTheTwin.history(of.scenario(), run);
    Path manifest = run.resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replaceFirst("\"origin\"\\s*:\\s*\"twin\"", "\"origin\": \"live\""));
  }

  /** The real runs of a matrix are held against the twin as any batch is: a scenario is a cell. */
  @Test
  void theTwinIsHeldAgainstRealRunsCellByCell() throws IOException {
    Path lab = finished();
    for (Matrix.Cell cell : small(SMALL).cells()) {
      if (cell.situation().equals("errors")) {
        finished(lab, cell, 1);
      }
    }
    String into = lab.toString();

    LabRuns.Call all = LabRuns.call("gap", "matrix-small", "--seeds", "1", "--into", into);
    LabRuns.Call byFolder =
        LabRuns.call(
            "gap", lab + "/runs/matrix-small/blue-green--errors", "--seeds", "1", "--into", into);

    assertThat(all.exitCode()).as(all.output()).isEqualTo(Lab.PASSED);
    assertThat(all.output().lines().filter(line -> line.endsWith(" simulated")))
        .containsExactlyInAnyOrder(
            "rolling--good: 1 real, 1 simulated",
            "rolling--errors: 2 real, 1 simulated",
            "blue-green--good: 1 real, 1 simulated",
            "blue-green--errors: 2 real, 1 simulated");
    assertThat(byFolder.exitCode()).as(byFolder.output()).isEqualTo(Lab.PASSED);
    assertThat(byFolder.output())
        .contains("blue-green--errors: 1 real, 1 simulated")
        .doesNotContain("rolling--");
  }

  @Test
  void oneCellIsHeldAgainstTheTwinByItsName() throws IOException {
    Path lab = finished();

    LabRuns.Call call =
        LabRuns.call(
            "gap", "matrix-small/rolling--errors", "--seeds", "2", "--into", lab.toString());

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(call.output())
        .contains("rolling--errors: 1 real, 2 simulated")
        .doesNotContain("blue-green--");
    assertThat(lab.resolve("twin/gap/gap.html")).content().contains("Simulated: seeds 1 to 2,");
  }

  @Test
  void realRunsThatAreFinishedAreNotMadeAgain() throws IOException {
    Path lab = finished();

    LabRuns.Call call = LabRuns.call("matrix", file(SMALL).toString(), "--into", lab.toString());

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(call.output())
        .contains("small: 4 real runs", "4 of them are finished and are not made again")
        .contains("remove " + lab.resolve("runs/matrix-small"))
        .doesNotContain("SIMULATED");
    assertThat(lab.resolve("matrix/small/index.html"))
        .content()
        .contains("measured on a real Swarm", "1 real run of each")
        .doesNotContain("Simulated");
    assertThat(lab.resolve("twin")).doesNotExist();
  }

  @Test
  void eachRealRunOfACellHasAPage() throws IOException {
    Path lab = finished();
    for (Matrix.Cell cell : small(SMALL).cells()) {
      finished(lab, cell, 1);
    }

    LabRuns.Call call =
        LabRuns.call("matrix", file(SMALL).toString(), "--into", lab.toString(), "--repeats", "2");

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(lab.resolve("matrix/small/index.html"))
        .content()
        .contains("<a href=\"report/rolling--errors--2.html\">run 2</a>");
    assertThat(lab.resolve("matrix/small/report/rolling--errors--2.html"))
        .content()
        .contains("twin-rolling--errors-2")
        .doesNotContain("Simulated");
  }

  @Test
  void wordsAndExpectationsAreTakenFromTheFileAsItIsNow() throws IOException {
    Path lab = finished();
    String changed =
        SMALL
            .replace("Which one when v2 fails?", "Who is hurt?")
            .replace("base:", "base:\n  expect: {errorShareAtMost: 0}");

    LabRuns.Call call = LabRuns.call("matrix", file(changed).toString(), "--into", lab.toString());

    assertThat(call.output())
        .contains("4 of them are finished and are not made again")
        .contains("x rolling × errors: ")
        .doesNotContain("x rolling × good");
    assertThat(call.exitCode()).isEqualTo(Lab.NOT_PASSED);
    assertThat(lab.resolve("matrix/small/report/rolling--errors.html"))
        .content()
        .contains("What was expected");
  }

  @Test
  void aRunThatCannotBeReadCostsTheOthersNothing() throws IOException {
    Path batch = finished().resolve("runs/matrix-small");
    Path torn = batch.resolve("rolling--errors/manifest.json");
    Files.writeString(torn, "{");

    MatrixRuns runs = RealMatrix.read(small(SMALL), batch, Map.of(), folder.resolve("pages"));

    assertThat(runs.cells()).extracting(cell -> cell.runs().size()).containsExactly(1, 0, 1, 1);
    assertThat(runs.first()).hasSize(3);
    assertThat(runs.cells().get(1).unread())
        .singleElement()
        .asString()
        .startsWith(torn + ": no readable manifest");
    assertThat(runs.cells()).filteredOn(cell -> !cell.unread().isEmpty()).hasSize(1);
  }

  @Test
  void aRunOfAnotherScenarioIsNoneOfTheCell() throws IOException {
    Path batch = finished().resolve("runs/matrix-small");

    MatrixRuns runs =
        RealMatrix.read(
            small(SMALL.replace("delay: 2s", "delay: 3s")),
            batch,
            Map.of(),
            folder.resolve("pages"));

    assertThat(runs.cells()).extracting(cell -> cell.runs().size()).containsExactly(0, 0, 1, 1);
    assertThat(runs.cells()).allMatch(cell -> cell.unread().isEmpty());
  }

  @Test
  void aDryRunSaysWhichRealRunsAreFinishedAlready() throws IOException {
    Path lab = finished();
    Files.delete(lab.resolve("runs/matrix-small/rolling--errors/manifest.json"));

    LabRuns.Call call =
        LabRuns.call("matrix", file(SMALL).toString(), "--into", lab.toString(), "--dry-run");

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(call.output())
        .contains("4 real runs, 3 of them finished already, 1 to be made, one after the other")
        .containsPattern("(?m)^rolling/good .*  finished already$")
        .containsPattern("(?m)^rolling/errors .*s$");
    assertThat(lab.resolve("matrix")).doesNotExist();
  }

  /** What was not asked for is no reason for another exit code; finished runs of it are shown. */
  @Test
  void onlySomeCells() throws IOException {
    Path lab = finished();
    Files.delete(lab.resolve("runs/matrix-small/rolling--errors/manifest.json"));

    LabRuns.Call real =
        LabRuns.call(
            "matrix", file(SMALL).toString(), "--into", lab.toString(), "--only", "blue-green/*");
    LabRuns.Call simulated =
        LabRuns.call(
            "matrix",
            file(SMALL).toString(),
            "--simulated",
            "--into",
            lab.toString(),
            "--only",
            "*/errors");

    assertThat(real.exitCode()).as(real.output()).isEqualTo(Lab.PASSED);
    assertThat(real.output())
        .contains(
            "small: 2 real runs",
            "2 of them are finished",
            "1 cell was not asked for in this call and has no run: rolling × errors.")
        .doesNotContain("not run yet");
    assertThat(lab.resolve("matrix/small/report/rolling--good.html")).exists();
    assertThat(simulated.exitCode()).as(simulated.output()).isEqualTo(Lab.PASSED);
    assertThat(simulated.output())
        .contains("small: 4 simulated runs")
        .contains("2 cells were not asked for in this call and have no runs: all in good.")
        .doesNotContain("not run yet", "good:");
    assertThat(lab.resolve("twin/matrix/small-part/index.html"))
        .content()
        .contains("have no runs: all in good.")
        .doesNotContain("rolling × good", "it has not been run yet");
    assertThat(lab.resolve("twin/matrix/small-part").resolve("report/rolling--errors.html"))
        .exists();
    assertThat(lab.resolve("twin/matrix/small-part").resolve("report/rolling--good.html"))
        .doesNotExist();
  }

  /** The file asks for two seeds. */
  @Test
  void whoCallsMaySayHowManyRunsEachCellIsGiven() throws IOException {
    String into = folder.resolve("lab").toString();
    String file = file(SMALL).toString();

    LabRuns.Call call =
        LabRuns.call(
            "matrix", file, "--simulated", "--into", into, "--repeats", "3", "--only", "rolling/*");

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(call.output()).contains("small: 6 simulated runs", "the median of 3 runs:");
    assertThat(LabRuns.call("matrix", file, "--into", into, "--repeats", "2", "--dry-run").output())
        .contains("8 real runs");
  }

  /** So Maven passes {@code -Dlab.repeats}. */
  @Test
  void thePropertySaysItAsWell() {
    assertThat(dryRun("5").output()).contains("20 real runs");
    assertThat(dryRun("").output()).as("nothing was said").contains("4 real runs");
    assertThat(dryRun("0"))
        .isEqualTo(
            new LabRuns.Call(
                Lab.BAD_INPUT,
                "--repeats 0: this must be a whole number from 1 to 20%n".formatted()));
  }

  private LabRuns.Call dryRun(String property) {
    System.setProperty("lab.repeats", property);
    try {
      return LabRuns.call("matrix", file(SMALL).toString(), "--dry-run");
    } finally {
      System.clearProperty("lab.repeats");
    }
  }

  @Test
  void aMatrixIsNotMadeLargerThanItsFileMayBe() {
    Matrix small = small(SMALL);
    Matrix large =
        new Matrix(
            "large",
            "?",
            1,
            1,
            List.of("a"),
            List.of("b"),
            Collections.nCopies(101, small.cells().get(0)));

    assertThat(large.withRuns(19, all -> true).repeats()).isEqualTo(19);
    assertThat(large.withRuns(19, all -> true).seeds()).isEqualTo(19);
    assertThatThrownBy(() -> large.withRuns(20, all -> true))
        .hasMessage(
            "--repeats 20: 20 runs of each of 101 cells of large are 2020; a matrix makes at most"
                + " 2000: ask for fewer, or name some cells with --only");
  }

  /** Eleven strategies in eleven situations, twenty runs each, would be too many. */
  @Test
  void whatIsNotAskedForDoesNotCount() {
    StringBuilder text = new StringBuilder("name: large\nquestion: Which?\nstrategies:\n");
    IntStream.range(0, 11).forEach(i -> text.append("  s%s: {strategy: rolling}\n".formatted(i)));
    text.append("situations:\n");
    IntStream.range(0, 11).forEach(i -> text.append("  t%s: {}\n".formatted(i)));
    String file = file(text.toString()).toString();
    String into = folder.resolve("lab").toString();

    LabRuns.Call all = LabRuns.call("matrix", file, "--into", into, "--repeats", "20", "--dry-run");
    LabRuns.Call some =
        LabRuns.call(
            "matrix", file, "--into", into, "--repeats", "20", "--only", "s3/*", "--dry-run");

    assertThat(all.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(all.output()).contains("20 runs of each of 121 cells of large are 2420;");
    assertThat(some.exitCode()).as(some.output()).isEqualTo(Lab.PASSED);
    assertThat(some.output()).contains("220 real runs");
  }
}
