package io.rolloutlab.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.matrix.SampleMatrix;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the page of a matrix shows of cells that were run more than once. */
class MatrixRepeatsTest {
  @TempDir Path folder;

  private Page page(SampleMatrix matrix) {
    return MatrixPages.page(matrix, folder);
  }

  private static SampleMatrix five() {
    return new SampleMatrix(5, List.of("a", "b"), List.of("good", "bad"))
        .cell("a", "good", 0, 0, 0, 0, 0, 0, 0)
        .cell("a", "bad", 9, 0, 40, 44, 42, 41, 43)
        .cell("b", "good", 0, 4, 0, 0, 0, 0, 0)
        .cell("b", "bad", 3, 4, 3, 2, 4, 3, 22);
  }

  /** The rows of dots in the table of one number. */
  private static List<Element> dots(Page page, String label) {
    Element section =
        page.elements("section").stream()
            .filter(one -> one.getAttribute("aria-label").equals(label))
            .findFirst()
            .orElseThrow();
    return all(section, "svg");
  }

  private static List<Element> all(Element within, String name) {
    NodeList found = within.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }

  private static List<String> places(Element dots) {
    return all(dots, "circle").stream().map(dot -> dot.getAttribute("cx")).toList();
  }

  private static List<String> values(List<Element> dots) {
    return dots.stream().map(one -> one.getAttribute("aria-label")).toList();
  }

  @Test
  void eachRunOfACellIsADotAndItsValueIsThereInWords() {
    Page page = page(five());
    List<Element> users = dots(page, "Users hurt");

    page.isSelfContained();
    assertThat(values(users))
        .containsExactly(
            "runs: 0, 0, 0, 0, 0",
            "runs: 40, 44, 42, 41, 43",
            "runs: 0, 0, 0, 0, 0",
            "runs: 3, 2, 4, 3, 22");
    assertThat(users).allMatch(one -> one.getAttribute("role").equals("img"));
    assertThat(users).allSatisfy(one -> assertThat(places(one)).hasSize(5));
    assertThat(users)
        .allMatch(one -> ((Element) one.getParentNode()).getAttribute("class").startsWith("box"));
    assertThat(dots(page, "Outcome")).isEmpty();
    assertThat(dots(page, "Peak memory, ×")).as("no run has that number").isEmpty();
  }

  @Test
  void allDotsOfATableHaveOneScale() {
    List<Element> users = dots(page(five()), "Users hurt");

    assertThat(places(users.get(0))).as("the least of all").containsOnly("8.0");
    assertThat(places(users.get(1)).get(1)).as("the most of all").isEqualTo("132.0");
    assertThat(places(users.get(3)).get(4)).as("halfway").isEqualTo("70.0");
    assertThat(page(five()).words())
        .contains("All dots of this table have one scale, from 0 at the left to 44 at the right.")
        .contains("from 0 at the left to 132 at the right");
  }

  @Test
  void runsThatAreAllAlikeStandInTheMiddle() {
    Page page =
        page(
            new SampleMatrix(2, List.of("a", "b"), List.of("bad"))
                .cell("a", "bad", 9, 4, 7, 7)
                .cell("b", "bad", 9, 4, 7, 7));

    assertThat(dots(page, "Users hurt"))
        .allSatisfy(one -> assertThat(places(one)).containsOnly("70.0"));
    assertThat(page.words())
        .contains("Each dot is a run; all of them came to 7.")
        .contains("Each dot is a run; all of them came to 4.")
        .doesNotContain("have one scale");
  }

  @Test
  void aSingleRunHasNoDot() {
    Page page =
        page(
            new SampleMatrix(1, List.of("a", "b"), List.of("bad"))
                .cell("a", "bad", 9, 0, 120)
                .cell("b", "bad", 9, 0, 3));

    assertThat(page.elements("circle"))
        .allMatch(dot -> dot.getAttribute("class").equals("dot-hatch"));
    assertThat(page.words()).doesNotContain("Each dot");
  }

  @Test
  void norHaveCellsWithoutNumbersAndTheOnlyRunOfSeveral() {
    SampleMatrix matrix =
        five().cell("a", "good", 9, 0, 200).broken("b", "bad", "it was interrupted");

    Page page = page(matrix);
    assertThat(values(dots(page, "Users hurt")))
        .containsExactly("runs: 40, 44, 42, 41, 43", "runs: 0, 0, 0, 0, 0");
    assertThat(page.words()).contains("from 0 at the left to 44 at the right");
  }

  @Test
  void aRunThatIsKnownToBeTooSmallIsMarkedInWords() {
    assertThat(values(dots(page(five().neverServedAgain("a", "bad")), "Served again after, s")))
        .contains("runs: > 9, > 9, > 9, > 9, > 9", "runs: 3, 3, 3, 3, 3");
  }

  /** Where the numbers of a cell lead to. */
  private static List<String> targets(Page page, String label) {
    return page.elements("a").stream()
        .filter(link -> link.getAttribute("aria-label").startsWith(label + ": "))
        .map(link -> link.getAttribute("href"))
        .distinct()
        .toList();
  }

  /** The links to the runs of a cell, each with its words. */
  private static List<String> runs(Page page, String cell) {
    Element row =
        page.elements("tr").stream()
            .filter(one -> one.getAttribute("id").equals(cell))
            .findFirst()
            .orElseThrow();
    return all(row, "td").stream()
        .map(
            one ->
                all(one, "a").get(0).getAttribute("href").replace("report/", "")
                    + " "
                    + one.getTextContent())
        .toList();
  }

  @Test
  void aNumberLeadsToTheRunsOfItsCellEachOfWhichHasAPage() {
    SampleMatrix matrix =
        new SampleMatrix(2, List.of("a", "b"), List.of("bad"))
            .cell("a", "bad", 9, 4, 7, 8)
            .cell("b", "bad", 9, 4, 5);
    Page page = page(matrix);
    MatrixPages.further(matrix.result(), folder);

    page.isSelfContained();
    assertThat(targets(page, "a × bad")).containsExactly("#a--bad");
    assertThat(runs(page, "a--bad"))
        .containsExactly(
            "a--bad.html run 17 hurt, completed", "a--bad--2.html run 28 hurt, completed");
    assertThat(targets(page, "b × bad")).as("the only run").containsExactly("report/b--bad.html");
    Page second = Page.read(folder.resolve("report/a--bad--2.html"));
    second.isSelfContained();
    assertThat(second.elements("h1").get(0).getTextContent()).startsWith("a--bad--2");
    assertThat(second.elements("a").stream().limit(3).map(link -> link.getAttribute("href")))
        .containsExactly("index.html", "a--bad.html", "a--bad--2.html");
    assertThat(folder.resolve("report/b--bad--2.html")).doesNotExist();
  }

  @Test
  void aRunKeepsItsNumberWhereAnEarlierOneIsMissing() {
    Page page = page(five().withoutFirst("a", "bad").broken("b", "bad", "it was interrupted"));

    assertThat(runs(page, "a--bad"))
        .as("the first that is there is in the report of first runs")
        .containsExactly(
            "a--bad.html run 244 hurt, completed",
            "a--bad--3.html run 342 hurt, completed",
            "a--bad--4.html run 441 hurt, completed",
            "a--bad--5.html run 543 hurt, completed");
    assertThat(runs(page, "b--bad"))
        .hasSize(5)
        .contains("b--bad--2.html run 2its numbers cannot be used");
  }

  @Test
  void theIntervalOfTheDifferenceIsToldOnThePageAndForPrograms() {
    SampleMatrix matrix = five().cell("b", "bad", 3, 4, 3, 2, 4, 3, 3);

    assertThat(page(matrix).words().replaceAll("\\s+", " "))
        .contains("hurts 42 (40 to 44), 39 more than b on average (95 % interval 37 to 41).")
        .contains("An interval is of the two cells alone")
        .contains("None is given for a difference below 1 % of the mean");
    assertThat(folder.resolve("matrix.json"))
        .content()
        .containsPattern(
            "(?s)\"next\" : \"a--bad\",\\s*\"best\" : \"b--bad\",\\s*\"difference\" : 39\\.0,"
                + "\\s*\"interval95\" : \\{\\s*\"low\" : 3[678]\\.")
        .containsPattern("(?s)\"situation\" : \"good\".*\"nextAgainstBest\" : null");
  }

  @Test
  void ofFewerRunsNothingIsSaidOfIt() {
    Page page = page(MatrixPages.sample());

    assertThat(page.words()).contains("The next, a, hurts 122").doesNotContain("An interval is of");
    assertThat(folder.resolve("matrix.json"))
        .content()
        .contains("\"nextAgainstBest\" : null")
        .doesNotContain("interval95");
  }
}
