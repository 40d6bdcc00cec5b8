package io.rolloutlab.matrix;

import io.rolloutlab.text.ConsoleLines;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The answer for the console. */
public final class MatrixSummary {
  private static final int GAP = 2;

  private MatrixSummary() {}

  /** The users hurt in each cell, and what to choose; a line's end behind every line. */
  public static String of(MatrixResult result) {
    List<String> lines = new ArrayList<>();
    if (result.simulated()) {
      lines.add("SIMULATED: no Docker was used.");
      lines.add("");
    }
    lines.add(result.matrix().question().replaceAll("\\p{Cntrl}", " "));
    lines.add("");
    lines.add(
        "Users hurt of %s%s:"
            .formatted(
                result.shown().get(0).users(),
                result.runsEach() == 1
                    ? ""
                    : ", the median of %s runs".formatted(result.runsEach())));
    lines.addAll(table(result));
    MatrixWords.leftOut(result)
        .ifPresent(sentence -> lines.add(ConsoleLines.wrapped(sentence, "", "  ")));
    lines.addAll(unusable(result.unusable()));
    for (MatrixCell cell : result.partial()) {
      lines.add(ConsoleLines.wrapped("? %s: %s".formatted(cell.words(), cell.missing()), "", ""));
    }
    for (MatrixCell cell : result.missed()) {
      lines.add(ConsoleLines.wrapped("x %s: %s".formatted(cell.words(), cell.missed()), "", ""));
    }
    lines.add("");
    for (Advice advice : result.advice()) {
      lines.add(advice.about().isEmpty() ? "What to choose:" : advice.about() + ":");
      lines.add(ConsoleLines.wrapped(advice.text(), "  ", "  "));
    }
    return String.join("\n", lines) + "\n";
  }

  /** Those that were not run yet may be most of all: they share their lines. */
  private static List<String> unusable(List<MatrixCell> cells) {
    List<String> lines = new ArrayList<>();
    cells.stream()
        .filter(cell -> !cell.isUnmade())
        .map(cell -> "? %s: %s".formatted(cell.words(), cell.trouble()))
        .forEach(line -> lines.add(ConsoleLines.wrapped(line, "", "")));
    String open =
        cells.stream()
            .filter(MatrixCell::isUnmade)
            .map(MatrixCell::words)
            .collect(Collectors.joining(", "));
    if (!open.isEmpty()) {
      lines.add(ConsoleLines.wrapped("? not run yet: " + open, "", "  "));
    }
    return lines;
  }

  private static List<String> table(MatrixResult result) {
    List<String> situations = result.situations();
    int first = result.strategies().stream().mapToInt(String::length).max().orElseThrow() + GAP;
    List<String> lines = new ArrayList<>();
    lines.add(
        " ".repeat(first)
            + situations.stream()
                .map(situation -> cell(situation, situation))
                .collect(Collectors.joining()));
    for (String strategy : result.strategies()) {
      Stream<String> cells =
          result.row(strategy).stream()
              .map(
                  cell -> {
                    String number = MatrixWords.number(cell, MatrixMeasure.USERS_HURT);
                    boolean known = cell.usable() || cell.isLeftOut();
                    return cell(known ? number : "?", cell.situation());
                  });
      lines.add(
          strategy + " ".repeat(first - strategy.length()) + cells.collect(Collectors.joining()));
    }
    return lines;
  }

  private static String cell(String text, String situation) {
    int width = Math.max(situation.length(), 5) + GAP;
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
