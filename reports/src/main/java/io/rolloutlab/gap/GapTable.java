package io.rolloutlab.gap;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.text.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Gaps as Markdown that is also read on a console. */
public final class GapTable {
  private GapTable() {}

  /** All of it: the goals, then each scenario. */
  public static String of(GapResults results) {
    StringBuilder text = new StringBuilder("# The twin against real runs\n\n");
    text.append(
        "> **Real and simulated runs side by side.** In no other table of the lab are they.\n");
    text.append("\n").append(Markdown.text(results.settings().sentence())).append("\n\n");
    text.append(goals(results));
    results.gaps().forEach(gap -> gap(gap, text));
    return text.toString();
  }

  /** The goals alone, and what was left out. */
  public static String goals(GapResults results) {
    StringBuilder text = new StringBuilder(results.answer()).append("\n\n");
    text.append(Markdown.row(List.of("scenario", "goal", "number", "result", "because")));
    text.append(Markdown.rule(5, false));
    for (Gap gap : results.gaps()) {
      gap.goals().forEach(goal -> text.append(row(gap.name(), goal)));
    }
    text.append(results.leftOut().isEmpty() ? "" : "\nLeft out:\n\n");
    results
        .leftOutByReason()
        .forEach(
            (why, runs) ->
                text.append(
                    "- %s: %s\n"
                        .formatted(Markdown.text(why), Markdown.text(String.join(", ", runs)))));
    return text.toString();
  }

  private static String row(String scenario, Goal goal) {
    return Markdown.row(
        Stream.of(
                scenario,
                "%s %s".formatted(goal.kind().title(), goal.kind().wanted()),
                goal.number(),
                FIGURES.sign(goal.verdict()) + " " + goal.word(),
                goal.because())
            .map(Markdown::text)
            .toList());
  }

  private static void gap(Gap gap, StringBuilder text) {
    text.append(
        "\n## %s: %s real, %s simulated\n\n"
            .formatted(Markdown.text(gap.name()), gap.live().runs().size(), gap.twins().size()));
    gap.live()
        .differs()
        .forEach(note -> text.append("- ").append(Markdown.text(note)).append("\n"));
    gap.notes().forEach(note -> text.append("- ").append(Markdown.text(note)).append("\n"));
    text.append("\n");
    text.append(Markdown.row(List.of("measure", "real", "simulated", "gap")));
    text.append(Markdown.rule(4, true));
    List<GapRow> rows = new ArrayList<>(gap.times());
    rows.addAll(gap.costs());
    rows.forEach(row -> text.append(row(row.measure(), row)));
    text.append(row("failed requests, " + gap.failed().measure(), gap.failed()));
    gap.failedByPhase()
        .forEach(phase -> text.append(row("failed in: " + phase.row().measure(), phase.row())));
    areas(gap.mix(), text);
  }

  private static String row(String measure, GapRow row) {
    return Markdown.row(
        List.of(
            Markdown.text(measure),
            FIGURES.range(row.live(), 2),
            FIGURES.range(row.twin(), 2),
            FIGURES.signedPercent(row.percent())));
  }

  private static void areas(MixGap mix, StringBuilder text) {
    text.append("\n").append(Markdown.row(List.of("area between version mixes", "% of the whole")));
    text.append(Markdown.rule(2, true));
    mix.areas()
        .forEach(
            area ->
                text.append(
                    Markdown.row(List.of(area.between(), FIGURES.range(area.percent(), 2)))));
  }
}
