package io.rolloutlab.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.Histories;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Manifest.Origin;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.read.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class IndexPageTest {
  @TempDir Path folder;

  private Page page(List<Findings> runs) {
    return Page.read(Report.render(runs, folder));
  }

  @Test
  void aRunThatReachedNoClusterIsToldBesideTheOthers() {
    List<Findings> runs = new ArrayList<>(SampleFindings.all(1));
    Scenario rolling = runs.get(1).manifest().scenario();
    runs.add(SampleFindings.withoutCluster("nowhere", rolling, "the engine has no image mine:2"));

    assertThat(page(runs).words()).contains("the engine has no image mine:2", "unknown");
  }

  @Test
  void thatRunsRestOnDifferentModesIsSaidFirstAndBehindEachClaim() {
    List<Findings> runs = new ArrayList<>(SampleFindings.all(1));
    runs.add(
        Analysis.analyse(
            Histories.of(Strategy.ROLLING)
                .vip()
                .phase(0, PhaseKind.ROLLOUT)
                .ok(1, 100, 5, "v1")
                .end(10_000, Event.End.COMPLETED)
                .build()));

    assertThat(page(runs).words())
        .containsSubsequence(
            "These runs rest on different modes of balancing: vip in rolling-2; dnsrr in baseline",
            "Who answered, run by run",
            "Behind each claim stands on which balancing its runs rest",
            "Rolling serves both versions at once.",
            "Balancing of its runs: ");
  }

  private Scenario scenario(String text) throws IOException {
    return new ScenarioReader().read(Files.writeString(folder.resolve("a.yaml"), text));
  }

  private static List<Element> tiles(Page page) {
    return page.elements("figure").stream()
        .filter(figure -> figure.getAttribute("class").equals("tile"))
        .toList();
  }

  private static List<String> texts(Element within) {
    NodeList all = within.getElementsByTagName("text");
    return IntStream.range(0, all.getLength()).mapToObj(i -> all.item(i).getTextContent()).toList();
  }

  @Test
  void startsWithThreeSentencesThenPicturesThenBarsThenTheTables() {
    String words = page(SampleFindings.all(1)).words();

    assertThat(words)
        .containsSubsequence(
            "but these runs do not tell which of them serves users best",
            "The most room was needed in",
            "Who answered, run by run",
            "Side by side",
            "Verdicts",
            "Comparison");
  }

  @Test
  void drawsAllRunsSmallOnOneTimeAxis() {
    Page page = page(SampleFindings.all(1));

    assertThat(tiles(page)).hasSize(5);
    Set<List<String>> axes =
        tiles(page).stream().map(IndexPageTest::texts).collect(Collectors.toSet());
    assertThat(axes).hasSize(1);
    assertThat(axes.iterator().next()).contains("0");
  }

  @Test
  void drawsNoBarsThatAreAllTheSame() throws IOException {
    Scenario rolling = scenario("{name: a, question: q, strategy: rolling}");
    Findings one = SampleFindings.answers("a", Origin.LIVE, rolling, "11", "12", "22");
    Findings worse = SampleFindings.answers("b", Origin.LIVE, rolling, "11", "12", "2x");

    assertThat(page(List.of(one, one)).words()).doesNotContain("Side by side");
    assertThat(page(List.of(one, worse)).words())
        .contains("Side by side", "Failed requests (lowest is best)")
        .doesNotContain("Peak tasks (lowest is best)");
  }

  @Test
  void showsNoMachineOfASimulatedRun() {
    Page page = page(List.of(Odd.twin(Strategy.BASELINE), Odd.twin(Strategy.ROLLING)));

    assertThat(page.words()).doesNotContain("CPUs").doesNotContain("Kernel");
    assertThat(Page.read(folder.resolve("rolling.html")).words())
        .doesNotContain("CPUs")
        .doesNotContain("Kernel")
        .contains("simulated: no Docker was used");
    assertThat(page(SampleFindings.all(1)).words()).contains("CPUs", "Kernel");
  }

  @Test
  void saysThatAnImageOfOnesOwnWasNotRunByTheSimulatedSwarm() throws IOException {
    Scenario own =
        scenario("{name: a, question: q, strategy: rolling, app: {v2: {image: 'hello:2'}}}");
    Findings twin = SampleFindings.answers("a", Origin.TWIN, own, "11", "22");
    Findings live = SampleFindings.answers("a", Origin.LIVE, own, "11", "22");

    page(List.of(twin));
    for (String name : List.of("index", "a")) {
      assertThat(Page.read(folder.resolve(name + ".html")).words())
          .contains("The lab's own app was played in place of hello:2");
    }
    assertThat(page(List.of(live)).words()).doesNotContain("was played");
  }

  @Test
  void leavesOutClaimsAboutStrategiesThatWereNotRun() {
    List<Findings> all = SampleFindings.all(1);
    List<Findings> rolling =
        all.stream()
            .filter(run -> run.manifest().scenario().strategy().equals(Strategy.ROLLING))
            .toList();

    assertThat(page(rolling).words())
        .contains("Rolling serves both versions at once.")
        .contains("9 of the exercise's 10 claims need runs that are not here.")
        .doesNotContain("Blue-green costs twice the resources.");
    assertThat(page(all).words())
        .contains("Blue-green costs twice the resources.")
        .as("nothing bad was run")
        .contains("3 of the exercise's 10 claims need runs that are not here.")
        .doesNotContain("Canary is the least risky.");
  }
}
