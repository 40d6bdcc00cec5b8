package io.rolloutlab.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.gap.Gap;
import io.rolloutlab.gap.GapResults;
import io.rolloutlab.gap.Repeats;
import io.rolloutlab.history.Manifest.Origin;
import io.rolloutlab.scenario.Strategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GapPageTest {
  private static final GapResults.Settings OWN =
      new GapResults.Settings("the lab's own", List.of());

  @TempDir Path folder;

  private static List<Findings> live(Strategy strategy, int runs) {
    return LongStream.rangeClosed(1, runs)
        .mapToObj(seed -> Analysis.analyse(SampleFindings.history(strategy, seed)))
        .toList();
  }

  private static Gap gap(Strategy strategy, int runs) {
    return Gap.of(
        Repeats.of(live(strategy, runs)).get(0), List.of(Odd.twin(strategy), Odd.twin(strategy)));
  }

  private Page page(GapResults results) {
    return Page.read(GapPage.render(results, folder));
  }

  private static String flat(String text) {
    return text.replaceAll("\\s+", " ");
  }

  @Test
  void namesBothOriginsAndSaysThatNoOtherPageHoldsBoth() {
    Page page = page(new GapResults(List.of(gap(Strategy.ROLLING, 5)), OWN, List.of()));

    page.isSelfContained();
    assertThat(flat(page.words()))
        .contains("This page, and only this one, holds simulated runs against real ones")
        .contains("5 real, 2 simulated")
        .contains("mean of 5 real runs", "mean of 2 simulated runs", "each real run")
        .contains("rolling-sample-1", "rolling-sample-5", "26.1.5", "0123456789")
        .contains("Simulated: seeds");
    assertThat(folder.resolve("gap.md")).content().contains("Real and simulated runs side by side");
  }

  @Test
  void answersFirstAndThenShowsEachScenario() {
    List<Gap> gaps = List.of(gap(Strategy.ROLLING, 5), gap(Strategy.BASELINE, 1));
    Page page = page(new GapResults(gaps, OWN, List.of()));

    page.isSelfContained();
    String words = flat(page.words());
    assertThat(words).contains("Of 8 goals, ").contains("there was no rollout");
    assertThat(words.indexOf("The goals")).isLessThan(words.indexOf("Version mix: v2's share"));
    assertThat(words).contains("There is one real run").doesNotContain("could not be drawn");
    // Two over time for each, in two sizes, without the distance of curves that are the same, and
    // a chart for each phase with failures.
    long bars = gaps.stream().mapToLong(gap -> gap.failedByPhase().size()).sum();
    long charts =
        page.elements("svg").stream().filter(e -> e.getAttribute("role").equals("img")).count();
    assertThat(bars).isPositive();
    assertThat(charts).isEqualTo(2 * 3 + bars);
  }

  @Test
  void namesWhatWasLeftOutAndWhereTheSettingsComeFrom() {
    GapResults results =
        new GapResults(
            List.of(gap(Strategy.ROLLING, 1)),
            new GapResults.Settings("those of two.json", List.of("run-7", "run-8")),
            List.of(
                new GapResults.LeftOut("run-7", "the twin was calibrated on this very run"),
                new GapResults.LeftOut("run-9", "it did not come to its end"),
                new GapResults.LeftOut("run-8", "the twin was calibrated on this very run")));

    assertThat(flat(page(results).words()))
        .contains("latencies are those of two.json, read off other runs")
        .contains("The twin was calibrated on this very run: run-7, run-8.")
        .contains("It did not come to its end: run-9.");
  }

  @Test
  void showsHostileTextAsText() throws Exception {
    Findings hostile = Odd.hostile(Strategy.ROLLING);
    GapResults results =
        new GapResults(
            List.of(
                Gap.of(
                    Repeats.of(List.of(hostile)).get(0),
                    List.of(Odd.hostile(Strategy.ROLLING, Origin.TWIN))),
                Gap.of(Repeats.of(List.of(hostile)).get(0), List.of(Odd.twin(Strategy.ROLLING)))),
            new GapResults.Settings(Odd.HOSTILE, List.of(Odd.HOSTILE)),
            List.of(new GapResults.LeftOut(Odd.HOSTILE, Odd.HOSTILE)));

    Page page = page(results);

    page.isSelfContained();
    assertThat(page.words()).contains("<script>alert(1)</script>").contains("ünï 漢字 🙂");
    assertThat(page.text()).doesNotContain("<script").doesNotContain("\u0007");
    assertThat(Files.readString(folder.resolve("gap.md"))).doesNotContain("<script");
    assertThat(results.gaps().get(0).failedByPhase()).isNotEmpty();
    // Of the second, since the twin's phases have other names there.
    assertThat(flat(page.words())).contains("The runs went through different phases");
  }

  @Test
  void saysOfARunWithoutAnswersThatThereAreNone() {
    Findings silent = Odd.withoutRequests(Strategy.ROLLING);
    Page page =
        page(
            new GapResults(
                List.of(
                    Gap.of(
                        Repeats.of(List.of(silent)).get(0), List.of(Odd.twin(Strategy.ROLLING)))),
                OWN,
                List.of()));

    page.isSelfContained();
    assertThat(flat(page.words()))
        .contains("no second has answers in both")
        .doesNotContain("NaN")
        .doesNotContain("could not be drawn");
  }
}
