package io.rolloutlab.html.matrix;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.compare.Comparison;
import io.rolloutlab.compare.Situation;
import io.rolloutlab.matrix.Advice;
import io.rolloutlab.matrix.BadDays;
import io.rolloutlab.matrix.MatrixCell;
import io.rolloutlab.matrix.MatrixMeasure;
import io.rolloutlab.matrix.MatrixResult;
import io.rolloutlab.matrix.MatrixWords;
import io.rolloutlab.matrix.MoreHurt;
import io.rolloutlab.matrix.ToldApart;
import io.rolloutlab.text.Figures;
import io.rolloutlab.text.Range;
import io.rolloutlab.text.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What became of users whose v2 was bad: rollouts × what was wrong, with all that matters of a run
 * in one box.
 *
 * @param heads of the columns: what is wrong, as scenarios call it
 * @param rows one a rollout
 * @param answer which rollout hurts the fewest, over all that is wrong; empty where that cannot be
 *     asked
 * @param advice the same of each that is wrong; none where the answer has it
 * @param toldApart when two boxes are told apart, and what the intervals are where there are some;
 *     sentences
 */
public record BadDaysView(
    List<Head> heads, List<Row> rows, String answer, List<Advice> advice, String toldApart) {
  public BadDaysView {
    heads = List.copyOf(heads);
    rows = List.copyOf(rows);
    advice = List.copyOf(advice);
  }

  /**
   * One thing that is wrong.
   *
   * @param words what v2 does, a clause
   */
  public record Head(String name, String words) {}

  /** One rollout. */
  public record Row(String head, List<Box> boxes) {
    public Row {
      boxes = List.copyOf(boxes);
    }
  }

  /**
   * One rollout with one thing wrong.
   *
   * @param hurt share of the users that were, or why it is not known
   * @param lines what else came of it, one below the other
   * @param colour class of its colour; empty for none
   * @param page of its first run; empty without a run
   */
  public record Box(String hurt, List<String> lines, String colour, String page) {
    public Box {
      lines = List.copyOf(lines);
    }
  }

  /** Of the runs of a report; without rows where fewer than two rollouts met a bad v2. */
  public static BadDaysView of(Runs runs) {
    return BadDays.of(runs)
        .map(result -> of(result, runs))
        .orElse(new BadDaysView(List.of(), List.of(), "", List.of(), ""));
  }

  private static BadDaysView of(MatrixResult result, Runs runs) {
    List<Head> heads =
        runs.situations().stream()
            .map(Comparison.Situated::situation)
            .filter(Situation::bad)
            .map(one -> new Head(one.name(), one.heading()))
            .toList();
    List<Row> rows =
        result.matrix().strategies().stream()
            .map(
                rollout ->
                    new Row(rollout, result.row(rollout).stream().map(BadDaysView::box).toList()))
            .toList();
    List<Advice> each =
        result.advice().stream().filter(advice -> !advice.about().isEmpty()).toList();
    Optional<Advice> overall =
        result.advice().stream()
            .filter(advice -> advice.about().isEmpty() && !advice.cells().isEmpty())
            .findFirst();
    String toldApart =
        ToldApart.rule(result.runsEach()) + MatrixView.ofFewer(result) + MoreHurt.rule(result);
    return new BadDaysView(
        heads,
        rows,
        overall.map(Advice::text).orElseGet(() -> joined(each)),
        overall.isPresent() ? each : List.of(),
        (result.runsEach() > 1 ? "Numbers are the medians of a box's runs. " : "") + toldApart);
  }

  /** Where nothing can be said over all that is wrong, what is said of each of it. */
  private static String joined(List<Advice> each) {
    return each.size() == 1
        ? each.get(0).text()
        : each.stream()
            .map(advice -> "%s: %s".formatted(advice.about(), advice.text()))
            .collect(Collectors.joining(" "));
  }

  /** What the colours of its boxes say. */
  public Colours colours() {
    return Colours.HARM_BY_SHARE;
  }

  private static Box box(MatrixCell cell) {
    if (cell.isUnmade()) {
      return new Box(Figures.NONE, List.of("not run"), "", "");
    }
    if (!cell.usable()) {
      return new Box("?", List.of(cell.trouble()), "", cell.name());
    }
    MatrixMeasure users = MatrixMeasure.USERS_HURT;
    double percent = users.share().flatMap(cell::range).map(Range::median).orElse(Double.NaN);
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s of requests failed".formatted(MatrixWords.share(cell, MatrixMeasure.FAILED_REQUESTS)));
    if (cell.median(MatrixMeasure.SERVED_AGAIN) > 0) {
      lines.add("for %s s".formatted(MatrixWords.number(cell, MatrixMeasure.SERVED_AGAIN)));
    }
    lines.add(MatrixWords.outcome(cell));
    if (!cell.part().isEmpty()) {
      lines.add(cell.part());
    }
    return new Box(
        "%s of users hurt".formatted(FIGURES.percent(percent / 100)),
        lines,
        Colours.HARM_BY_SHARE.of(cell.median(users), percent),
        cell.name());
  }
}
