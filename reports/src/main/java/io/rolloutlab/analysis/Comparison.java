package io.rolloutlab.analysis;

import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.Strategy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Comparable numbers of several runs: a table with a row a run and a column a measure.
 *
 * @param measures the columns
 * @param rows in the order of the runs; baselines first
 */
public record Comparison(List<Measure> measures, List<Row> rows) {
  public Comparison {
    measures = List.copyOf(measures);
    rows = List.copyOf(rows);
  }

  /**
   * One column.
   *
   * @param key short, stable, for files, for example {@code rollbackSeconds}
   * @param label for people
   * @param unit for example {@code s}, {@code %}, {@code ms}, {@code tasks}; empty for ratios
   * @param decimals to print
   * @param howMeasured a sentence
   * @param best which value is the best
   */
  public record Measure(
      String key, String label, String unit, int decimals, String howMeasured, Best best) {}

  /** Which value of a column is the best. */
  public enum Best {
    LOWEST,
    HIGHEST,
    /** None: the number describes, it does not rank. */
    NONE
  }

  /**
   * One run.
   *
   * @param outcome what came of the update that Swarm was ordered to make, in a few words; empty
   *     where none was
   * @param cutOff why its numbers are those of a part of what was asked; empty when it came to its
   *     end
   * @param cells as many as there are measures, in their order
   */
  public record Row(
      String scenario,
      Strategy strategy,
      String runId,
      Verdict verdict,
      String outcome,
      String cutOff,
      List<Cell> cells) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /**
   * One number.
   *
   * @param value in the measure's unit; empty when it does not apply or is unknown
   * @param best whether it is the best of its column; several can be; never of a baseline, of a run
   *     that did not reconcile or that was cut off, and never where fewer than two can be compared
   *     or all are equal, nor where a number is doubtful ({@link Findings#doubtOf}); values better
   *     than the baseline's count as equal to it, since the difference is noise
   */
  public record Cell(OptionalDouble value, boolean best) {}

  /**
   * The table of some runs.
   *
   * @throws IllegalArgumentException when real and simulated runs are mixed
   */
  public static Comparison of(List<Findings> runs) {
    oneOrigin(runs);
    List<Findings> sorted =
        runs.stream().sorted(Comparator.comparing(run -> !isBaseline(run))).toList();
    List<Measures.Reading> readings = Measures.ALL;
    List<List<Cell>> columns = readings.stream().map(one -> column(one, sorted)).toList();
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < sorted.size(); r++) {
      int row = r;
      Manifest manifest = sorted.get(r).manifest();
      rows.add(
          new Row(
              manifest.scenario().name(),
              manifest.scenario().strategy(),
              manifest.runId(),
              sorted.get(r).verdict(),
              outcome(sorted.get(r)),
              sorted.get(r).cutOff().orElse(""),
              columns.stream().map(column -> column.get(row)).toList()));
    }
    return new Comparison(readings.stream().map(Measures.Reading::measure).toList(), rows);
  }

  private static String outcome(Findings run) {
    return run.outcomes().known().stream()
        .flatMap(List::stream)
        .filter(outcome -> !outcome.rollback())
        .findFirst()
        .map(UpdateOutcome::inWords)
        .orElse("");
  }

  private static List<Cell> column(Measures.Reading reading, List<Findings> runs) {
    List<OptionalDouble> values = runs.stream().map(reading::of).toList();
    Best wanted = reading.measure().best();
    String key = reading.measure().key();
    OptionalDouble noise = noise(wanted, runs, values);
    double[] eligible =
        IntStream.range(0, runs.size())
            .filter(r -> ranked(runs.get(r)) && runs.get(r).doubtOf(key).isEmpty())
            .mapToObj(values::get)
            .flatMapToDouble(OptionalDouble::stream)
            .map(value -> aboveNoise(wanted, value, noise))
            .sorted()
            .toArray();
    boolean differ = eligible.length > 1 && eligible[0] < eligible[eligible.length - 1];
    double best =
        !differ || wanted == Best.NONE
            ? Double.NaN
            : wanted == Best.LOWEST ? eligible[0] : eligible[eligible.length - 1];
    return IntStream.range(0, runs.size())
        .mapToObj(
            r -> {
              OptionalDouble value = values.get(r);
              boolean counts = ranked(runs.get(r)) && runs.get(r).doubtOf(key).isEmpty();
              double read = aboveNoise(wanted, value.orElse(Double.NaN), noise);
              return new Cell(value, counts && read == best);
            })
        .toList();
  }

  /** The baseline's own value: no run can be told from another by being better than that. */
  private static OptionalDouble noise(
      Best wanted, List<Findings> runs, List<OptionalDouble> values) {
    DoubleStream baselines =
        IntStream.range(0, runs.size())
            .filter(r -> isBaseline(runs.get(r)) && whole(runs.get(r)))
            .mapToObj(values::get)
            .flatMapToDouble(OptionalDouble::stream);
    return wanted == Best.HIGHEST ? baselines.min() : baselines.max();
  }

  private static double aboveNoise(Best wanted, double value, OptionalDouble noise) {
    if (noise.isEmpty()) {
      return value;
    }
    return wanted == Best.HIGHEST
        ? Math.min(value, noise.getAsDouble())
        : Math.max(value, noise.getAsDouble());
  }

  private static boolean ranked(Findings run) {
    return !isBaseline(run) && whole(run);
  }

  private static boolean whole(Findings run) {
    return run.reconciled() && run.cutOff().isEmpty();
  }

  private static boolean isBaseline(Findings run) {
    return run.manifest().scenario().strategy() == Strategy.BASELINE;
  }

  static void oneOrigin(List<Findings> runs) {
    Set<Manifest.Origin> origins =
        runs.stream().map(run -> run.manifest().origin()).collect(Collectors.toSet());
    if (origins.size() > 1) {
      throw new IllegalArgumentException(
          "real (LIVE) and simulated (TWIN) runs must not be compared with each other: "
              + runs.stream()
                  .map(run -> run.manifest().runId() + " is " + run.manifest().origin())
                  .collect(Collectors.joining(", ")));
    }
  }
}
