package io.rolloutlab.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ChartsTest {
  private static final String HOSTILE = "a<b>&\"c\"\u0001</svg> 漢";
  private static final Frame FRAME =
      new Frame(
          -4,
          8,
          List.of(
              new Frame.Band("A", "warm-up", Ink.BAND_CALM, -10, 0),
              new Frame.Band(
                  "B",
                  "a label too long for its band, however long the band may be in this frame",
                  Ink.BAND_ROLLOUT,
                  0,
                  5),
              new Frame.Band("C", HOSTILE, Ink.BAND_ROLLBACK, 5, 20)),
          List.of(
              new Frame.Mark(1, 0.1),
              new Frame.Mark(2, 0.2),
              new Frame.Mark(3, 5),
              new Frame.Mark(44, 99)));
  private static final double[] X = IntStream.range(-4, 8).mapToDouble(i -> i).toArray();

  private static String stack() {
    return TimeChart.of(FRAME, "requests per second")
        .stack(Ink.V1, X, new double[] {4, 4, 4, 4, 3, 2, 1, 0, 0, 0, 0, 0}, 8)
        .stack(Ink.V2, X, new double[] {0, 0, 0, 0, 1, 2, 2, 4, 4, 4, 4, 4}, 8)
        .stack(Ink.FAILED, X, new double[] {0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0}, 8)
        .svg(Size.WIDE, "t-", "what it \"shows\"");
  }

  @Test
  void drawsAStaircaseTheSameEverywhere() {
    Locale before = Locale.getDefault();
    try {
      for (String tag : List.of("en-US", "de-DE", "ar-EG-u-nu-arab", "tr-TR")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertThat(stack() + "\n").isEqualTo(golden("staircase.svg"));
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void namesAPhaseWhereThereIsRoomAndElseGivesItsLetter() {
    assertThat(stack()).contains(">A warm-up<").contains(">B<").doesNotContain("too long");
  }

  @Test
  void mergesTheNumbersOfStepsThatAreTooClose() {
    assertThat(stack()).contains(">1–2<").contains(">3<").doesNotContain(">44<");
  }

  private static String lineWith(Frame.Moment... moments) {
    Frame frame = new Frame(0, 12, List.of(), List.of(), List.of(moments));
    return TimeChart.of(frame, "running tasks")
        .line(Ink.V1, TimeChart.Dash.SOLID, new double[] {0, 12}, new double[] {1, 1})
        .svg(Size.WIDE, "m-", "with moments");
  }

  /** Where the words of a moment stand, as x and y. */
  private static List<Double> place(String svg, String words) {
    Matcher found = Pattern.compile("<text([^>]*)>" + words + "</text>").matcher(svg);
    assertThat(found.find()).as(words).isTrue();
    return Stream.of("x", "y")
        .map(name -> found.group(1).replaceAll(".* " + name + "=\"([^\"]+)\".*", "$1"))
        .map(Double::valueOf)
        .toList();
  }

  @Test
  void aMomentIsALineWithItsFormAndItsWords() {
    String bare = lineWith();
    String svg = lineWith(new Frame.Moment("alarm rang", Mark.TRIANGLE, 3));

    wellFormed(svg);
    assertThat(svg).contains("f-halo", "s-halo", "s-text");
    assertThat(bare).doesNotContain("halo", "s-text");
    assertThat(place(svg, "alarm rang").get(0)).isBetween(260.0, 290.0);
  }

  @Test
  void theWordsOfMomentsNeverLieOnEachOther() {
    String svg =
        lineWith(
            new Frame.Moment("alarm rang", Mark.TRIANGLE, 3.2),
            new Frame.Moment("harm began", Mark.DIAMOND, 3),
            new Frame.Moment("served again", Mark.CIRCLE, 11.9));

    double first = place(svg, "harm began").get(1);
    assertThat(place(svg, "alarm rang").get(1)).as("in the next row").isGreaterThan(first + 10);
    assertThat(place(svg, "served again").get(1)).as("has room beside them").isEqualTo(first);
    assertThat(place(svg, "served again").get(0)).as("left of its line").isLessThan(810);
  }

  @Test
  void breaksLinesWhereValuesAreMissing() {
    double[] y = {5, 5, Double.NaN, Double.NaN, 7, 200, 7, 7, 0, 7, 7, 7};
    String svg =
        TimeChart.of(FRAME, "milliseconds")
            .logarithmic()
            .line(Ink.P99, TimeChart.Dash.DOTTED, X, y)
            .svg(Size.NARROW, "l-", "latency");
    wellFormed(svg);
    String line =
        svg.lines().findFirst().orElseThrow().replaceAll(".*d=\"(M[^\"]*L[^\"]*)\"[^>]*/>.*", "$1");
    assertThat(line.chars().filter(c -> c == 'M').count()).isEqualTo(3);
    assertThat(svg).contains(">10<").contains(">200<");
  }

  @Test
  void drawsNothingButItsFrameWithoutData() {
    String svg = TimeChart.of(FRAME, "requests").svg(Size.WIDE, "e-", "nothing");
    wellFormed(svg);
    assertThat(svg).contains("f-band-rollout").contains(">requests<");
  }

  @Test
  void drawsBarsForTheSmallTheMissingAndTheNegative() {
    String svg =
        BarChart.of(
                List.of(
                    new BarChart.Bar("baseline", OptionalDouble.of(0), "0 s", Ink.BASELINE),
                    new BarChart.Bar(HOSTILE, OptionalDouble.of(-3), "-3 s", Ink.ACCENT),
                    new BarChart.Bar("canary", OptionalDouble.empty(), "–", Ink.ACCENT),
                    new BarChart.Bar("rolling", OptionalDouble.of(12.5), "12.5 s ★", Ink.ACCENT)))
            .svg("b-", HOSTILE);
    wellFormed(svg);
    assertThat(svg).contains("12.5 s ★").contains("a&lt;b&gt;&amp;").doesNotContain("\u0001");
  }

  @Test
  void drawsAWhiskerWhereThereIsASpread() {
    String bare = BarChart.of(List.of(bar(Double.NaN, Double.NaN))).svg("b-", "bare");
    String whiskered = BarChart.of(List.of(bar(1, 20))).svg("b-", "with a whisker");

    wellFormed(whiskered);
    assertThat(bare).contains("width=\"338\"").doesNotContain("<line");
    // The axis reaches to the whisker's end now, twice as far.
    assertThat(whiskered).contains("width=\"169\"").contains("<line");
  }

  private static BarChart.Bar bar(double least, double most) {
    return new BarChart.Bar("r", OptionalDouble.of(10), "10 (1 to 20)", Ink.TWIN, least, most);
  }

  @Test
  void drawsSharesWithIntervalsAndUsersOneByOne() {
    wellFormed(
        ShareChart.of(
                List.of(
                    new ShareChart.Row(HOSTILE, 0.1, 0.12, 0.08, 0.17),
                    new ShareChart.Row("all", 1, 1, 0.98, 1)))
            .svg(Size.NARROW, "s-", "shares"));
    String grid =
        UserGrid.svg(
            IntStream.range(0, 100)
                .mapToObj(i -> new UserGrid.Cell(i == 7 ? Ink.FAILED : Ink.V1, i < 3))
                .toList(),
            Size.NARROW,
            "u-",
            "users");
    wellFormed(grid);
    assertThat(grid).containsOnlyOnce("f-failed").contains("s-text");
  }

  private static FlowChart flow(int branches) {
    List<FlowChart.Leaf> leaves =
        List.of(
            new FlowChart.Leaf(Ink.V1, "task 1", "1234"),
            new FlowChart.Leaf(Ink.UNKNOWN, HOSTILE + "x".repeat(100), "5"));
    return FlowChart.of(
        List.of(
            new FlowChart.Station("users", List.of("one", "two")),
            new FlowChart.Station(HOSTILE, List.of("y".repeat(60)))),
        IntStream.range(0, branches)
            .mapToObj(i -> new FlowChart.Branch("service " + i, "9 answers", List.of(), leaves))
            .toList());
  }

  @Test
  void drawsAFlowBesideOrBelowEachOther() {
    String wide = flow(2).svg(Size.WIDE, "f-", HOSTILE);
    String narrow = flow(2).svg(Size.NARROW, "f-", HOSTILE);

    wellFormed(wide);
    wellFormed(narrow);
    assertThat(place(wide, "users").get(1)).isEqualTo(place(wide, "service 0").get(1));
    assertThat(place(wide, "service 1").get(1)).isGreaterThan(place(wide, "service 0").get(1));
    assertThat(place(wide, "service 0").get(0)).isGreaterThan(place(wide, "users").get(0) + 200);
    assertThat(place(narrow, "service 0").get(1)).isGreaterThan(place(narrow, "two").get(1));
    assertThat(wide).contains("f-v1", "f-unknown", ">1234<").doesNotContain("yyyy<", "\u0001");
  }

  @Test
  void aFlowMayEndAtItsLastStation() {
    String alone = flow(0).svg(Size.WIDE, "f-", "alone");

    wellFormed(alone);
    assertThat(alone).contains(">users<").doesNotContain("service");
  }

  @Test
  void drawsCurvesBrokenWhereValuesAreMissingAndNamesPointsWhereThereIsRoom() {
    String svg =
        XyChart.of(
                Axis.places("parallelism", List.of("1", "2", "all", HOSTILE)),
                Axis.counts("failed requests", 1300))
            .line(
                Ink.series(0),
                TimeChart.Dash.SOLID,
                Mark.of(0),
                new double[] {0, 1, 2, 3},
                new double[] {0, 0.5, Double.NaN, 1300})
            .points(
                Ink.series(7),
                Mark.of(7),
                new double[] {1, 1, 1, 1, 1, 1},
                new double[] {5, 5, 5, 5, 5, 5},
                List.of("no 1", "no 2", "no 3", "no 4", "no 5", "no 6"))
            .svg(Size.HALF, "x-", HOSTILE);

    wellFormed(svg);
    assertThat(svg).contains(">0<").contains(">10<").contains(">1000<").contains(">all<");
    assertThat(svg).contains("s-series-1").contains("f-series-2");
    assertThat(svg).contains(">no 4<").doesNotContain(">no 5<");
  }

  @Test
  void countsAreEvenUpToOneAndLogarithmicAbove() {
    Axis counts = Axis.counts("", 1000);
    double one = counts.share(1) - counts.share(0);
    assertThat(counts.share(0.5) - counts.share(0)).isCloseTo(one / 2, within(1e-9));
    assertThat(counts.share(10) - counts.share(1)).isCloseTo(one, within(1e-9));
    assertThat(counts.share(1000) - counts.share(100)).isCloseTo(one, within(1e-9));
    assertThat(counts.share(0)).isPositive();
    assertThat(counts.share(1000)).isLessThan(1);
  }

  @Test
  void everyMarkHasAFormOfItsOwn() {
    assertThat(IntStream.range(0, 6).mapToObj(i -> Mark.of(i).svgPath()).distinct()).hasSize(6);
    assertThat(Mark.of(6)).isEqualTo(Mark.of(0));
  }

  @Test
  void knowsTheWidthOfTextWithoutAFont() {
    Letters letters = Letters.plain(10);
    assertThat(letters.widthOf("iiii")).isLessThan(letters.widthOf("MMMM"));
    assertThat(letters.widthOf("0123456789")).isEqualTo(55.6);
    assertThat(letters.fit("abcdefghij", 30)).isEqualTo("abc…");
    assertThat(letters.fit("abc", 30)).isEqualTo("abc");
    assertThat(letters.fit("🙂🙂🙂🙂", 25)).isEqualTo("🙂…");
    assertThat(letters.fit("abc", 1)).isEmpty();
  }

  @Test
  void putsTicksAtRoundNumbers() {
    assertThat(Ticks.seconds(115, 14)).isEqualTo(10);
    assertThat(Ticks.seconds(900, 6)).isEqualTo(300);
    assertThat(Ticks.step(40, 5, true)).isEqualTo(10);
    assertThat(Ticks.step(0.55, 5, false)).isEqualTo(0.2);
    assertThat(Ticks.step(3, 5, true)).isEqualTo(1);
    assertThat(Ticks.roundDown(7)).isEqualTo(5);
    assertThat(Ticks.roundUp(172)).isEqualTo(200);
    assertThat(Ticks.roundUp(1)).isEqualTo(1);
    assertThat(Ticks.next(5)).isEqualTo(10);
  }

  private static void wellFormed(String svg) {
    try {
      var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      builder.setErrorHandler(null);
      builder.parse(new InputSource(new StringReader(svg)));
    } catch (Exception e) {
      throw new AssertionError(e.getMessage() + " in " + svg, e);
    }
  }

  private static String golden(String name) {
    try (InputStream in = ChartsTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
