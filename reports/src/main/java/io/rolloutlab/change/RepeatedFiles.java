package io.rolloutlab.change;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.analysis.measure.Best;
import io.rolloutlab.chance.Interval95;
import io.rolloutlab.chance.Margin;
import io.rolloutlab.chance.RankTest;
import io.rolloutlab.text.ConsoleLines;
import io.rolloutlab.text.Markdown;
import io.rolloutlab.text.Range;
import io.rolloutlab.text.ResultFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What repeats say, for the console, for programs and for people without a browser. */
public final class RepeatedFiles {
  private static final int FORMAT = 1;

  private RepeatedFiles() {}

  private record Results(int format, String howTold, List<OfScenario> scenarios) {}

  private record OfScenario(String name, List<String> runs, List<OneNumber> numbers) {}

  private record OneNumber(
      String key,
      List<Double> values,
      String against,
      OptionalDouble difference,
      Optional<Interval95> interval95,
      Optional<RankTest> rankTest,
      OptionalDouble chanceOfAny,
      String words) {}

  /** How two scenarios are told apart, for people. */
  public static String howTold() {
    return ("Of every number that ranks, the scenario with the best mean is held against each other"
            + " one. Where v2 is bad in some of them, those that are bad in the same way are held"
            + " against each other, and the good ones by themselves. Of two scenarios with %s runs or"
            + " more each, chance alone tells any number apart in at most 5 of 100 (step-down maxT over all numbers of the pair, seed %s); of fewer"
            + " runs those of one must all be beyond those of the other, by the rule for single runs."
            + " Intervals are of 95 %%. %s An expectation holds when every repeat meets it, and a"
            + " claim when it holds in every repeat.")
        .formatted(FewRuns.ENOUGH, Reshuffled.SEED, Margin.RULE);
  }

  /** What is said of a group by a number: {@code lowest}, or what tells it from that one. */
  public static String words(Repeated.Compared number, int group) {
    if (group == number.first().get(group)) {
      return number.measure().ranks().best() == Best.LOWEST ? "lowest mean" : "highest mean";
    }
    return number.against().get(group).map(ChangeWords::verdict).orElse("");
  }

  /** A mean with the least and the most. */
  public static String range(Repeated.Compared number, Range range) {
    return FIGURES.range(range, Math.max(1, number.measure().heading().decimals()));
  }

  /** A number's label, with its unit. */
  public static String label(Repeated.Compared number) {
    return FIGURES.label(number.measure().heading());
  }

  /** The numbers by which scenarios are told apart; a line's end behind every line, or nothing. */
  public static String console(Repeated repeated) {
    if (!repeated.any()) {
      return "";
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Over all repeats (mean, and from the least to the most):");
    boolean beside = repeated.numbers().stream().anyMatch(Repeated.Compared::ranks);
    List<Repeated.Compared> shown =
        repeated.numbers().stream()
            .filter(one -> beside ? tells(one) : one.measure().ranks().best() != Best.NONE)
            .toList();
    shown.forEach(number -> lines.addAll(lines(repeated, number)));
    if (beside) {
      long others = repeated.numbers().stream().filter(Repeated.Compared::ranks).count();
      lines.add(
          "  By %s %s the rollouts are not told apart."
              .formatted(others - shown.size(), shown.isEmpty() ? "numbers" : "others"));
      lines.add(ConsoleLines.wrapped(howTold(), "  ", "  "));
    }
    return String.join("\n", lines) + "\n";
  }

  private static List<String> lines(Repeated repeated, Repeated.Compared number) {
    List<String> lines = new ArrayList<>(List.of("  " + label(number)));
    for (int i = 0; i < repeated.groups().size(); i++) {
      Range range = number.ranges().get(i);
      String words = words(number, i);
      if (!range.isEmpty()) {
        lines.add(
            ConsoleLines.wrapped(
                "%s: %s%s"
                    .formatted(
                        repeated.groups().get(i).name(),
                        range(number, range),
                        words.isEmpty() ? "" : ", " + words),
                "    ",
                "      "));
      }
    }
    return lines;
  }

  private static boolean tells(Repeated.Compared number) {
    return number.against().stream()
        .flatMap(Optional::stream)
        .anyMatch(one -> one.telling().isChange());
  }

  /** A section of {@code summary.md}; nothing where no scenario was run more than once. */
  public static String markdown(Repeated repeated) {
    if (!repeated.any()) {
      return "";
    }
    StringBuilder out = new StringBuilder("\n## Over all repeats\n\n");
    List<String> head = new ArrayList<>(List.of("measure"));
    repeated
        .groups()
        .forEach(
            one -> head.add(Markdown.text("%s (%s)".formatted(one.name(), one.runs().size()))));
    out.append(Markdown.row(head)).append(Markdown.rule(head.size(), true));
    for (Repeated.Compared number : repeated.numbers()) {
      List<String> cells = new ArrayList<>(List.of(Markdown.text(label(number))));
      for (int i = 0; i < repeated.groups().size(); i++) {
        String words = words(number, i);
        cells.add(
            range(number, number.ranges().get(i))
                + (words.isEmpty() ? "" : ": " + Markdown.text(words)));
      }
      out.append(Markdown.row(cells));
    }
    return out.append('\n').append(Markdown.text(howTold())).append('\n').toString();
  }

  /** {@code repeats.json}: every number of every run, and what tells the scenarios apart. */
  public static String json(Repeated repeated) {
    List<OfScenario> scenarios = new ArrayList<>();
    for (int i = 0; i < repeated.groups().size(); i++) {
      int group = i;
      Repeated.Group one = repeated.groups().get(i);
      scenarios.add(
          new OfScenario(
              one.name(),
              one.runs().stream().map(run -> run.manifest().runId()).toList(),
              repeated.numbers().stream().map(number -> of(repeated, number, group)).toList()));
    }
    return ResultFiles.indented(new Results(FORMAT, howTold(), scenarios));
  }

  private static OneNumber of(Repeated repeated, Repeated.Compared number, int group) {
    Optional<MeasureChange> change = number.against().get(group);
    return new OneNumber(
        number.measure().key(),
        number.ranges().get(group).values(),
        change.isEmpty() ? "" : repeated.groups().get(number.first().get(group)).name(),
        change.map(MeasureChange::difference).orElse(OptionalDouble.empty()),
        change.flatMap(MeasureChange::interval),
        change.flatMap(MeasureChange::ranks),
        change.map(MeasureChange::chance).orElse(OptionalDouble.empty()),
        words(number, group));
  }
}
