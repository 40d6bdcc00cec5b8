package io.rolloutlab.html.matrix;

import io.rolloutlab.analysis.outcome.SwarmFirst;
import io.rolloutlab.html.part.DotRow;
import io.rolloutlab.matrix.MatrixCell;
import io.rolloutlab.matrix.MatrixMeasure;
import io.rolloutlab.matrix.MatrixResult;
import io.rolloutlab.matrix.MatrixRun;
import io.rolloutlab.matrix.MatrixWords;
import io.rolloutlab.text.Figures;
import io.rolloutlab.text.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Strategies × situations of one number.
 *
 * @param key of the measure; {@code outcome} for the outcomes
 * @param label for people, with its unit
 * @param howMeasured a sentence without its full stop
 * @param colours what those of its boxes say
 * @param sums heads of the columns that sum up a strategy
 * @param rows one a strategy
 * @param feet rows that sum up the situations
 * @param howDots how the dots of its boxes are read, some sentences; empty where there are none
 */
public record MatrixTable(
    String key,
    String label,
    String howMeasured,
    Colours colours,
    List<String> sums,
    List<Row> rows,
    List<Row> feet,
    String howDots) {
  public MatrixTable {
    sums = List.copyOf(sums);
    rows = List.copyOf(rows);
    feet = List.copyOf(feet);
  }

  /** One without dots. */
  public MatrixTable(
      String key,
      String label,
      String howMeasured,
      Colours colours,
      List<String> sums,
      List<Row> rows,
      List<Row> feet) {
    this(key, label, howMeasured, colours, sums, rows, feet, "");
  }

  /**
   * One row.
   *
   * @param ranked whether it is among those that the best and the worst are taken from
   * @param boxes one a situation
   * @param sums of the row
   */
  public record Row(String head, boolean ranked, List<Box> boxes, List<Box> sums) {
    public Row {
      boxes = List.copyOf(boxes);
      sums = List.copyOf(sums);
    }
  }

  /**
   * One number.
   *
   * @param text the number, or a word
   * @param small what stands under it; empty for nothing
   * @param colour class of its colour; empty for none
   * @param link where it leads; empty for nowhere
   * @param title what the number is of, for those who cannot see where it stands
   * @param dots the runs that it is made of
   */
  public record Box(
      String text, String small, String colour, String link, String title, Dots dots) {
    /** One without dots. */
    public Box(String text, String small, String colour, String link, String title) {
      this(text, small, colour, link, title, Dots.NONE);
    }
  }

  /**
   * Each run of a cell as a dot.
   *
   * @param words each run's value, for those who do not see the dots
   */
  public record Dots(DotRow row, String words) {
    /** Of a cell that shows none. */
    public static final Dots NONE = new Dots(new DotRow(List.of(), ""), "");

    /** Whether there are some. */
    public boolean any() {
      return !row.places().isEmpty();
    }
  }

  static MatrixTable of(MatrixResult result, MatrixMeasure measure) {
    return new Maker(result, measure, largest(result, measure), DotScale.of(result, measure))
        .table();
  }

  private static double largest(MatrixResult result, MatrixMeasure measure) {
    return result.cells().stream()
        .mapToDouble(cell -> cell.median(measure))
        .filter(value -> !Double.isNaN(value))
        .max()
        .orElse(1);
  }

  /** What came of each. */
  static MatrixTable outcomes(MatrixResult result) {
    List<Row> rows =
        result.strategies().stream()
            .map(
                strategy ->
                    new Row(
                        strategy,
                        true,
                        result.row(strategy).stream().map(MatrixTable::outcome).toList(),
                        List.of()))
            .toList();
    return new MatrixTable(
        "outcome",
        "Outcome",
        "What came of the rollout: what Swarm made of the update it was ordered to make, or \"%s\" for"
                .formatted(MatrixRun.DONE)
            + " a strategy that orders none; \"%s\" where v2 was too bad for the scenario's alarm;"
                .formatted(MatrixRun.CALLED_BACK)
            + " \"%s\" where Swarm had paused it before that;"
                .formatted(SwarmFirst.PAUSED_THEN_CALLED_BACK)
            + " \"%s\" where a step waited for what did not come. A".formatted(MatrixRun.GIVEN_UP)
            + " number says in how many of the runs",
        Colours.OUTCOME,
        List.of(),
        rows,
        List.of());
  }

  /** A cell that is not there by choice: no question is open about it. */
  private static Box leftOut(MatrixCell cell) {
    return new Box(Figures.NONE, "not asked for", "", "", cell.words());
  }

  private static Box outcome(MatrixCell cell) {
    if (cell.isLeftOut()) {
      return leftOut(cell);
    }
    return box(
        cell,
        cell.usable() ? MatrixWords.outcome(cell) : "?",
        "",
        cell.usable() ? Colours.ended(cell.done()) : "",
        Dots.NONE);
  }

  private static Box box(MatrixCell cell, String text, String small, String colour, Dots dots) {
    String under =
        Stream.of(small, cell.part())
            .filter(words -> !words.isEmpty())
            .collect(Collectors.joining(" · "));
    return new Box(text, under, colour, CellShown.link(cell), cell.words(), dots);
  }

  /** Of one measure. */
  private record Maker(MatrixResult result, MatrixMeasure measure, double largest, DotScale scale) {
    MatrixTable table() {
      boolean summed = measure.isSummed();
      return new MatrixTable(
          measure.key(),
          measure.unit().isEmpty()
              ? measure.label()
              : "%s, %s".formatted(measure.label(), measure.unit()),
          measure.measure().heading().howMeasured(),
          colours(),
          summed ? List.of(most(), "Together") : List.of(most()),
          result.strategies().stream().map(this::row).toList(),
          feet(),
          scale.sentences());
    }

    private Row row(String strategy) {
      List<MatrixCell> cells = result.row(strategy);
      List<Box> sums = new ArrayList<>();
      sums.add(Summed.most(cells, measure).box(most() + " of " + strategy));
      if (measure.isSummed()) {
        sums.add(Summed.together(cells, measure).box(strategy + " together"));
      }
      boolean ranked = cells.get(0).forEverybody();
      return new Row(strategy, ranked, cells.stream().map(this::box).toList(), sums);
    }

    private List<Row> feet() {
      String least = colours() == Colours.AMOUNT ? "Least" : "Best";
      return List.of(foot(least, Summed::least), foot(most(), Summed::most));
    }

    /** What it is to have the most of it: only of harm that is the worst. */
    private String most() {
      return colours() == Colours.AMOUNT ? "Most" : "Worst";
    }

    private Row foot(String which, BiFunction<List<MatrixCell>, MatrixMeasure, Summed> sum) {
      List<Box> boxes =
          result.situations().stream()
              .map(
                  situation ->
                      sum.apply(ranked(situation), measure)
                          .box("%s in %s".formatted(which, situation)))
              .toList();
      return new Row(which, true, boxes, List.of());
    }

    /** Who is not to bring v2 to everybody is neither the best nor the worst of those who are. */
    private List<MatrixCell> ranked(String situation) {
      return result.column(situation).stream().filter(MatrixCell::forEverybody).toList();
    }

    private Box box(MatrixCell cell) {
      if (cell.isLeftOut()) {
        return leftOut(cell);
      }
      if (!cell.usable()) {
        return MatrixTable.box(cell, "?", "", "", Dots.NONE);
      }
      String range = MatrixWords.range(cell, measure);
      String share = MatrixWords.share(cell, measure);
      String small = share.isEmpty() || range.isEmpty() ? share + range : share + " · " + range;
      String number = MatrixWords.number(cell, measure);
      return MatrixTable.box(cell, number, small, colour(cell), scale.dots(cell));
    }

    private Colours colours() {
      if (!measure.measure().ranks().harm()) {
        return Colours.AMOUNT;
      }
      return measure.share().isPresent() ? Colours.HARM_BY_SHARE : Colours.HARM;
    }

    private String colour(MatrixCell cell) {
      double value = cell.median(measure);
      double ofLargest = 100 * value / largest;
      double percent = measure.share().flatMap(cell::range).map(Range::median).orElse(ofLargest);
      return colours().of(value, percent);
    }
  }
}
