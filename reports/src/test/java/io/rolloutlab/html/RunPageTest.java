package io.rolloutlab.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Manifest.Origin;
import io.rolloutlab.history.ResourceSample;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.read.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class RunPageTest {
  @TempDir Path folder;
  private Scenario bad;

  @BeforeEach
  void aV2ThatErrs() throws IOException {
    String text =
        "{name: bad, question: q, strategy: rolling, app: {v2: {env: {APP_ERROR_SHARE: '0.05'}}}}";
    bad = new ScenarioReader().read(Files.writeString(folder.resolve("bad.yaml"), text));
  }

  private String words(String... seconds) {
    return words(SampleFindings.answers("bad", Origin.LIVE, bad, seconds));
  }

  private String words(Findings run) {
    return page(run).words().replaceAll("\\s+", " ");
  }

  private Page page(Findings run) {
    Report.render(List.of(run), folder);
    Page page = Page.read(folder.resolve(run.manifest().scenario().name() + ".html"));
    page.isSelfContained();
    return page;
  }

  @Test
  void startsWithWhoWasHurtAndWhatV2HasElse() {
    assertThat(words("1111", "1112", "22e2"))
        .containsSubsequence(
            "Who was hurt",
            "1 of 1 user had a failure",
            "APP_ERROR_SHAREnot set0.05",
            "What happened");
  }

  /** A run with another service, which takes what the edge does. */
  private static History withAnother(History run, String service) {
    List<ResourceSample> samples = new ArrayList<>(run.resources());
    run.resources().stream()
        .filter(sample -> sample.service().equals("nginx"))
        .map(
            its ->
                new ResourceSample(
                    its.atMillis(),
                    new ResourceSample.Of(its.kind(), service, service, "", its.node()),
                    new ResourceSample.Use(its.cpuSeconds(), 80_000_000, 0, 0)))
        .forEach(samples::add);
    return new History(
        run.manifest(), run.events(), run.requests(), run.hits(), samples, run.damage());
  }

  @Test
  void saysWhatAStacksOtherServicesTook() {
    History run = SampleFindings.history(Strategy.ROLLING, 1);

    assertThat(words(Analysis.analyse(withAnother(run, "shop_db"))))
        .containsPattern(
            "The stack's other services, which are not drawn, used [0-9.]+ s of CPU since x = 0\\.")
        .contains(
            "The stack's other services, which are not drawn, had at most 80 MB at once since x = 0.");
    assertThat(words(Analysis.analyse(run))).doesNotContain("other services");
  }

  private Scenario watched() throws IOException {
    String text = "{name: watched, question: q, strategy: rolling, alarm: {reaction: 1s}}";
    return new ScenarioReader().read(Files.writeString(folder.resolve("watched.yaml"), text));
  }

  @Test
  void drawsHarmAlarmOrderAndTheirEndThroughEveryChartOverTime() throws IOException {
    String calm = "1".repeat(20);
    Findings run =
        SampleFindings.calledBack(watched(), 1800, 3000, "1111", "1x12", "2x22", calm, calm);
    Page page = page(run);

    List<Element> charts =
        page.elements("figure").stream()
            .filter(figure -> figure.getElementsByTagName("svg").getLength() > 0)
            .filter(figure -> !figure.getAttribute("id").equals("way"))
            .toList();
    assertThat(charts).hasSizeGreaterThan(2);
    for (Element chart : charts) {
      assertThat(chart.getElementsByTagName("ul").item(0).getTextContent())
          .contains("harm began at +1.0 s", "alarm rang at +1.8 s")
          .contains("order to go back at +3.0 s", "served again at +3.0 s");
      NodeList texts = chart.getElementsByTagName("text");
      for (String words : List.of("harm began", "alarm rang", "order to go back", "served again")) {
        assertThat(IntStream.range(0, texts.getLength()).mapToObj(texts::item))
            .as("wide and narrow")
            .filteredOn(text -> text.getTextContent().equals(words))
            .hasSize(2);
      }
    }
    assertThat(words("1111", "1112", "22e2")).doesNotContain("harm began at");
  }

  @Test
  void pointsAtV2WhereV2AnsweredWithErrors() {
    assertThat(words("1111", "1112", "22e2"))
        .contains(
            "1 failure is an answer of v2.", "What v2 answers badly lasts as long as v2 answers")
        .doesNotContain("look at which step came before");
  }

  @Test
  void pointsAtTheStepsWhereNobodyAnswered() {
    assertThat(words("1111", "11x2", "2222"))
        .contains("1 failure has no answer of a known version. Where no version")
        .doesNotContain("What v2 answers badly");
  }

  @Test
  void marksAMedianThatIsOfTwoVersionsAndNoOther() {
    assertThat(words("1111", "11ss", "ssss")).contains("blends two versions").contains("5 ms ~");
    assertThat(words("1111", "1122", "2222")).doesNotContain("blends").doesNotContain("ms ~");
  }

  @Test
  void marksEveryNumberInTheTablesOfARunThatWasCutOff() {
    Findings cut = SampleFindings.brokenOff("bad", Origin.LIVE, bad, "1111", "11x2", "2222");

    assertThat(numbers(page(cut))).isNotEmpty().allMatch(cell -> cell.endsWith("†"));
    assertThat(numbers(page(SampleFindings.answers("bad", Origin.LIVE, bad, "1111", "1122"))))
        .isNotEmpty()
        .noneMatch(cell -> cell.contains("†"));
  }

  private static List<String> numbers(Page page) {
    return page.elements("td").stream()
        .filter(cell -> cell.getAttribute("class").contains("num"))
        .map(Element::getTextContent)
        .map(String::strip)
        .filter(text -> text.matches("(?s).*\\d.*"))
        .toList();
  }

  /** 0.9 of 2 processors; the lab's process takes 0.1 of them and the load 0.3. */
  @Test
  void saysHowBusyTheMachineWas() {
    assertThat(words(SampleFindings.all(1).get(1)))
        .containsSubsequence(
            "How busy was the machine?", "since x = 0", "45.0 %", "5.0 %", "15.0 %", "–");
  }

  @Test
  void saysWhyTheMachineIsNotToBeSeen() {
    assertThat(words(Odd.twin(Strategy.ROLLING))).contains("no machine was busy with it");
    assertThat(words("1111", "2222")).contains("How busy the machine was is not recorded");
  }

  @Test
  void saysWhichFaultsItListsAndWhichNot() {
    assertThat(words("1111", "xxxx"))
        .contains("Here stands what broke beside the requests. Failed requests are above")
        .contains("The lab saw no node, task, engine or record fail");
  }

  @Test
  void showsTheWantedRateAndBothKindsOfLatency() {
    assertThat(words("1111", "1122", "2222"))
        .contains("40.0 requests a second were wanted")
        .contains("latency from the sending", "latency from the intended time");
  }

  @Test
  void allThatScrollsCanBeReachedByKeysAndHasItsOwnName() {
    Report.render(SampleFindings.all(1), folder);
    for (String name : List.of("index", "rolling", "canary", "canary-ip")) {
      List<Element> regions =
          Page.read(folder.resolve(name + ".html")).elements("*").stream()
              .filter(e -> e.getTagName().equals("pre") || e.getAttribute("class").equals("scroll"))
              .toList();
      assertThat(regions).isNotEmpty().allMatch(e -> e.getAttribute("tabindex").equals("0"));
      assertThat(regions.stream().map(e -> e.getAttribute("aria-label")))
          .doesNotContain("")
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void noHeadOfATableIsEmpty() {
    Report.render(SampleFindings.all(1), folder);
    for (String name : List.of("index", "rolling", "canary", "canary-ip", "blue-green")) {
      assertThat(Page.read(folder.resolve(name + ".html")).elements("th"))
          .noneMatch(head -> head.getTextContent().isBlank());
    }
  }
}
