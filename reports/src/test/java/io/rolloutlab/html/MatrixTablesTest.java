package io.rolloutlab.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.matrix.MatrixRun;
import io.rolloutlab.matrix.SampleMatrix;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the tables of a matrix sum up, and how they are coloured. */
class MatrixTablesTest {
  private static final List<String> SHADES =
      List.of(
          "sev-0",
          "sev-1",
          "sev-2",
          "sev-3",
          "sev-4",
          "amount-1",
          "amount-2",
          "amount-3",
          "amount-4",
          "raised");

  @TempDir Path folder;

  private Page page(SampleMatrix matrix) {
    return MatrixPages.page(matrix, folder);
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
                IntStream.range(0, boxes.getLength()).mapToObj(i -> boxes.item(i).getTextContent()))
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
    assertThat(page(MatrixPages.sample()).words()).doesNotContain("not ranked", "neither “Best”");
  }

  /** The classes of the colours in the table of one number. */
  private static List<String> colours(Page page, String label) {
    NodeList boxes = section(page, label).getElementsByTagName("td");
    return IntStream.range(0, boxes.getLength())
        .mapToObj(i -> ((Element) boxes.item(i)).getAttribute("class"))
        .filter(name -> name.startsWith("box "))
        .map(name -> name.substring("box ".length()))
        .toList();
  }

  @Test
  void onlyHarmLooksLikeHarm() {
    Page page = page(MatrixPages.sample().outcome("a", "bad", MatrixRun.GIVEN_UP));

    assertThat(colours(page, "Users hurt")).containsExactly("sev-0", "sev-4", "sev-0", "sev-2");
    assertThat(colours(page, "Failed requests")).hasSize(4).allMatch(c -> c.startsWith("sev-"));
    assertThat(colours(page, "Served again after, s"))
        .containsExactly("sev-0", "sev-4", "sev-0", "sev-2");
    assertThat(colours(page, "Extra tasks")).containsExactly("amount-4", "amount-4");
    assertThat(colours(page, "Outcome")).containsExactly("amount-2");
    assertThat(page.words())
        .contains("the shade says how much it is, not how bad", "which may be for the best");
  }

  @Test
  void theMostOfACostIsNotTheWorst() {
    List<String> harm = heads(page(MatrixPages.sample()), "Users hurt");
    List<String> cost = heads(page(MatrixPages.sample()), "Extra tasks");

    assertThat(harm).contains("Best", "Worst").doesNotContain("Least", "Most");
    assertThat(cost).contains("Least", "Most").doesNotContain("Best", "Worst");
  }

  private static List<String> heads(Page page, String label) {
    NodeList heads = section(page, label).getElementsByTagName("th");
    return IntStream.range(0, heads.getLength())
        .mapToObj(i -> heads.item(i).getTextContent())
        .toList();
  }

  private static Element section(Page page, String label) {
    return page.elements("section").stream()
        .filter(one -> one.getAttribute("aria-label").equals(label))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void everyShadeCanBeReadUpon(String theme) {
    String style = page(MatrixPages.sample()).text().split("</style>")[0];
    String text = colour(style, "text", theme);
    for (String shade : SHADES) {
      assertThat(contrast(text, colour(style, shade, theme)))
          .as("contrast of the text on --%s, %s", shade, theme)
          .isGreaterThanOrEqualTo(4.5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void everyDotCanBeSeenOnEveryShade(String theme) {
    Page page = page(MatrixPages.sample());
    List<Element> dots =
        page.elements("g").stream().filter(one -> one.hasAttribute("fill-opacity")).toList();
    assertThat(dots).isNotEmpty().allMatch(one -> one.getAttribute("class").equals("f-text"));
    double opacity = Double.parseDouble(dots.get(0).getAttribute("fill-opacity"));
    String style = page.text().split("</style>")[0];
    String text = colour(style, "text", theme);
    for (String shade : SHADES) {
      String under = colour(style, shade, theme);
      assertThat(contrast(mixed(text, under, opacity), under))
          .as("contrast of a dot on --%s, %s", shade, theme)
          .isGreaterThanOrEqualTo(3);
    }
  }

  private static double contrast(String some, String other) {
    double one = luminance(some);
    double two = luminance(other);
    return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
  }

  private static String mixed(String over, String under, double opacity) {
    return IntStream.of(0, 2, 4)
        .mapToObj(
            at ->
                "%02x"
                    .formatted(
                        Math.round(opacity * part(over, at) + (1 - opacity) * part(under, at))))
        .collect(Collectors.joining());
  }

  private static int part(String colour, int at) {
    return Integer.parseInt(colour.substring(at, at + 2), 16);
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
            .mapToDouble(at -> part(colour, at) / 255.0)
            .map(c -> c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4))
            .toArray();
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }
}
