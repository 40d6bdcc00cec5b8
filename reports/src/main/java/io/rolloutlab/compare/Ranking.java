package io.rolloutlab.compare;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.measure.Best;
import io.rolloutlab.compare.Comparison.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One column of the comparison: the numbers of all runs by one measure, and which of them are best.
 *
 * @param note as in {@link Comparison#notes}
 */
record Ranking(List<Cell> cells, String note) {
  /** A note: there are numbers, and their differences may be chance. */
  static final String NOT_TOLD_APART = "not told apart";

  /** A note: the settings make the numbers. */
  static final String SETTLED = "follows from the settings";

  /** A note: whatever is better than others had an outage. */
  static final String OUTAGE = "an outage is never the best";

  /** The cells of one measure, while they are made. */
  private static final class Column {
    private final ComparedBy reading;
    private final Field field;
    private final boolean lowest;
    private final List<OptionalDouble> values;
    private final OptionalDouble floor;

    Column(ComparedBy reading, Field field) {
      this.reading = reading;
      this.field = field;
      lowest = reading.best() == Best.LOWEST;
      values = field.runs().stream().map(reading::of).toList();
      var baselines =
          field.peers().stream()
              .filter(Findings::isBaseline)
              .map(reading::of)
              .flatMapToDouble(OptionalDouble::stream);
      floor = lowest ? baselines.max() : baselines.min();
    }

    String settled(int run) {
      return values.get(run).isEmpty() || field.runs().get(run).isBaseline()
          ? ""
          : reading.settledBy(field.runs().get(run).manifest().scenario());
    }

    String never(int run) {
      return values.get(run).isEmpty() ? reading.never(field.runs().get(run)) : "";
    }

    /** Better is lower, whichever way the measure goes; better than the baseline is no better. */
    double badness(int run) {
      double value = values.get(run).orElseThrow();
      double read = lowest ? value : -value;
      return floor.isEmpty()
          ? read
          : Math.max(read, lowest ? floor.getAsDouble() : -floor.getAsDouble());
    }

    /**
     * The runs that compete, repeats of one scenario together. Where one of them is proven to be
     * larger than was watched, the others alone would flatter their scenario.
     */
    List<List<Integer>> groups() {
      Set<Object> longer =
          IntStream.range(0, values.size())
              .filter(run -> field.competes(run, reading.harm()) && !never(run).isEmpty())
              .mapToObj(run -> Differences.asked(field.runs().get(run)))
              .collect(Collectors.toSet());
      Map<Object, List<Integer>> groups = new LinkedHashMap<>();
      IntStream.range(0, values.size())
          .filter(run -> values.get(run).isPresent())
          .filter(run -> field.competes(run, reading.harm()))
          .filter(run -> settled(run).isEmpty())
          .filter(run -> field.runs().get(run).doubtOf(reading.measure().key()).isEmpty())
          .forEach(
              run ->
                  groups
                      .computeIfAbsent(
                          Differences.asked(field.runs().get(run)), asked -> new ArrayList<>())
                      .add(run));
      groups.keySet().removeAll(longer);
      return List.copyOf(groups.values());
    }

    double mean(List<Integer> group) {
      return group.stream().mapToDouble(this::badness).average().orElseThrow();
    }

    /** Every run of one group is better than every run of the other, and not by chance. */
    boolean beats(List<Integer> better, List<Integer> worse) {
      int last = extreme(better, 1);
      int first = extreme(worse, -1);
      return badness(last) < badness(first)
          && reading.told(field.runs().get(last), field.runs().get(first), field.peers());
    }

    /**
     * Whether the settings of another run make a better number: a star beside that one would say of
     * this one what is not so.
     */
    boolean overshadowed(int run) {
      return IntStream.range(0, values.size())
          .filter(other -> values.get(other).isPresent() && !settled(other).isEmpty())
          .anyMatch(other -> badness(other) < badness(run));
    }

    private int extreme(List<Integer> group, int sign) {
      return group.stream()
          .max((a, b) -> sign * Double.compare(badness(a), badness(b)))
          .orElseThrow();
    }
  }

  static Ranking of(ComparedBy reading, Field field) {
    Column column = new Column(reading, field);
    List<Integer> best = reading.best() == Best.NONE ? List.of() : best(column, column.groups());
    List<Cell> cells =
        IntStream.range(0, column.values.size())
            .mapToObj(
                run ->
                    new Cell(
                        column.values.get(run),
                        best.contains(run) && field.ranks(run) && !column.overshadowed(run),
                        column.settled(run),
                        column.never(run)))
            .toList();
    return new Ranking(cells, note(reading, column, best, cells));
  }

  /** The runs of the best group and of those that it does not beat; none when it beats nobody. */
  private static List<Integer> best(Column column, List<List<Integer>> groups) {
    List<Integer> first =
        groups.stream()
            .min((a, b) -> Double.compare(column.mean(a), column.mean(b)))
            .orElse(List.of());
    List<List<Integer>> equal =
        groups.stream().filter(group -> !column.beats(first, group)).toList();
    return equal.size() == groups.size()
        ? List.of()
        : equal.stream().flatMap(List::stream).toList();
  }

  private static String note(
      ComparedBy reading, Column column, List<Integer> best, List<Cell> cells) {
    if (reading.best() == Best.NONE || cells.stream().anyMatch(Cell::best)) {
      return "";
    }
    if (!best.isEmpty()) {
      return best.stream().anyMatch(column::overshadowed) ? SETTLED : OUTAGE;
    }
    if (column.groups().size() > 1) {
      return NOT_TOLD_APART;
    }
    return cells.stream().anyMatch(cell -> !cell.settledBy().isEmpty()) ? SETTLED : "";
  }
}
