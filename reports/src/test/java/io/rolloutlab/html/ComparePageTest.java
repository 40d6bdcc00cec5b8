package io.rolloutlab.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.change.Changes;
import io.rolloutlab.change.Side;
import io.rolloutlab.history.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class ComparePageTest {
  @TempDir Path folder;

  private static List<Findings> runs(long... seeds) {
    return java.util.Arrays.stream(seeds)
        .mapToObj(SampleFindings::all)
        .flatMap(List::stream)
        .toList();
  }

  private Page page(List<Findings> a, List<Findings> b) {
    Changes changes =
        Changes.between(new Side("A", "batch <one>", a), new Side("B", "batch two", b));
    return Page.read(ComparePage.render(changes, folder));
  }

  @Test
  void showsEveryNumberOfEveryScenarioWithADotForEachRun() {
    Page page = page(runs(1, 2, 3, 4), runs(11, 12, 13, 14));

    page.isSelfContained();
    assertThat(page.words()).contains("A: batch <one>. B: batch two.", "4 runs in A, 4 in B");
    assertThat(page.elements("h2").stream().map(Element::getTextContent))
        .containsExactly("baseline", "blue-green", "canary", "canary-ip", "rolling");
    Element strip =
        page.elements("svg").stream()
            .filter(svg -> svg.getAttribute("role").equals("img"))
            .findFirst()
            .orElseThrow();
    assertThat(strip.getAttribute("aria-label")).matches("A: .*, .*, .*, .*\\. B: .*");
    assertThat(strip.getElementsByTagName("circle").getLength()).isEqualTo(4);
    assertThat(strip.getElementsByTagName("path").getLength()).isEqualTo(4);
    assertThat(Stream.of("compare.md", "compare.json").map(folder::resolve))
        .allSatisfy(file -> assertThat(file).isNotEmptyFile());
  }

  @Test
  void namesWhatCannotBeCompared() {
    Findings real = runs(1).get(0);
    Findings broken =
        SampleFindings.brokenOff(
            "b <r>", Manifest.Origin.LIVE, real.manifest().scenario(), "1111", "2222");

    Page page = page(runs(1), List.of(broken));

    page.isSelfContained();
    assertThat(page.words())
        .contains("The run b <r> of B (it failed", "There is nothing to compare")
        .contains("Rolling is in A only");
  }
}
