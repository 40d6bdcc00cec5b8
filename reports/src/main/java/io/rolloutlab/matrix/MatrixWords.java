package io.rolloutlab.matrix;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.text.Figures;
import io.rolloutlab.text.Named;
import io.rolloutlab.text.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** How cells and their numbers are called, the same on the page and the console. */
public final class MatrixWords {
  /** Stands before a number that is known to be too small. */
  private static final String MORE_THAN = "> ";

  private MatrixWords() {}

  /** The median, without its unit; a dash where it is not known. */
  public static String number(MatrixCell cell, MatrixMeasure measure) {
    return cell.range(measure)
        .map(range -> number(range.median(), cell.isOpen(measure), measure))
        .orElse(Figures.NONE);
  }

  /** Of one run, without its unit; a dash where it is not known. */
  public static String number(MatrixRun run, MatrixMeasure measure) {
    OptionalDouble value = run.value(measure.measure());
    return value.isPresent()
        ? number(value.getAsDouble(), run.open().contains(measure.key()), measure)
        : Figures.NONE;
  }

  /**
   * A value of a measure.
   *
   * @param open whether it is known to be too small
   */
  public static String number(double value, boolean open, MatrixMeasure measure) {
    return (open ? MORE_THAN : "") + number(value, measure);
  }

  /** A value of a measure; a median of whole numbers may lie between two of them. */
  public static String number(double value, MatrixMeasure measure) {
    int decimals = measure.measure().heading().decimals();
    boolean between = decimals == 0 && value != Math.rint(value) && Math.abs(value) < 10;
    return FIGURES.number(value, between ? 1 : decimals);
  }

  /** From the least to the most over its runs; empty where they print alike. */
  public static String range(MatrixCell cell, MatrixMeasure measure) {
    Optional<Range> range = cell.range(measure);
    String least = range.map(its -> number(its.least(), measure)).orElse("");
    String most = range.map(its -> number(its.most(), measure)).orElse("");
    return least.equals(most) ? "" : "%s to %s".formatted(least, most);
  }

  /** Every run's value, in the order of the runs; empty where one is not known. */
  public static String each(MatrixCell cell, MatrixMeasure measure) {
    return cell.range(measure).isEmpty()
        ? ""
        : cell.runs().stream().map(run -> number(run, measure)).collect(Collectors.joining(", "));
  }

  /** The median of its share in percent; empty where it has none. */
  public static String share(MatrixCell cell, MatrixMeasure measure) {
    return measure
        .share()
        .flatMap(cell::range)
        .map(Range::median)
        .map(percent -> FIGURES.percent(percent / 100))
        .orElse("");
  }

  /** The median, and behind it in brackets the range where the runs differ. */
  static String told(MatrixCell cell, MatrixMeasure measure) {
    String range = range(cell, measure);
    return number(cell, measure) + (range.isEmpty() ? "" : " (%s)".formatted(range));
  }

  /** What came of its rollouts: {@code completed}, or {@code completed 3, paused 2}. */
  public static String outcome(MatrixCell cell) {
    if (cell.outcomes().size() == 1) {
      return cell.outcomes().keySet().iterator().next();
    }
    return cell.outcomes().isEmpty()
        ? Figures.NONE
        : cell.outcomes().entrySet().stream()
            .map(one -> one.getKey() + " " + one.getValue())
            .collect(Collectors.joining(", "));
  }

  /** Why some strategies are not compared, a sentence; empty where all are. */
  public static Optional<String> notCompared(MatrixResult result) {
    List<MatrixCell> out =
        result.strategies().stream()
            .map(strategy -> result.row(strategy).get(0))
            .filter(cell -> !cell.forEverybody())
            .toList();
    return out.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Not compared, since not everybody is to get v2 there, so that few can be hurt: %s."
                .formatted(strategies(out)));
  }

  /** Which cells are not there since nobody asked for them, a sentence; empty where all are. */
  public static Optional<String> leftOut(MatrixResult result) {
    List<MatrixCell> out = result.leftOut();
    if (out.isEmpty()) {
      return Optional.empty();
    }
    List<String> strategies = without(result.matrix().strategies(), result.strategies());
    List<String> situations = without(result.matrix().situations(), result.situations());
    List<String> parts = new ArrayList<>();
    if (!strategies.isEmpty()) {
      parts.add("all of " + Named.and(strategies));
    }
    if (!situations.isEmpty()) {
      parts.add("all in " + Named.and(situations));
    }
    out.stream()
        .filter(cell -> !strategies.contains(cell.strategy()))
        .filter(cell -> !situations.contains(cell.situation()))
        .forEach(cell -> parts.add(cell.words()));
    return Optional.of(
        "%s not asked for in this call and %s: %s."
            .formatted(
                out.size() == 1 ? "1 cell was" : out.size() + " cells were",
                out.size() == 1 ? "has no run" : "have no runs",
                String.join("; ", parts)));
  }

  private static List<String> without(List<String> all, List<String> shown) {
    return all.stream().filter(one -> !shown.contains(one)).toList();
  }

  /** Names of strategies in a sentence: {@code a, b and c}. */
  static String strategies(List<MatrixCell> cells) {
    return Named.and(cells.stream().map(MatrixCell::strategy).toList());
  }

  /** From the lowest of their medians to the highest; one number where these print alike. */
  static String span(List<MatrixCell> cells, MatrixMeasure measure) {
    double[] medians = cells.stream().mapToDouble(cell -> cell.median(measure)).sorted().toArray();
    String least = number(medians[0], measure);
    String most = number(medians[medians.length - 1], measure);
    return least.equals(most) ? least : "%s to %s".formatted(least, most);
  }
}
