package io.rolloutlab.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.analysis.measure.MeasureProvider;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.html.Report;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.scenario.sweep.Vary;
import io.rolloutlab.sweep.SampleSweep;
import io.rolloutlab.sweep.SweepCsv;
import io.rolloutlab.sweep.SweepRun;
import io.rolloutlab.text.ConsoleTable;
import io.rolloutlab.text.ResultFiles;
import io.rolloutlab.text.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A measure of which no class of the lab knows is found, expected, judged and shown. */
class ToyMeasureTest {
  @TempDir Path folder;

  @Test
  void itStandsInEveryTable() throws IOException {
    Found.as(folder.resolve("toy"), MeasureProvider.class, ToyMeasures.class)
        .during(
            () -> {
              Findings run = run("expect: {}\n", Manifest.Origin.TWIN);
              Runs runs = Runs.of(List.of(run));
              Report.render(List.of(run), folder.resolve("report"));

              assertThat(ResultFiles.csv(runs)).contains(",badSeconds,\"Bad seconds\",2,s,");
              assertThat(folder.resolve("report/results.json"))
                  .content()
                  .contains("\"key\" : \"badSeconds\"");
              assertThat(ConsoleTable.of(runs).lines())
                  .anySatisfy(line -> assertThat(line).matches("Bad seconds, s +2"));
              assertThat(folder.resolve("report/index.html")).content().contains("Bad seconds");
              assertThat(folder.resolve("report/summary.md"))
                  .content()
                  .contains("| Bad seconds, s | 2 |");
            });
  }

  @Test
  void itStandsInSweeps() throws IOException {
    Found.as(folder, MeasureProvider.class, ToyMeasures.class)
        .during(
            () -> {
              SweepRun run = SweepRun.of(run("expect: {}\n", Manifest.Origin.TWIN));
              Vary one = new Vary(List.of(1), null, null, null, null, null, null);

              String csv =
                  SweepCsv.of(
                      SampleSweep.result(
                          SampleSweep.sweep("Which?", 1, one),
                          cell -> List.of(new SweepRun(run.values(), ""))));

              List<String> lines = csv.lines().toList();
              assertThat(lines.get(0))
                  .contains(",badSeconds,badSecondsLeast,badSecondsMost,trouble");
              assertThat(lines.get(1)).endsWith(",2,2,2,");
            });
  }

  @Test
  void itIsExpectedAndJudged() throws IOException {
    Found.as(folder.resolve("toy"), MeasureProvider.class, ToyMeasures.class)
        .during(
            () -> {
              assertThat(
                      run("expect: {badSeconds: {atMost: 2}}\n", Manifest.Origin.LIVE)
                          .expectations())
                  .singleElement()
                  .satisfies(
                      result -> {
                        assertThat(result.key()).isEqualTo("badSeconds");
                        assertThat(result.verdict()).isEqualTo(Verdict.PASS);
                        assertThat(result.sentence())
                            .isEqualTo("Bad seconds: wanted at most 2 s, measured 2 s: PASS.");
                      });
              assertThat(
                      run("expect: {badSeconds: {atMost: 1}}\n", Manifest.Origin.LIVE)
                          .expectations())
                  .singleElement()
                  .satisfies(result -> assertThat(result.verdict()).isEqualTo(Verdict.FAIL));
            });
  }

  @Test
  void aWrongOneIsNamedWithItsLine() throws IOException {
    Found.as(folder.resolve("toy"), MeasureProvider.class, ToyMeasures.class)
        .during(
            () -> {
              assertThatThrownBy(() -> scenario("expect:\n  badSecond: {atMost: 2}\n"))
                  .isInstanceOf(InvalidScenarioException.class)
                  .hasMessageContaining(
                      "toy.yaml:5: expect.badSecond: unknown key (did you mean \"badSeconds\"?)");
            });
    assertThatThrownBy(() -> scenario("expect:\n  badSeconds: {atMost: 2}\n"))
        .hasMessageContaining("toy.yaml:5: expect.badSeconds: unknown key");
  }

  @Test
  void whereNobodyHasMeasuresNoneCanBeExpected() throws IOException {
    Found.nothing()
        .during(
            () -> {
              assertThatThrownBy(() -> scenario("expect:\n  p99Millis: {atMost: 2}\n"))
                  .hasMessageContaining("toy.yaml:5: expect.p99Millis: unknown key")
                  .hasMessageEndingWith(
                      "; measures can be expected only where the module that has them, reports, is on the"
                          + " class path");
              assertThat(scenario("expect:\n  errorShareAtMost: 0.5\n").expect().errorShareAtMost())
                  .isEqualTo(0.5);
            });
  }

  private Findings run(String expect, Manifest.Origin origin) throws IOException {
    return SampleFindings.answers(
        "run-1", origin, scenario(expect), "1x12x2", "222x", "2222", "2222");
  }

  private Scenario scenario(String expect) throws IOException {
    Path file = folder.resolve("toy.yaml");
    Files.writeString(file, "name: toy\nquestion: Is it found?\nstrategy: rolling\n" + expect);
    return new ScenarioReader().read(file);
  }
}
