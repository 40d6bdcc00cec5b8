package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scenarios that are run several times, on the simulated Swarm. */
class RepeatsTest {
  private static final String BLUE_GREEN =
      "app: {replicas: 2}\nrepeats: 4\nblueGreen: {keepBlue: 3s}\nexpect: {%s}\n";

  private static final String ROLLING =
      "app: {replicas: 2}\nrepeats: 4\nrolling: {hold: 3s, update: {delay: 1s, monitor: 2s}}\n";

  @TempDir Path folder;
  private Path scenarios;

  @BeforeEach
  void twoScenarios() {
    scenarios = folder.resolve("scenarios");
    LabRuns.scenario(
        scenarios, "blue-green", "blue-green", BLUE_GREEN.formatted("errorShareAtMost: 0"));
    LabRuns.scenario(scenarios, "rolling", "rolling", ROLLING);
  }

  private LabRuns.Call simulate(String... more) {
    return LabRuns.call(
        Stream.concat(
                Stream.of(
                    "simulate", scenarios.toString(), "--into", folder.resolve("lab").toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private List<String> runs() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("lab/twin/runs"))) {
      return all.filter(file -> file.endsWith("manifest.json"))
          .map(file -> file.getParent().getFileName().toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void theBatchHoldsThemAndTheReportTellsTheScenariosApart() throws IOException {
    LabRuns.Call call = simulate();

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(runs())
        .containsExactly(
            "blue-green",
            "blue-green--2",
            "blue-green--3",
            "blue-green--4",
            "rolling",
            "rolling--2",
            "rolling--3",
            "rolling--4");
    assertThat(LabRuns.history(folder.resolve("lab/twin"), "rolling--3").manifest().runId())
        .isEqualTo("twin-rolling-3");
    assertThat(call.output())
        .contains("Over all repeats (mean, and from the least to the most):")
        .containsPattern("rolling: [\\d.]+ \\([\\d.]+ to [\\d.]+\\), higher by [\\d.]+ s \\(");
    Path report = folder.resolve("lab/twin/report");
    assertThat(report.resolve("index.html"))
        .content()
        .contains("Over all repeats", "blue-green (4)", "lowest mean", "repeats.json")
        .contains("The same comes out of all 4 repeats");
    assertThat(report.resolve("summary.md")).content().contains("## Over all repeats");
    assertThat(report.resolve("repeats.json")).content().contains("\"against\" : \"blue-green\"");
  }

  @Test
  void theCommandLineSaysHowManyWhateverTheFilesSay() throws IOException {
    LabRuns.Call call = simulate("--repeats", "1");

    assertThat(runs()).containsExactly("blue-green", "rolling");
    assertThat(call.output()).doesNotContain("Over all repeats");
    assertThat(folder.resolve("lab/twin/report/repeats.json")).doesNotExist();
  }

  @Test
  void anExpectationThatOneRepeatMissesIsMissed() throws IOException {
    simulate("--only", "blue-green");
    double[] measured = p99Millis();
    double least = Arrays.stream(measured).min().orElseThrow();
    long above = Arrays.stream(measured).filter(value -> value > least).count();
    assertThat(above).as("the repeats scatter").isBetween(1L, 3L);
    LabRuns.scenario(
        scenarios,
        "blue-green",
        "blue-green",
        BLUE_GREEN.formatted("p99Millis: {atMost: %s}".formatted(Math.round(least))));

    LabRuns.Call call = simulate("--only", "blue-green");

    assertThat(call.exitCode()).isEqualTo(Lab.NOT_PASSED);
    assertThat(call.output().lines().filter("blue-green is FAIL:"::equals)).hasSize((int) above);
  }

  private double[] p99Millis() throws IOException {
    JsonNode numbers =
        new ObjectMapper()
            .readTree(folder.resolve("lab/twin/report/repeats.json").toFile())
            .at("/scenarios/0/numbers");
    for (JsonNode number : numbers) {
      if (number.path("key").asText().equals("p99Millis")) {
        return StreamSupport.stream(number.path("values").spliterator(), false)
            .mapToDouble(JsonNode::asDouble)
            .toArray();
      }
    }
    throw new AssertionError("there is no p99 in " + numbers);
  }

  /** No number stands for what was not said. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "21", "two"})
  void howManyIsFromOneOnWhicheverCommandIsTold(String number) {
    String into = folder.resolve("lab").toString();
    String files = scenarios.toString();

    assertThat(
            List.of(
                LabRuns.call("run", files, "--into", into, "--repeats", number),
                LabRuns.call("simulate", files, "--into", into, "--repeats", number),
                LabRuns.call("matrix", "--simulated", "--into", into, "--repeats", number)))
        .containsOnly(
            new LabRuns.Call(
                Lab.BAD_INPUT,
                "--repeats %s: this must be a whole number from 1 to 20%n".formatted(number)));
    assertThat(folder.resolve("lab")).doesNotExist();
  }

  @Test
  void badInputGetsASentence() {
    LabRuns.scenario(
        scenarios, "rolling--2", "baseline", "app: {replicas: 2}\nbaseline: {hold: 2s}\n");
    assertThat(simulate().output())
        .contains("rolling--2 is the name of a scenario and of a repeat of another one");
    LabRuns.scenario(scenarios, "rolling", "rolling", ROLLING.replace("repeats: 4", "repeats: 40"));
    LabRuns.Call call = simulate();
    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output()).contains("rolling.yaml:8: repeats: must be from 1 to 20, but is 40");
  }
}
