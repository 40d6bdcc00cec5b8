package io.rolloutlab.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.matrix.MatrixResult;
import io.rolloutlab.matrix.MatrixRun;
import io.rolloutlab.matrix.MatrixSummary;
import io.rolloutlab.matrix.SampleMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class MatrixPageTest {
  @TempDir Path folder;

  private static SampleMatrix sample() {
    return MatrixPages.sample();
  }

  private static List<Findings> first(MatrixResult result) {
    return MatrixPages.first(result);
  }

  private Page page(SampleMatrix matrix) {
    return MatrixPages.page(matrix, folder);
  }

  private static List<String> classes(Page page, String words) {
    return page.elements("td").stream()
        .filter(cell -> cell.getTextContent().startsWith(words))
        .map(cell -> cell.getAttribute("class"))
        .toList();
  }

  @Test
  void showsOneNumberAtATimeAndLinksEveryCellToItsRuns() {
    Page page = page(sample());
    MatrixPages.further(sample().result(), folder);

    page.isSelfContained();
    List<Element> choices = page.elements("input");
    assertThat(choices).extracting(one -> one.getAttribute("type")).containsOnly("radio");
    assertThat(choices).extracting(one -> one.getAttribute("name")).containsOnly("shown");
    assertThat(choices.stream().filter(one -> one.hasAttribute("checked"))).hasSize(1);
    assertThat(page.elements("section")).hasSameSizeAs(choices);
    assertThat(page.elements("label").stream().map(one -> one.getAttribute("for")))
        .containsExactlyElementsOf(choices.stream().map(one -> one.getAttribute("id")).toList());
    assertThat(page.elements("label").stream().map(Element::getTextContent))
        .startsWith("Users hurt", "Failed requests", "Served again after, s", "Extra tasks")
        .contains("Outcome");
    assertThat(
            page.elements("a").stream()
                .map(a -> a.getAttribute("href"))
                .filter(href -> href.startsWith("report/")))
        .contains("report/a--good.html", "report/b--bad.html", "report/b--bad--2.html")
        .allSatisfy(href -> assertThat(folder.resolve(href)).exists());
  }

  @Test
  void coloursByHowManyAreHurtAndSumsUp() {
    Page page = page(sample());

    assertThat(classes(page, "12261.0 % · 120 to 124")).containsExactly("box sev-4");
    assertThat(classes(page, "21.0 % · 1 to 3")).containsExactly("box sev-2");
    assertThat(classes(page, "00 %")).contains("box sev-0");
    assertThat(page.words().replaceAll("\\s+", " "))
        .contains("Simulated: no Docker was used.")
        .contains("2 strategies in 2 situations, 2 simulated runs of each")
        .contains(
            "b hurts the fewest users: 2 (1 to 3) of 200. The next, a, hurts 122 (120 to 124).")
        .contains("Nobody is hurt, whichever of the 2 strategies is taken.")
        .contains("Two cells are told apart where");
    Element users = page.elements("table").get(0);
    String words = users.getTextContent().replaceAll("\\s+", " ").strip();
    assertThat(words)
        .startsWith("Strategygood")
        .contains("bad")
        .contains("Together")
        .endsWith("Worst0122");
  }

  @Test
  void whatCannotBeUsedIsNamedAndNotColoured() {
    Page page = page(sample().broken("a", "bad", "its <witnesses> do not agree"));

    assertThat(page.words())
        .contains("1 of 4 cells have no numbers that can be used")
        .contains("a × bad: its <witnesses> do not agree");
    assertThat(classes(page, "?")).contains("box").allMatch("box"::equals);
  }

  @Test
  void aCellWithFewerRunsThanAskedIsMarkedAndSaysWhatBecameOfTheOthers() {
    SampleMatrix matrix =
        new SampleMatrix(5, List.of("a", "b"), List.of("bad"))
            .cell("a", "bad", 9, 0, 8, 10)
            .unreadable("a", "bad", "runs/a--bad--3/manifest.json: no readable manifest")
            .cell("b", "bad", 3, 0, 1, 1, 1, 1, 1);
    Page page = page(matrix);

    assertThat(page.words())
        .contains("1 of 2 cells have fewer runs than were asked for")
        .contains(
            "a × bad: its numbers are those of 2 of 5 runs; a run could not be read:"
                + " runs/a--bad--3/manifest.json: no readable manifest; 2 were not made yet");
    assertThat(classes(page, "94.5 % · 8 to 10 · 2 of 5 runs")).hasSize(1);
    assertThat(page.elements("td").stream().map(Element::getTextContent))
        .filteredOn(words -> words.endsWith("2 of 5 runs"))
        .as("in every table")
        .hasSameSizeAs(page.elements("section"));
    assertThat(MatrixSummary.of(matrix.result()))
        .contains("? a × bad: its numbers are those of 2 of 5 runs;");
    assertThat(page(sample()).words()).doesNotContain("fewer runs");
  }

  @Test
  void aCellWhoseOnlyRunCannotBeReadSaysWhy() {
    Page page =
        page(
            new SampleMatrix(1, List.of("a", "b"), List.of("bad"))
                .unreadable("a", "bad", "runs/a--bad: torn")
                .cell("b", "bad", 3, 0, 1));

    assertThat(page.words())
        .contains("1 of 2 cells have no numbers that can be used")
        .contains("a × bad: a run could not be read: runs/a--bad: torn")
        .doesNotContain("fewer runs");
  }

  @Test
  void aCellThatWasNotRunYetHasNoPage() {
    MatrixResult result =
        new SampleMatrix(1, List.of("a", "b"), List.of("bad")).cell("a", "bad", 9, 0, 3).result();
    Page page = Page.read(Report.render(result, first(result).subList(0, 1), folder));

    page.isSelfContained();
    assertThat(page.words()).contains("b × bad: it has not been run yet");
    assertThat(page.elements("a").stream().map(a -> a.getAttribute("href")))
        .contains("report/a--bad.html")
        .doesNotContain("report/b--bad.html");
  }

  @Test
  void whatNobodyAskedForIsToldInOneSentence() {
    SampleMatrix matrix =
        new SampleMatrix(2, List.of("a", "b", "c"), List.of("good", "bad", "worse"))
            .only("b/bad", "b/good", "c/bad")
            .cell("b", "bad", 3, 4, 1, 3)
            .cell("b", "good", 0, 4, 0, 0);
    Page page = page(matrix);

    assertThat(page.words().replaceAll("\\s+", " "))
        .contains(
            "2 simulated runs of each of the 3 cells that this call asked for. 6 cells were not asked"
                + " for in this call and have no runs: all of a; all in worse; c × good.")
        .contains(
            "2 of each of the 3 cells that this call asked for, each with a seed of its own; the")
        .doesNotContain("of each cell", "earlier calls")
        .contains("1 of 3 cells have no numbers that can be used")
        .contains("c × bad: it has not been run yet")
        .contains("Nothing is compared in good: fewer than two strategies")
        .as("over all situations, only what was asked for in each of them is compared")
        .doesNotContain("c × good: it has not", "a × ", "× worse", "nothing can be said");
    Element users = page.elements("table").get(0);
    assertThat(users.getTextContent().replaceAll("\\s+", " "))
        .contains("good", "bad", "–not asked for")
        .doesNotContain("worse");
    assertThat(MatrixSummary.of(matrix.result()))
        .contains("6 cells were not asked for in this call", "? not run yet: c × bad")
        .doesNotContain("a × ");
  }

  @Test
  void anEarlierRunOfWhatNobodyAskedForIsShown() {
    Page page = page(sample().only("b/bad", "b/good"));

    assertThat(page.words())
        .contains("a × bad", "b hurts the fewest users")
        .contains("2 of each of the 2 cells that this call asked for, each with a seed of its own")
        .contains(
            "; the others that are shown have the runs of earlier calls; the seeds of one cell")
        .doesNotContain("not asked for", "Nothing is compared", "of each cell");
    assertThat(page(sample().only("b/bad")).words())
        .contains("2 of the one cell that this call asked for, ");
    assertThat(page(sample()).words())
        .contains(
            "2 simulated runs of each cell.", "2 of each cell, each with a seed of its own; the")
        .doesNotContain("asked for", "earlier calls");
  }

  @Test
  void ofOneStrategyNothingIsComparedWhichIsSaidOnce() {
    MatrixResult result =
        new SampleMatrix(1, List.of("a", "b"), List.of("good", "bad"))
            .only("a/good", "a/bad")
            .cell("a", "good", 0, 0, 0)
            .cell("a", "bad", 9, 0, 3)
            .result();

    assertThat(result.advice())
        .singleElement()
        .satisfies(
            advice ->
                assertThat(advice.text())
                    .isEqualTo(
                        "Nothing is compared in good and bad: fewer than two strategies that bring v2"
                            + " to everybody were asked for or run there."));
    assertThat(
            page(new SampleMatrix(1, List.of("a"), List.of("bad")).cell("a", "bad", 9, 0, 3))
                .words())
        .as("where nothing was left out, the numbers are what is missing")
        .contains("Nothing can be said: only a left numbers that can be trusted.");
  }

  @Test
  void theFilesForProgramsHaveEveryRun() throws IOException {
    page(sample());

    try (Stream<String> lines = Files.lines(folder.resolve("matrix.csv"))) {
      List<String> all = lines.toList();
      assertThat(all).hasSize(1 + 8);
      assertThat(all.get(0)).startsWith("strategy,situation,run,origin,seed,usersHurt,");
      assertThat(all).anyMatch(line -> line.startsWith("a,bad,run-1,TWIN,2,124,"));
    }
    assertThat(folder.resolve("matrix.json"))
        .content()
        .contains("\"origin\" : \"twin\"", "\"usersHurt\" : 124.0", "b hurts the fewest users");
  }

  @Test
  void theNumbersOfARunAreThoseOfItsFindings() {
    MatrixResult result = sample().result();
    Findings found = first(result).get(1);

    MatrixRun run = MatrixRun.of(found);

    assertThat(run.values())
        .containsEntry("usersHurt", (double) found.harm().orThrow().users().count())
        .containsEntry("failedRequests", (double) found.errors().orThrow().sinceRollout().count())
        .containsEntry("servedAgainSeconds", 1.0)
        .containsEntry("usersHurt", 1.0);
    assertThat(run.open()).isEmpty();
    assertThat(run.trouble()).isEmpty();
  }

  @Test
  void whoIsHurtUpToTheEndIsNotServedAgain() {
    Findings found =
        SampleFindings.answers(
            "twin-x",
            Manifest.Origin.TWIN,
            sample().result().matrix().cells().get(0).scenario(),
            "1111",
            "1x12",
            "2222",
            "2222",
            "222x",
            "2222");

    MatrixRun run = MatrixRun.of(found);

    assertThat(run.values()).containsEntry("servedAgainSeconds", 4.0);
    assertThat(run.open()).contains("servedAgainSeconds");
  }

  @Test
  void realAndSimulatedRunsAreNeverMixed() {
    MatrixResult result = sample().result();
    Findings real =
        SampleFindings.answers(
            "x", Manifest.Origin.LIVE, result.matrix().cells().get(0).scenario(), "1111", "2222");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Report.render(result, List.of(real), folder))
        .withMessageContaining("must not share a matrix");
  }
}
