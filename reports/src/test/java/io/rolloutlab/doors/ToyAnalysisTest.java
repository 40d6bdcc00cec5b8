package io.rolloutlab.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.analysis.run.HistoryAnalysis;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.doors.ToyAnalysis.FirstFailure;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.html.Report;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An analysis of which no class of the lab knows is found, and its part stands in the report. */
class ToyAnalysisTest {
  private static final Scenario SCENARIO =
      SampleFindings.history(Strategy.ROLLING, 1).manifest().scenario();

  @TempDir Path folder;

  @Test
  void itsPartIsFoundByItsTypeAndStandsInTheReport() throws IOException {
    Found.as(folder, HistoryAnalysis.class, ToyAnalysis.class)
        .during(
            () -> {
              Findings run = run("run-1");
              Report.render(List.of(run), folder.resolve("report"));

              assertThat(run.part(FirstFailure.class).orThrow())
                  .isEqualTo(new FirstFailure(OptionalLong.of(1), 8));
              assertThat(folder.resolve("report/results.json"))
                  .content()
                  .containsPattern(
                      "\"firstFailure\" : \\{\\s+\"known\" : \\{\\s+\"atSecond\" : 1,");
              assertThat(folder.resolve("report/rolling.html"))
                  .content()
                  .contains(
                      "<h2>First failure</h2>",
                      "<tr><th scope=\"row\">at second</th><td>1</td></tr>",
                      "<tr><th scope=\"row\">hits logged</th><td>8</td></tr>");
            });
  }

  @Test
  void oneThatThrowsIsUnknownWithItsCause() throws IOException {
    Found.as(folder, HistoryAnalysis.class, ToyAnalysis.class)
        .during(
            () -> {
              Findings run = run("broken");
              Report.render(List.of(run), folder.resolve("report"));

              assertThat(run.part(FirstFailure.class).known()).isEmpty();
              assertThat(run.reasons())
                  .contains("The first failure could not be analysed: the toy is broken");
              assertThat(run.verdict()).isNotIn(Verdict.PASS, Verdict.NOTHING_EXPECTED);
              assertThat(run.errors().known()).isPresent();
              assertThat(folder.resolve("report/rolling.html"))
                  .content()
                  .contains("<p class=\"empty\">the toy is broken</p>");
            });
  }

  @Test
  void withoutItNobodyMissesIt() {
    Findings run = run("broken");

    assertThat(run.part(FirstFailure.class).cause()).isEqualTo("no analysis makes FirstFailure");
    assertThat(run.reasons()).noneMatch(reason -> reason.contains("first failure"));
  }

  private static Findings run(String id) {
    return SampleFindings.answers(id, Manifest.Origin.LIVE, SCENARIO, "1122", "22x2");
  }
}
