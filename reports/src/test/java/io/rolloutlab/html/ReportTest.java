package io.rolloutlab.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.text.Skipped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {
  private static final List<Findings> SAMPLES = SampleFindings.all(1);

  /** The report of the samples, made once. */
  @TempDir static Path samples;

  @TempDir Path folder;

  @BeforeAll
  static void renderTheSamples() {
    Report.render(SAMPLES, samples);
  }

  @Test
  void writesAnIndexAPageForEachRunAndTheResults() throws IOException {
    Path index = Report.render(SAMPLES, folder.resolve("new/report"));

    assertThat(index).isEqualTo(folder.resolve("new/report/index.html"));
    assertThat(files(index.getParent()).keySet())
        .containsExactly(
            "baseline.html",
            "blue-green.html",
            "canary-ip.html",
            "canary.html",
            "index.html",
            "results.csv",
            "results.json",
            "rolling.html",
            "summary.md");
  }

  @Test
  void saysWhatWasSkippedToPeopleAndPrograms() throws IOException {
    List<Skipped> skipped = List.of(new Skipped("mesh", "it needs IPVS"));
    Path index = Report.render(Reported.of(SAMPLES, skipped), folder);

    assertThat(Page.read(index).words()).contains("What was skipped", "mesh: it needs IPVS.");
    assertThat(folder.resolve("summary.md"))
        .content()
        .contains("## Skipped", "mesh was skipped: it needs IPVS.");
    JsonNode json = new JsonMapper().readTree(folder.resolve("results.json").toFile());
    assertThat(json.at("/skipped/0/scenario").asText()).isEqualTo("mesh");
    assertThat(json.at("/skipped/0/reason").asText()).isEqualTo("it needs IPVS");
    assertThat(Page.read(samples.resolve("index.html")).words()).doesNotContain("skipped");
  }

  @Test
  void drawsEveryChart() {
    for (String name : List.of("rolling", "blue-green", "canary", "canary-ip")) {
      Page page = Page.read(samples.resolve(name + ".html"));
      page.isSelfContained();
      assertThat(page.words()).doesNotContain("could not be drawn");
      // Seven charts over time and the way of a request, each in two sizes, and what the canaries
      // have besides.
      assertThat(charts(page)).isEqualTo(2 * (8 + (name.startsWith("canary") ? 1 : 0)));
    }
    Page page = Page.read(samples.resolve("index.html"));
    page.isSelfContained();
    assertThat(page.words()).doesNotContain("could not be drawn");
    assertThat(charts(page)).isGreaterThanOrEqualTo(10);
  }

  @Test
  void drawsTheWayOfARequestAndTellsItInWords() {
    Page page = Page.read(samples.resolve("rolling.html"));

    assertThat(page.words().replaceAll("\\s+", " "))
        .containsSubsequence(
            "Conditions",
            "Which way a request took",
            "asked the published port of nginx; how it was published was not recorded",
            "The drawing in words");
    assertThat(Page.read(samples.resolve("index.html")).words())
        .contains(
            "All 5 runs rest on balancing: dnsrr",
            "Each claim rests on runs with balancing: dnsrr; nothing is claimed of vip.")
        .doesNotContain("Balancing of its runs");
  }

  @Test
  void putsTheBaselineFirst() {
    Path index = Report.render(List.of(SAMPLES.get(1), SAMPLES.get(0)), folder);

    assertThat(Page.read(index).elements("nav").get(0).getTextContent().split("\\s+"))
        .containsSubsequence("baseline", "rolling");
  }

  @Test
  void givesRunsOfOneScenarioPagesOfTheirOwn() throws IOException {
    Report.render(List.of(SAMPLES.get(1), SAMPLES.get(1)), folder);

    assertThat(files(folder).keySet()).contains("rolling.html", "rolling-2.html");
  }

  @ParameterizedTest
  @CsvSource({"de-DE, Europe/Berlin", "tr-TR, Asia/Kolkata", "ar-EG-u-nu-arab, America/New_York"})
  void isTheSameBytesUnderEveryLocaleAndTimeZone(String locale, String zone) throws IOException {
    String table = Report.table(SAMPLES);
    Locale localeBefore = Locale.getDefault();
    TimeZone zoneBefore = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(locale));
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      List<Findings> analysedThere = SampleFindings.all(1);
      Report.render(analysedThere, folder);
      assertThat(Report.table(analysedThere)).isEqualTo(table);
    } finally {
      Locale.setDefault(localeBefore);
      TimeZone.setDefault(zoneBefore);
    }
    assertThat(files(folder)).isEqualTo(files(samples));
  }

  @Test
  void saysOnEveryPageThatNoDockerWasUsed() throws IOException {
    List<Findings> twins = List.of(Odd.twin(Strategy.BASELINE), Odd.twin(Strategy.ROLLING));

    Report.render(twins, folder);

    for (String name : List.of("index", "baseline", "rolling")) {
      assertThat(Page.read(folder.resolve(name + ".html")).words())
          .contains("Simulated: no Docker was used.");
    }
    assertThat(folder.resolve("summary.md")).content().contains("Simulated: no Docker was used.");
    assertThat(Report.table(twins)).startsWith("SIMULATED: no Docker was used.");
    assertThat(Page.read(samples.resolve("index.html")).words()).doesNotContain("Simulated");
  }

  @Test
  void refusesToMixMeasuredAndSimulatedRuns() {
    List<Findings> mixed = List.of(SAMPLES.get(0), Odd.twin(Strategy.ROLLING));

    assertThatThrownBy(() -> Report.render(mixed, folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rolling-sample-1 is TWIN");
    assertThatThrownBy(() -> Report.table(mixed)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Report.render(List.of(), folder))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rolling", "canary", "canary-ip"})
  void showsHostileTextAsText(String strategy) throws IOException {
    Findings hostile = Odd.hostile(Strategy.of(strategy));

    Path index = Report.render(List.of(SAMPLES.get(0), hostile), folder);

    for (Path file : List.of(index, folder.resolve(strategy + ".html"))) {
      Page page = Page.read(file);
      page.isSelfContained();
      assertThat(page.words()).contains("<script>alert(1)</script>").contains("ünï 漢字 🙂");
      assertThat(page.text()).doesNotContain("<script").doesNotContain("\u0007");
    }
    JsonNode json = JsonMapper.builder().build().readTree(folder.resolve("results.json").toFile());
    assertThat(json.at("/runs/1/reasons/0").asText()).startsWith("=1+1</title><script>");
    assertThat(folder.resolve("results.csv")).content().contains("'=1+1").doesNotContain(",\"=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseline", "canary"})
  void saysWhatIsMissing(String strategy) {
    renders(Odd.withoutRequests(Strategy.of(strategy)), "No request was made in this run.");
    renders(Odd.withoutResources(Strategy.of(strategy)), "No resources were sampled in this run.");
    renders(
        Odd.nothingAtAll(Strategy.of(strategy)),
        "not known: the lab was killed before it could say");
    renders(Odd.interrupted(Strategy.of(strategy)), "interrupted at +20.0 s: SIGINT");
  }

  private void renders(Findings odd, String notice) {
    String name = odd.manifest().scenario().name();
    Path index = Report.render(List.of(odd), folder);
    Page.read(index).isSelfContained();
    Page page = Page.read(folder.resolve(name + ".html"));
    page.isSelfContained();
    assertThat(page.words().replaceAll("\\s+", " ")).contains(notice);
    assertThat(page.words()).doesNotContain("could not be drawn");
    assertThat(Report.table(List.of(odd))).contains("verdict");
  }

  @Test
  void saysLoudlyThatARunProvesNothing() {
    Findings odd = Odd.interrupted(Strategy.ROLLING);

    Report.render(List.of(odd), folder);

    for (String name : List.of("index", "rolling")) {
      Page page = Page.read(folder.resolve(name + ".html"));
      String alarm =
          page.elements("div").stream()
              .filter(e -> e.getAttribute("role").equals("alert"))
              .findFirst()
              .orElseThrow()
              .getTextContent();
      assertThat(alarm).contains("UNKNOWN").contains(odd.reasons().get(0));
    }
  }

  @Test
  void writesEverythingThatIsKnownAsJson() throws IOException {
    JsonNode json = JsonMapper.builder().build().readTree(samples.resolve("results.json").toFile());

    assertThat(json.at("/origin").asText()).isEqualTo("live");
    assertThat(json.at("/pages/1").asText()).isEqualTo("rolling.html");
    assertThat(json.at("/runs/1/manifest/scenario/rolling/update/delay").asText()).isEqualTo("10s");
    assertThat(json.at("/runs/1/versions/known/perSecond").size()).isGreaterThan(60);
    assertThat(json.at("/comparison/measures").size())
        .isEqualTo(json.at("/comparison/rows/0/cells").size());
  }

  private static long charts(Page page) {
    return page.elements("svg").stream().filter(e -> e.getAttribute("role").equals("img")).count();
  }

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        files.put(
            file.getFileName().toString(),
            new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      }
    }
    return files;
  }
}
