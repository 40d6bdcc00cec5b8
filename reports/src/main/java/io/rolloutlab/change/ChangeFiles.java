package io.rolloutlab.change;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.chance.Interval95;
import io.rolloutlab.chance.RankTest;
import io.rolloutlab.compare.Differences;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.text.Markdown;
import io.rolloutlab.text.ResultFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What changed, for programs and for people without a browser. */
public final class ChangeFiles {
  private static final int FORMAT = 1;

  private ChangeFiles() {}

  private record Results(
      int format,
      Manifest.Origin origin,
      String answer,
      String howTold,
      Lot a,
      Lot b,
      List<OfScenario> scenarios,
      List<String> unpaired) {}

  private record Lot(String words, List<String> commits) {
    static Lot of(Side side) {
      return new Lot(side.words(), side.commits());
    }
  }

  private record OfScenario(
      String name,
      List<Run> a,
      List<Run> b,
      List<Differences.Difference> settings,
      Map<String, Integer> outcomesOfA,
      Map<String, Integer> outcomesOfB,
      List<String> leftOut,
      List<Compared> numbers) {}

  private record Run(String id, long startedAtMillis, long seed, String commit, String verdict) {
    static Run of(Findings run) {
      Manifest its = run.manifest();
      return new Run(
          its.runId(),
          its.startedAtMillis(),
          its.scenario().seed(),
          its.labInWords(),
          run.verdict().name());
    }
  }

  private record Compared(
      String key,
      String label,
      String unit,
      List<Double> a,
      List<Double> b,
      double margin,
      OptionalDouble difference,
      Optional<Interval95> interval95,
      Optional<RankTest> rankTest,
      OptionalDouble chanceOfAny,
      Telling telling,
      String merit,
      String words) {
    static Compared of(MeasureChange one) {
      return new Compared(
          one.measure().key(),
          one.measure().heading().label(),
          one.measure().heading().unit(),
          one.a().values(),
          one.b().values(),
          one.margin(),
          one.difference(),
          one.interval(),
          one.ranks(),
          one.chance(),
          one.telling(),
          one.merit(),
          ChangeWords.verdict(one));
    }
  }

  /** {@code compare.json}: every number of every run, and what can be said of it. */
  public static String json(Changes changes) {
    return ResultFiles.indented(
        new Results(
            FORMAT,
            changes.a().runs().get(0).manifest().origin(),
            ChangeAnswer.of(changes),
            ChangeAnswer.howTold(changes),
            Lot.of(changes.a()),
            Lot.of(changes.b()),
            changes.scenarios().stream().map(ChangeFiles::scenario).toList(),
            changes.unpaired()));
  }

  private static OfScenario scenario(ScenarioChange one) {
    return new OfScenario(
        one.name(),
        one.a().stream().map(Run::of).toList(),
        one.b().stream().map(Run::of).toList(),
        one.settings().all(),
        one.outcomesOfA(),
        one.outcomesOfB(),
        one.leftOut(),
        one.measures().stream().map(Compared::of).toList());
  }

  /** {@code compare.md}. */
  public static String markdown(Changes changes) {
    StringBuilder out = new StringBuilder("# Rollout Lab: what changed from A to B\n\n");
    if (changes.simulated()) {
      out.append("> **Simulated: no Docker was used.**\n\n");
    }
    out.append("- A: ").append(Markdown.text(changes.a().words())).append('\n');
    out.append("- B: ").append(Markdown.text(changes.b().words())).append("\n\n");
    out.append(Markdown.text(ChangeAnswer.of(changes))).append('\n');
    changes.scenarios().forEach(one -> scenario(one, out));
    out.append('\n');
    changes
        .unpaired()
        .forEach(one -> out.append("- ").append(Markdown.text(one)).append(": not compared\n"));
    return out.append('\n')
        .append(Markdown.text(ChangeAnswer.howTold(changes)))
        .append('\n')
        .toString();
  }

  private static void scenario(ScenarioChange scenario, StringBuilder out) {
    out.append("\n## ").append(Markdown.text(scenario.name())).append("\n\n");
    out.append(
        "%s of %s numbers have changed.\n\n"
            .formatted(scenario.changed().size(), scenario.measures().size()));
    for (Differences.Difference one : scenario.settings().all()) {
      out.append("- set otherwise: ")
          .append(Markdown.text(one.line(List.of("A", "B"))))
          .append(one.condition() ? " (a condition)\n" : "\n");
    }
    scenario
        .leftOut()
        .forEach(one -> out.append("- left out: ").append(Markdown.text(one)).append('\n'));
    out.append(
        "- what came of it: %s / %s\n\n"
            .formatted(
                Markdown.text(ChangeWords.counted(scenario.outcomesOfA())),
                Markdown.text(ChangeWords.counted(scenario.outcomesOfB()))));
    if (!scenario.measures().isEmpty()) {
      numbers(scenario.measures(), out);
    }
  }

  private static void numbers(List<MeasureChange> measures, StringBuilder out) {
    List<String> head =
        List.of(
            "number",
            "verdict",
            "A",
            "B",
            "B − A (95 %)",
            "p of ranks",
            "p of all",
            "runs A",
            "runs B");
    out.append(Markdown.row(head)).append(Markdown.rule(head.size(), false));
    for (MeasureChange one : measures) {
      String told = Markdown.text(ChangeWords.verdict(one));
      out.append(
          Markdown.row(
              List.of(
                  Markdown.text(ChangeWords.label(one)),
                  one.telling().isChange() ? "**%s**".formatted(told) : told,
                  ChangeWords.meanOfA(one),
                  ChangeWords.meanOfB(one),
                  ChangeWords.difference(one),
                  Markdown.text(ChangeWords.ranks(one)),
                  Markdown.text(ChangeWords.chance(one)),
                  ChangeWords.values(one.a(), one),
                  ChangeWords.values(one.b(), one))));
    }
  }
}
