package io.rolloutlab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.analysis.measure.Best;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.compare.Comparison.Cell;
import io.rolloutlab.compare.Comparison.Measure;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.text.ConsoleTable;
import io.rolloutlab.text.Figures;
import io.rolloutlab.text.ResultFiles;
import io.rolloutlab.text.Runs;
import io.rolloutlab.text.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TablesTest {
  private static final List<Findings> SAMPLES = SampleFindings.all(1);

  /** Two runs and two measures, with everything in it that could break a table. */
  private static Runs small() {
    Measure failed =
        new Measure(
            "errorPercent", "Failed requests", "%", 3, "-failed | sent", Best.LOWEST, "Told");
    Measure peak = new Measure("peakTasks", "Peak tasks", "tasks", 0, "Most tasks", Best.NONE, "");
    Comparison.Row baseline =
        new Comparison.Row(
            "baseline",
            Strategy.BASELINE,
            "run 1",
            Verdict.PASS,
            "",
            "",
            "the others are read against it",
            List.of(new Cell(OptionalDouble.of(0), false), new Cell(OptionalDouble.of(4), false)));
    Comparison.Row rolling =
        new Comparison.Row(
            "rolling",
            Strategy.ROLLING,
            "run 2",
            Verdict.PASS,
            "paused at 45.02 s",
            "",
            "other | conditions",
            List.of(
                new Cell(OptionalDouble.of(0.50454), true),
                new Cell(OptionalDouble.empty(), false, "=hold", "> 19")));
    Claim claim =
        new Claim(
            "k",
            "Rolling | serves <both>",
            Claim.Holds.DOES_NOT,
            "delay | 10s",
            "a `1`\nb *2*",
            "when [x](y)",
            List.of("dnsrr"));
    Differences differences =
        new Differences(
            List.of(
                new Differences.Difference("app.replicas", true, List.of("4", "<20>")),
                new Differences.Difference("app.stopGrace", false, List.of("10s", "1s"))));
    return new Runs(
        SAMPLES.subList(0, 2),
        List.of("baseline", "a-rolling-update-with-a-long-name"),
        new Comparison(
            List.of(failed, peak),
            List.of(baseline, rolling),
            List.of("", "not told apart"),
            differences,
            List.of(
                new Comparison.Situated(
                    new Situation(Situation.GOOD, "Nothing is wrong with v2"),
                    List.of(0, 1),
                    List.of("", "not told apart")))),
        List.of(claim));
  }

  @Test
  void writesCsvWithUnitsAndWithoutFormulas() {
    assertThat(ResultFiles.csv(small())).isEqualTo(golden("results.csv"));
  }

  @Test
  void namesTheColumnsWhereThereIsNothingToCompare() {
    Comparison empty =
        new Comparison(List.of(), List.of(), List.of(), new Differences(List.of()), List.of());
    Runs runs = new Runs(SAMPLES.subList(0, 1), List.of("baseline"), empty, List.of());

    assertThat(ResultFiles.csv(runs))
        .isEqualTo(golden("results.csv").lines().findFirst().get() + "\n");
  }

  @Test
  void writesMarkdownInWhichTextIsText() {
    String summary = Summary.of(small());
    assertThat(summary.substring(0, summary.indexOf("\n## Expectations")))
        .isEqualTo(golden("summary.md"));
    assertThat(summary).contains("| baseline | mixedVersions | no |").contains("## Conditions");
  }

  @Test
  void writesATableForTheConsole() {
    assertThat(ConsoleTable.of(small())).isEqualTo(golden("console.txt"));
  }

  @Test
  void neverMakesTheTableWiderThanTheConsole() {
    List<Findings> many = IntStream.range(0, 12).mapToObj(i -> SAMPLES.get(i % 5)).toList();

    String table = ConsoleTable.of(many);

    assertThat(table.lines()).allMatch(line -> line.length() <= 100);
    assertThat(table.lines().filter(line -> line.startsWith("verdict"))).hasSize(3);
    assertThat(ConsoleTable.of(SAMPLES).lines().filter(line -> line.startsWith("verdict")))
        .hasSize(1);
  }

  /** No page of these scenarios names assets. */
  @Test
  void aMeasureThatAppliesToNoneOfTheRunsHasNoRow() {
    Runs runs = Runs.of(SAMPLES);

    assertThat(ConsoleTable.of(runs)).contains("Failed requests").doesNotContain("Broken visits");
    assertThat(Summary.of(runs)).contains("| Failed requests").doesNotContain("Broken visits");
    assertThat(ResultFiles.csv(runs)).as("files have all").contains(",brokenVisitsPercent,");
  }

  @Test
  void makesNoFormulaOfText() {
    assertThat(List.of("=A1", "+1", "-x", "@f", "\tx", "\r=x", "＝A1"))
        .allMatch(text -> ResultFiles.inert(text).startsWith("'"));
    assertThat(ResultFiles.inert("a=b")).isEqualTo("a=b");
    assertThat(ResultFiles.inert("")).isEmpty();
  }

  @Test
  void writesNumbersWithAsManyFiguresAsMakeSense() {
    assertThat(Figures.FIGURES.percent(0.00505)).isEqualTo("0.51 %");
    assertThat(Figures.FIGURES.percent(0.0004)).isEqualTo("0.040 %");
    assertThat(Figures.FIGURES.percent(0.3233)).isEqualTo("32.3 %");
    assertThat(Figures.FIGURES.percent(1)).isEqualTo("100 %");
    assertThat(Figures.FIGURES.percent(0)).isEqualTo("0 %");
    assertThat(Figures.FIGURES.confidence(0.999)).isEqualTo("99.9 %");
    assertThat(Figures.FIGURES.length(999)).isEqualTo("999 ms");
    assertThat(Figures.FIGURES.length(61_040)).isEqualTo("61.0 s");
    assertThat(Figures.FIGURES.moment(-15_000)).isEqualTo("-15.0 s");
    assertThat(Figures.FIGURES.number(-0.001, 1)).isEqualTo("0.0");
    assertThat(Figures.FIGURES.number(Double.NaN, 1)).isEqualTo(Figures.NONE);
    assertThat(Figures.FIGURES.bytes(1_500_000_000)).isEqualTo("1.50 GB");
  }

  private static String golden(String name) {
    try (InputStream in = TablesTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
