package io.rolloutlab.text;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.verdict.LatencyDoubt;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.compare.Differences;
import io.rolloutlab.scenario.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The comparison as plain text: a row a measure, a column a run, at most 100 characters wide. */
public final class ConsoleTable {
  private static final int WIDTH = ConsoleLines.WIDTH;
  private static final int LABEL = 34;
  private static final int COLUMN = 12;
  private static final int PER_BLOCK = (WIDTH - LABEL) / (COLUMN + 1);

  private static final String CUT_OFF = Figures.CUT_OFF;
  private static final String DOUBTFUL = Figures.DOUBTFUL;

  /** The table itself should stay in sight. */
  private static final int MOST_DIFFERENCES = 8;

  private ConsoleTable() {}

  /**
   * The table, with a line's end behind every line: one a situation ({@link Runs#bySituation}).
   * Where there are more runs than fit side by side, further blocks follow.
   *
   * @throws IllegalArgumentException when there are none, or real and simulated ones are mixed
   */
  public static String of(List<Findings> findings) {
    return of(Runs.of(findings));
  }

  public static String of(Runs runs) {
    StringBuilder out = new StringBuilder();
    if (runs.simulated()) {
      out.append("SIMULATED: no Docker was used.\n\n");
    }
    differences(out, runs);
    List<Runs> each = runs.bySituation();
    for (Runs alike : each) {
      out.append(alike == each.get(0) ? "" : "\n");
      if (each.size() > 1) {
        out.append(ConsoleLines.wrapped(alike.situation().heading() + ":", "", "  "));
        out.append("\n\n");
      }
      blocks(out, alike);
    }
    legend(out, runs);
    return out.toString();
  }

  private static void blocks(StringBuilder out, Runs runs) {
    for (int from = 0; from < runs.names().size(); from += PER_BLOCK) {
      int to = Math.min(from + PER_BLOCK, runs.names().size());
      out.append(from > 0 ? "\n" : "");
      block(out, runs, from, to);
    }
  }

  private static void differences(StringBuilder out, Runs runs) {
    List<Differences.Difference> all = runs.comparison().differences().all();
    if (!all.isEmpty()) {
      out.append("These settings differ between the runs:\n");
      all.stream()
          .limit(MOST_DIFFERENCES)
          .forEach(one -> out.append(cut("  " + one.line(runs.names()), WIDTH)).append('\n'));
      if (all.size() > MOST_DIFFERENCES) {
        int more = all.size() - MOST_DIFFERENCES;
        out.append("  and %s more, which the report's first page lists\n".formatted(more));
      }
      out.append('\n');
    }
  }

  private static void legend(StringBuilder out, Runs runs) {
    List<Comparison.Row> rows = runs.comparison().rows();
    boolean ranked = anyCell(rows, Comparison.Cell::best);
    boolean doubtful = !runs.findings().stream().allMatch(Findings::reconciled);
    out.append(ranked || doubtful || told(runs) ? "\n" : "");
    for (int i = 0; i < rows.size(); i++) {
      tell(out, runs.names().get(i), runs.findings().get(i), rows.get(i));
    }
    out.append(ranked ? "* best of its row, and not by chance; the baseline is not ranked\n" : "");
    boolean never = anyCell(rows, cell -> !cell.never().isEmpty());
    out.append(
        never
            ? "> longer than that: users were not all served as long as they were watched\n"
            : "");
    out.append(
        doubtful
            ? "? the run did not reconcile, or answers were of neither version: not to be trusted\n"
            : "");
  }

  private static boolean anyCell(List<Comparison.Row> rows, Predicate<Comparison.Cell> is) {
    return rows.stream().flatMap(row -> row.cells().stream()).anyMatch(is);
  }

  /** Whether something is to be told of a run. */
  private static boolean told(Runs runs) {
    return runs.comparison().rows().stream()
            .anyMatch(
                row ->
                    !row.cutOff().isEmpty()
                        || !row.outcome().isEmpty()
                        || !row.unranked().isEmpty())
        || runs.findings().stream()
            .anyMatch(run -> !run.latencyDoubts().isEmpty() || run.whoWasHurt().isPresent());
  }

  private static void tell(StringBuilder out, String name, Findings run, Comparison.Row row) {
    out.append(run.whoWasHurt().map(hurt -> said(name, hurt)).orElse(""));
    out.append(row.outcome().isEmpty() ? "" : said(name, row.outcome()));
    out.append(
        row.cutOff().isEmpty()
            ? ""
            : said(name, CUT_OFF + " the run was cut off, " + row.cutOff()));
    for (LatencyDoubt doubt : run.latencyDoubts()) {
      out.append(said(name, DOUBTFUL + " " + doubt.sentence()));
    }
    boolean say = row.cutOff().isEmpty() && !row.unranked().isEmpty();
    boolean baseline = row.strategy().equals(Strategy.BASELINE);
    out.append(say && !baseline ? said(name, "not ranked: " + row.unranked()) : "");
  }

  /** A sentence, over several lines where it is long. */
  private static String said(String name, String what) {
    return ConsoleLines.wrapped("%s: %s".formatted(name, what), "", "  ") + "\n";
  }

  private static void heading(StringBuilder out, List<String> names) {
    int lines = names.stream().mapToInt(name -> wrap(name).size()).max().orElse(1);
    for (int i = 0; i < lines; i++) {
      int line = i;
      line(
          out,
          "",
          names.stream()
              .map(name -> line < wrap(name).size() ? wrap(name).get(line) : "")
              .toList());
    }
    out.append("-".repeat(LABEL + (COLUMN + 1) * names.size())).append('\n');
  }

  private static void block(StringBuilder out, Runs runs, int from, int to) {
    heading(out, runs.names().subList(from, to));
    verdicts(out, runs.findings().subList(from, to));
    Comparison comparison = runs.comparison();
    for (int column : runs.shown()) {
      Comparison.Measure measure = comparison.measures().get(column);
      line(
          out,
          label(measure),
          IntStream.range(from, to).mapToObj(run -> text(runs, run, column)).toList());
    }
  }

  /** A verdict of two words takes two lines, since a column is no wider. */
  private static void verdicts(StringBuilder out, List<Findings> runs) {
    List<String[]> words = runs.stream().map(run -> run.verdict().inWords().split(" ", 2)).toList();
    line(out, "verdict", words.stream().map(word -> word[0]).toList());
    if (words.stream().anyMatch(word -> word.length > 1)) {
      line(out, "", words.stream().map(word -> word.length > 1 ? word[1] : "").toList());
    }
  }

  private static String label(Comparison.Measure measure) {
    return measure.label() + Figures.FIGURES.unitBehind(measure);
  }

  private static String text(Runs runs, int run, int column) {
    Comparison.Cell cell = runs.comparison().rows().get(run).cells().get(column);
    if (!cell.says()) {
      return "-  ";
    }
    Comparison.Measure measure = runs.comparison().measures().get(column);
    String number = Figures.FIGURES.cell(cell, measure);
    if (!runs.comparison().rows().get(run).cutOff().isEmpty()) {
      return number + " " + CUT_OFF;
    }
    boolean doubtful = !runs.findings().get(run).reconciled();
    String mark = runs.findings().get(run).doubtOf(measure.key()).isEmpty() ? " " : DOUBTFUL;
    return number + " " + (doubtful ? "?" : cell.best() ? "*" : mark);
  }

  private static void line(StringBuilder out, String label, List<String> cells) {
    StringBuilder line = new StringBuilder();
    line.append(pad(cut(label, LABEL), LABEL));
    for (String cell : cells) {
      String text = cut(cell, COLUMN);
      line.append(' ').append(" ".repeat(COLUMN - text.length())).append(text);
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }

  /** A name in pieces that fit a column, cut after hyphens where there are any. */
  private static List<String> wrap(String name) {
    List<String> pieces = new ArrayList<>();
    String rest = name;
    while (rest.length() > COLUMN - 2) {
      int hyphen = rest.lastIndexOf('-', COLUMN - 3);
      int cut = hyphen > 0 ? hyphen + 1 : COLUMN - 2;
      pieces.add(rest.substring(0, cut) + "  ");
      rest = rest.substring(cut);
    }
    pieces.add(rest + "  ");
    return pieces;
  }

  private static String cut(String text, int width) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= width ? line : line.substring(0, width - 2) + "..";
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
