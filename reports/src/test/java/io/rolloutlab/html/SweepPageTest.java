package io.rolloutlab.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.scenario.sweep.Sweep;
import io.rolloutlab.scenario.sweep.Vary;
import io.rolloutlab.scenario.update.Order;
import io.rolloutlab.sweep.SampleSweep;
import io.rolloutlab.sweep.SweepRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepPageTest {
  private static final String HOSTILE = "Which <b>&\"one\"</b> ${x} 漢?";
  @TempDir Path folder;

  private Page page(Vary vary, Function<Sweep.Cell, List<SweepRun>> runs) {
    return Page.read(
        Report.render(SampleSweep.result(SampleSweep.sweep(HOSTILE, 2, vary), runs), folder));
  }

  private Page page() {
    return page(SampleSweep.knobs(), cell -> SampleSweep.waves(cell, 2));
  }

  @Test
  void answersBeforeAnythingElse() {
    String words = page().words().replaceAll("\\s+", " ");

    assertThat(words)
        .contains(HOSTILE)
        .contains("Simulated: no Docker was used.")
        .contains(
            "Fastest in which no request failed start-first, parallelism 0 (all), delay 0s After"
                + " 10.0 s v2 serves everybody; no request failed; the cluster needs room for 10 more"
                + " tasks; p99 is 20 ms (18 ms before).")
        .contains(
            "Without room for more tasks stop-first, parallelism 2, delay 0s After 50.0 s v2"
                + " serves everybody; no request failed; no room for more tasks is needed")
        .contains("balancing: auto")
        .doesNotContain("edge: null", "monitor: null")
        .contains("Each node is a machine of its own, as in a real cluster")
        .doesNotContain("could not be drawn");
    assertThat(words.indexOf("The answer")).isLessThan(words.indexOf("Errors against time"));
  }

  @Test
  void drawsTradeOffAndCurvesAndNeedsNothingFromElsewhere() {
    Page page = page();

    page.isSelfContained();
    List<String> drawn =
        page.elements("svg").stream()
            .filter(svg -> svg.getAttribute("role").equals("img"))
            .map(svg -> svg.getAttribute("aria-label"))
            .toList();
    assertThat(drawn)
        .contains(
            "Errors against time, a point a setting",
            "Cost against time, a point a setting",
            "Failed requests, stop-first along parallelism",
            "Time, start-first along parallelism");
    assertThat(page.words()).contains("0 at every setting.");
    assertThat(folder.resolve("sweep.csv")).exists();
  }

  @Test
  void isTheSameBytesTwiceAndInEveryLocale() throws IOException {
    page();
    String first = Files.readString(folder.resolve("index.html"));
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      page();
    } finally {
      Locale.setDefault(before);
    }

    assertThat(Files.readString(folder.resolve("index.html"))).isEqualTo(first);
  }

  @Test
  void aSettingInTroubleIsNamedWithItsReason() {
    String words =
        page(
                SampleSweep.knobs(),
                cell ->
                    cell.setting().parallelism() == 1
                        ? List.of(SampleSweep.broken("it <paused>"), SampleSweep.broken("2"))
                        : SampleSweep.waves(cell, 2))
            .words();

    assertThat(words)
        .contains("4 of 16 settings did not come to a good end")
        .contains("stop-first, parallelism 1, delay 0s: it <paused>");
  }

  @Test
  void whereNoSettingCameToItsEndThePageSaysSo() {
    String words =
        page(
                SampleSweep.knobs(),
                cell -> List.of(SampleSweep.broken("no room"), SampleSweep.broken("no room")))
            .words();

    assertThat(words).contains("there is no answer. The first one: no room");
  }

  @Test
  void alongTheDelayWhereTheParallelismIsOneAndConditionsApart() {
    Vary vary =
        new Vary(
            null,
            List.of(Duration.ZERO, Duration.ofSeconds(5)),
            List.of(Order.START_FIRST),
            List.of(Duration.ofSeconds(3), Duration.ofSeconds(9)),
            null,
            null,
            List.of(10.0, 20.0));
    Page page = page(vary, cell -> SampleSweep.waves(cell, 2));

    page.isSelfContained();
    assertThat(page.words())
        .contains("4 replicas, 10 requests/s")
        .contains("4 replicas, 20 requests/s")
        .contains("start-first, parallelism 1, delay 0s, monitor 3s");
    assertThat(page.text()).contains("Time, start-first along delay");
  }

  @Test
  void aSweepOfTheOrderAloneHasNoCurves() {
    Vary vary =
        new Vary(null, null, List.of(Order.STOP_FIRST, Order.START_FIRST), null, null, null, null);

    assertThat(page(vary, cell -> SampleSweep.waves(cell, 2)).words())
        .contains("Errors against time")
        .doesNotContain("What each knob does");
  }
}
