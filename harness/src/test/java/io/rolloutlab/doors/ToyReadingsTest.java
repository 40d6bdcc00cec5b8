package io.rolloutlab.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.measure.MeasureProvider;
import io.rolloutlab.analysis.run.HistoryAnalysis;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.doors.ToyAnalysis.FirstFailure;
import io.rolloutlab.history.History;
import io.rolloutlab.html.Report;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.trial.OnTheTwin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A measure and an analysis of which no class of the lab knows are found by their names, read off a
 * run of the twin, judged, and shown.
 */
class ToyReadingsTest {
  private static final String HALF_OF_V2_FAILS =
      """
      name: toy
      question: Why?
      strategy: rolling
      app:
        replicas: 2
        v2: {fault: {errors: 50 %}}
      load: {warmUp: 5s, coolDown: 2s}
      rolling: {hold: 5s}
      expect:
        badSeconds: {atMost: 0}
      """;

  @TempDir Path folder;

  @Test
  void areReadOffARunOfTheTwinJudgedAndShown() throws IOException {
    Found.as(folder.resolve("toys"), MeasureProvider.class, ToyMeasures.class)
        .and(HistoryAnalysis.class, ToyAnalysis.class)
        .during(
            () -> {
              History history = history();
              Findings run = Analysis.analyse(history);
              Path index = Report.render(List.of(run), folder.resolve("report"));

              FirstFailure first = run.part(FirstFailure.class).orThrow();
              assertThat(first.atSecond().orElseThrow()).isNotNegative();
              assertThat(first.hitsLogged()).isPositive().isEqualTo(history.hits().size());
              assertThat(run.reconciled()).isTrue();
              assertThat(run.expectations())
                  .singleElement()
                  .satisfies(
                      result -> {
                        assertThat(result.key()).isEqualTo("badSeconds");
                        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
                        assertThat(result.sentence())
                            .matches(
                                "Bad seconds: wanted at most 0 s, measured [1-9]\\d* s: FAIL\\.");
                      });
              assertThat(run.verdict()).isEqualTo(Verdict.FAIL);
              assertThat(index).content().contains("Bad seconds");
              assertThat(index.resolveSibling("toy.html"))
                  .content()
                  .contains("<h2>First failure</h2>", "<code>badSeconds</code>");
            });
  }

  private History history() throws IOException {
    Path file = Files.writeString(folder.resolve("toy.yaml"), HALF_OF_V2_FAILS);
    Scenario scenario = new ScenarioReader().read(file);
    return OnTheTwin.completed(scenario, folder.resolve("run"));
  }
}
