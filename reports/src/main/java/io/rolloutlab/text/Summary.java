package io.rolloutlab.text;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.verdict.ExpectationResult;
import io.rolloutlab.compare.Claim;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.compare.Differences;
import io.rolloutlab.history.Manifest;
import java.util.ArrayList;
import java.util.List;

/** The report in Markdown, for a comment or a log. */
public final class Summary {
  private Summary() {}

  /** The whole text. */
  public static String of(Runs runs) {
    StringBuilder out = new StringBuilder("# Rollout Lab\n\n");
    if (runs.simulated()) {
      out.append("> **Simulated: no Docker was used.**\n\n");
    }
    verdicts(out, runs);
    differences(out, runs);
    comparison(out, runs);
    claims(out, runs);
    expectations(out, runs);
    conditions(out, runs);
    return out.toString();
  }

  private static void verdicts(StringBuilder out, Runs runs) {
    out.append("## Verdicts\n\n");
    for (int i = 0; i < runs.names().size(); i++) {
      Findings run = runs.findings().get(i);
      out.append(
          "- **%s: %s**".formatted(Markdown.text(runs.names().get(i)), run.verdict().inWords()));
      reasons(run, runs.comparison().rows().get(i))
          .forEach(reason -> out.append("\n  - ").append(reason));
      out.append('\n');
    }
  }

  /** What stands below a verdict, as Markdown. */
  private static List<String> reasons(Findings run, Comparison.Row row) {
    List<String> reasons = new ArrayList<>();
    run.whoWasHurt().ifPresent(hurt -> reasons.add(Markdown.text(hurt)));
    if (!row.outcome().isEmpty()) {
      reasons.add("The rollout: " + Markdown.text(row.outcome()));
    }
    if (!row.cutOff().isEmpty()) {
      reasons.add(FIGURES.getCutOff() + " The run was cut off: " + Markdown.text(row.cutOff()));
    }
    run.latencyDoubts()
        .forEach(doubt -> reasons.add(Figures.DOUBTFUL + " " + Markdown.text(doubt.sentence())));
    run.reasons().forEach(reason -> reasons.add(Markdown.text(reason)));
    return reasons;
  }

  private static void comparison(StringBuilder out, Runs runs) {
    out.append("\n## Comparison\n");
    List<Runs> each = runs.bySituation();
    for (Runs alike : each) {
      out.append(
          each.size() > 1
              ? "\n### %s\n\n".formatted(Markdown.text(alike.situation().heading()))
              : "\n");
      table(out, alike);
    }
    legend(out);
    notRanked(out, runs);
  }

  private static void table(StringBuilder out, Runs runs) {
    Comparison table = runs.comparison();
    List<String> head = new ArrayList<>(List.of("measure"));
    runs.names().forEach(name -> head.add(Markdown.text(name)));
    head.add("note");
    out.append(Markdown.row(head)).append(Markdown.rule(head.size(), true));
    for (int m : runs.shown()) {
      Comparison.Measure measure = table.measures().get(m);
      List<String> cells = new ArrayList<>();
      cells.add(Markdown.text(measure.label() + FIGURES.unitBehind(measure)));
      for (int r = 0; r < table.rows().size(); r++) {
        cells.add(cell(runs, r, m));
      }
      cells.add(Markdown.text(table.notes().get(m)));
      out.append(Markdown.row(cells));
    }
  }

  private static void legend(StringBuilder out) {
    out.append("\nBold: best of its row; the baseline is not ranked.");
    out.append(
        " ?: the run did not reconcile, or answers were of neither version: not to be trusted.");
    out.append(" †: the run was cut off, the number is of a part of it.");
    out.append(" ~: the number is doubtful, see the verdicts.");
    out.append(
        " &gt;: longer than that, since users were not all served as long as they were watched.\n");
    out.append('\n').append(Markdown.text(Comparison.HOW_RANKED)).append('\n');
  }

  private static void notRanked(StringBuilder out, Runs runs) {
    Comparison table = runs.comparison();
    for (int r = 0; r < table.rows().size(); r++) {
      String why = table.rows().get(r).unranked();
      if (!why.isEmpty()) {
        out.append("\n- %s is not ranked: ".formatted(Markdown.text(runs.names().get(r))))
            .append(Markdown.text(why));
      }
    }
    out.append(table.rows().stream().allMatch(row -> row.unranked().isEmpty()) ? "" : "\n");
  }

  private static void differences(StringBuilder out, Runs runs) {
    List<Differences.Difference> all = runs.comparison().differences().all();
    if (all.isEmpty()) {
      return;
    }
    out.append("\n## Settings that differ\n\n");
    for (Differences.Difference difference : all) {
      out.append("- ").append(Markdown.text(difference.line(runs.names())));
      out.append(difference.condition() ? " (a condition: not ranked across it)\n" : "\n");
    }
  }

  private static String cell(Runs runs, int r, int m) {
    Comparison.Cell cell = runs.comparison().rows().get(r).cells().get(m);
    Comparison.Measure measure = runs.comparison().measures().get(m);
    String number = FIGURES.cell(cell, measure);
    if (cell.says() && !runs.comparison().rows().get(r).cutOff().isEmpty()) {
      return number + " " + FIGURES.getCutOff();
    }
    boolean doubtful = cell.says() && !runs.findings().get(r).reconciled();
    String doubt = runs.findings().get(r).doubtOf(measure.key());
    if (cell.says() && !doubtful && !doubt.isEmpty()) {
      return number + " " + Figures.DOUBTFUL;
    }
    return cell.best() ? "**" + number + "**" : doubtful ? number + " ?" : number;
  }

  private static void claims(StringBuilder out, Runs runs) {
    BalancingModes modes = BalancingModes.of(runs);
    out.append("\n## Claims\n\n").append(Markdown.text(modes.ofRuns())).append("\n\n");
    out.append(modes.ofClaims().isEmpty() ? "" : Markdown.text(modes.ofClaims()) + "\n\n");
    out.append(Markdown.row(List.of("claim", "result", "follows from the settings", "measured")))
        .append(Markdown.rule(4, false));
    for (Claim claim : runs.claims()) {
      out.append(
          Markdown.row(
              List.of(
                  Markdown.text(claim.claim()),
                  FIGURES.holds(claim.holds()),
                  Markdown.text(claim.fromSettings()),
                  Markdown.text((claim.measured() + " " + modes.behind(claim)).strip()))));
    }
  }

  private static void expectations(StringBuilder out, Runs runs) {
    out.append("\n## Expectations\n\n");
    out.append(Markdown.row(List.of("run", "expectation", "wanted", "measured", "result")))
        .append(Markdown.rule(5, false));
    for (int i = 0; i < runs.names().size(); i++) {
      for (ExpectationResult e : runs.findings().get(i).expectations()) {
        out.append(
            Markdown.row(
                List.of(
                    Markdown.text(runs.names().get(i)),
                    Markdown.text(e.key()),
                    Markdown.text(e.wanted()),
                    Markdown.text(e.measured()),
                    FIGURES.sign(e.verdict()) + " " + e.verdict().inWords())));
      }
    }
  }

  private static void conditions(StringBuilder out, Runs runs) {
    out.append("\n## Conditions\n\n");
    for (int i = 0; i < runs.names().size(); i++) {
      Manifest m = runs.findings().get(i).manifest();
      out.append(
          "- %s: run %s, started %s, engine %s in %s, kernel %s, balancing %s, seed %s, %s\n"
              .formatted(
                  Markdown.text(runs.names().get(i)),
                  Markdown.text(m.runId()),
                  Markdown.text(FIGURES.instant(m.startedAtMillis())),
                  Markdown.text(m.innerEngine()),
                  Markdown.text(m.outerEngine()),
                  Markdown.text(m.kernel()),
                  m.balancedBy(),
                  m.scenario().seed(),
                  "commit " + Markdown.text(m.labInWords())));
    }
  }
}
