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
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.matrix.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class MatrixPageTest {
  @TempDir Path folder;

  private static SampleMatrix sample() {
    return new SampleMatrix(2, List.of("a", "b"), List.of("good", "bad"))
        .cell("a", "good", 0, 0, 0, 0)
        .cell("a", "bad", 9, 0, 120, 124)
        .cell("b", "good", 0, 4, 0, 0)
        .cell("b", "bad", 3, 4, 1, 3);
  }

  private static List<Findings> first(MatrixResult result) {
    return result.matrix().cells().stream()
        .map(Matrix.Cell::scenario)
        .map(MatrixPageTest::run)
        .toList();
  }

  private static Findings run(Scenario scenario) {
    return SampleFindings.answers(
        "twin-" + scenario.name(),
        Manifest.Origin.TWIN,
        scenario,
        "1111",
        "1x12",
        "2222",
        "2222",
        "2222");
  }

  private Page page(SampleMatrix matrix) {
    MatrixResult result = matrix.result();
    return Page.read(Report.render(result, first(result), folder));
  }

  private static List<String> classes(Page page, String words) {
    return page.elements("td").stream()
        .filter(cell -> cell.getTextContent().startsWith(words))
        .map(cell -> cell.getAttribute("class"))
        .toList();
  }

  @Test
  void showsOneNumberAtATimeAndLinksEveryCellToItsRun() {
    Page page = page(sample());

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
        .contains("report/a--good.html", "report/b--bad.html")
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

  /** The boxes of a row of the table of times until users are served again. */
  private static List<String> servedAgain(Page page, String head) {
    NodeList rows = page.elements("table").get(2).getElementsByTagName("tr");
    return IntStream.range(0, rows.getLength())
        .mapToObj(i -> (Element) rows.item(i))
        .filter(row -> row.getElementsByTagName("th").item(0).getTextContent().startsWith(head))
        .map(row -> row.getElementsByTagName("td"))
        .flatMap(
            boxes ->
                IntStream.range(0, boxes.getLength())
                    .mapToObj(i -> boxes.item(i).getTextContent()))
        .toList();
  }

  @Test
  void aSumIsNoSurerThanItsCells() {
    Page page =
        page(
            new SampleMatrix(1, List.of("a", "b"), List.of("good", "bad"))
                .cell("a", "good", 3, 0, 1)
                .cell("a", "bad", 60, 0, 9)
                .neverServedAgain("a", "bad")
                .cell("b", "good", 0, 0, 0)
                .broken("b", "bad", "it was interrupted"));

    assertThat(servedAgain(page, "a")).containsExactly("3", "> 60", "> 60", "> 63");
    assertThat(servedAgain(page, "b")).containsExactly("0", "?", "01 of 2 cells", "01 of 2 cells");
    assertThat(servedAgain(page, "Best")).startsWith("0", "> 601 of 2 cells");
    assertThat(servedAgain(page, "Worst")).startsWith("3", "> 601 of 2 cells");
    assertThat(page.words()).contains("says of how many it is");
  }

  @Test
  void theBestIsOpenWhereItIsOneThatIsKnownToBeTooSmall() {
    SampleMatrix matrix =
        new SampleMatrix(1, List.of("a", "b"), List.of("bad"))
            .cell("a", "bad", 60, 0, 9)
            .neverServedAgain("a", "bad");

    Page sooner = page(matrix.cell("b", "bad", 5, 0, 9));
    assertThat(servedAgain(sooner, "Best")).first().isEqualTo("5");
    assertThat(servedAgain(sooner, "Worst")).first().isEqualTo("> 60");

    Page later = page(matrix.cell("b", "bad", 90, 0, 9));
    assertThat(servedAgain(later, "Best")).first().isEqualTo("> 60");
    assertThat(servedAgain(later, "Worst")).first().isEqualTo("> 90");
  }

  @Test
  void whoIsNotForEverybodyIsNotRankedAndThePageSaysWhy() {
    Page page =
        page(
            new SampleMatrix(1, List.of("a", "listed", "b"), List.of("bad"))
                .cell("a", "bad", 7, 0, 30)
                .cell("listed", "bad", 1, 0, 2)
                .cell("b", "bad", 9, 0, 40));

    assertThat(servedAgain(page, "Best")).first().isEqualTo("7");
    assertThat(servedAgain(page, "Worst")).first().isEqualTo("9");
    assertThat(servedAgain(page, "listed")).first().isEqualTo("1");
    assertThat(
            page.elements("th").stream()
                .map(Element::getTextContent)
                .filter(head -> head.endsWith("not ranked")))
        .isNotEmpty()
        .allMatch(head -> head.startsWith("listed"));
    assertThat(page.elements("section").get(2).getTextContent())
        .contains("Not compared, since not everybody is to get v2 there")
        .contains("These are in neither “Best” nor “Worst”.");
    assertThat(page(sample()).words()).doesNotContain("not ranked", "neither “Best”");
  }

  @Test
  void whatCannotBeUsedIsNamedAndNotColoured() {
    Page page = page(sample().broken("a", "bad", "its <witnesses> do not agree"));

    assertThat(page.words())
        .contains("1 of 4 cells have no numbers that can be used")
        .contains("a × bad: its <witnesses> do not agree");
    assertThat(classes(page, "?")).contains("box").allMatch("box"::equals);
  }

  /** The classes of the colours in the table of one number. */
  private static List<String> colours(Page page, String label) {
    Element section =
        page.elements("section").stream()
            .filter(one -> one.getAttribute("aria-label").equals(label))
            .findFirst()
            .orElseThrow();
    NodeList boxes = section.getElementsByTagName("td");
    return IntStream.range(0, boxes.getLength())
        .mapToObj(i -> ((Element) boxes.item(i)).getAttribute("class"))
        .filter(name -> name.startsWith("box "))
        .map(name -> name.substring("box ".length()))
        .toList();
  }

  @Test
  void onlyHarmLooksLikeHarm() {
    Page page = page(sample().outcome("a", "bad", MatrixRun.GIVEN_UP));

    assertThat(colours(page, "Users hurt")).containsExactly("sev-0", "sev-4", "sev-0", "sev-2");
    assertThat(colours(page, "Failed requests")).hasSize(4).allMatch(c -> c.startsWith("sev-"));
    assertThat(colours(page, "Served again after, s"))
        .containsExactly("sev-0", "sev-4", "sev-0", "sev-2");
    assertThat(colours(page, "Extra tasks")).containsExactly("amount-4", "amount-4");
    assertThat(colours(page, "Outcome")).containsExactly("amount-2");
    assertThat(page.words())
        .contains("the shade says how much it is, not how bad", "which may be for the best");
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void everyShadeCanBeReadUpon(String theme) {
    String style = page(sample()).text().split("</style>")[0];
    String text = colour(style, "text", theme);
    for (String shade :
        List.of(
            "sev-0", "sev-1", "sev-2", "sev-3", "sev-4", "amount-1", "amount-2", "amount-3",
            "amount-4", "raised")) {
      double one = luminance(text);
      double other = luminance(colour(style, shade, theme));
      assertThat((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05))
          .as("contrast of the text on --%s, %s", shade, theme)
          .isGreaterThanOrEqualTo(4.5);
    }
  }

  /** Each colour is said for the light, and after that for the dark. */
  private static String colour(String style, String name, String theme) {
    List<String> found =
        Pattern.compile("--" + name + ": #([0-9a-f]{6})")
            .matcher(style)
            .results()
            .map(one -> one.group(1))
            .toList();
    assertThat(found).as(name).hasSize(2);
    return found.get(theme.equals("light") ? 0 : 1);
  }

  /** By the rules of WCAG 2. */
  private static double luminance(String colour) {
    double[] linear =
        IntStream.of(0, 2, 4)
            .mapToDouble(at -> Integer.parseInt(colour.substring(at, at + 2), 16) / 255.0)
            .map(c -> c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4))
            .toArray();
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
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
