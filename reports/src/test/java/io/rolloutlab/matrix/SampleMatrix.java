package io.rolloutlab.matrix;

import io.rolloutlab.analysis.measure.Measure;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.matrix.Matrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Matrices with made-up numbers, for tests of this and other packages. */
public final class SampleMatrix {
  private final Map<String, List<MatrixRun>> runs = new HashMap<>();
  private final Map<String, List<String>> unread = new HashMap<>();
  private final List<String> strategies;
  private final List<String> situations;
  private final int each;
  private Predicate<String> wanted = cell -> true;

  /**
   * Nothing is run yet.
   *
   * @param each runs of a cell
   */
  public SampleMatrix(int each, List<String> strategies, List<String> situations) {
    this.each = each;
    this.strategies = strategies;
    this.situations = situations;
  }

  /** Users hurt in each run of a cell; the time they are hurt for and the room are the same. */
  public SampleMatrix cell(
      String strategy, String situation, double seconds, double extraTasks, int... hurt) {
    List<MatrixRun> all = new ArrayList<>();
    for (int users : hurt) {
      Map<String, Double> values = new HashMap<>();
      values.put(MatrixMeasure.USERS_HURT.key(), (double) users);
      values.put("usersHurtPercent", users / 2.0);
      values.put(MatrixMeasure.FAILED_REQUESTS.key(), 3.0 * users);
      values.put("errorPercent", users / 10.0);
      values.put(MatrixMeasure.SERVED_AGAIN.key(), seconds);
      values.put(MatrixMeasure.EXTRA_TASKS.key(), extraTasks);
      all.add(run(all.size(), values, "completed", ""));
    }
    runs.put(strategy + "/" + situation, all);
    return this;
  }

  /** How long the courses of a cell took. */
  public SampleMatrix course(String strategy, String situation, double seconds) {
    runs.computeIfPresent(
        strategy + "/" + situation,
        (cell, all) ->
            all.stream()
                .map(
                    run -> {
                      Map<String, Double> values = new HashMap<>(run.values());
                      values.put(MatrixMeasure.COURSE.key(), seconds);
                      return run((int) run.seed() - 1, values, run.outcome(), run.trouble());
                    })
                .toList());
    return this;
  }

  /** What came of the rollouts of a cell. */
  public SampleMatrix outcome(String strategy, String situation, String outcome) {
    runs.computeIfPresent(
        strategy + "/" + situation,
        (cell, all) ->
            all.stream()
                .map(run -> run((int) run.seed() - 1, run.values(), outcome, run.trouble()))
                .toList());
    return this;
  }

  /** Users of a cell were not served again as long as they were watched. */
  public SampleMatrix neverServedAgain(String strategy, String situation) {
    runs.computeIfPresent(
        strategy + "/" + situation,
        (cell, all) ->
            all.stream()
                .map(
                    run ->
                        new MatrixRun(
                            run.id(),
                            run.seed(),
                            run.commit(),
                            run.values(),
                            List.of(MatrixMeasure.SERVED_AGAIN.key()),
                            run.outcome(),
                            "",
                            "",
                            ""))
                .toList());
    return this;
  }

  /** A cell whose runs cannot be used. */
  public SampleMatrix broken(String strategy, String situation, String why) {
    runs.put(
        strategy + "/" + situation,
        IntStream.range(0, each).mapToObj(i -> run(i, Map.of(), "completed", why)).toList());
    return this;
  }

  /** The first run of a cell is not there. */
  public SampleMatrix withoutFirst(String strategy, String situation) {
    runs.computeIfPresent(strategy + "/" + situation, (cell, all) -> all.subList(1, all.size()));
    return this;
  }

  /** A run of a cell is there, but cannot be read. */
  public SampleMatrix unreadable(String strategy, String situation, String why) {
    unread.put(strategy + "/" + situation, List.of(why));
    return this;
  }

  private static MatrixRun run(
      int number, Map<String, Double> values, String outcome, String trouble) {
    return new MatrixRun(
        "run-" + number, number + 1, "abc", values, List.of(), outcome, "", "", trouble);
  }

  /** Without a number of one measure in one cell. */
  public SampleMatrix without(String strategy, String situation, Measure measure) {
    runs.computeIfPresent(
        strategy + "/" + situation,
        (cell, all) ->
            all.stream()
                .map(
                    run -> {
                      Map<String, Double> values = new HashMap<>(run.values());
                      values.remove(measure.key());
                      return run((int) run.seed() - 1, values, run.outcome(), run.trouble());
                    })
                .toList());
    return this;
  }

  /** Who called asked for these cells only, {@code STRATEGY/SITUATION} each. */
  public SampleMatrix only(String... cells) {
    wanted = List.of(cells)::contains;
    return this;
  }

  /** All of it, as if simulated. */
  public MatrixResult result() {
    List<Matrix.Cell> cells = new ArrayList<>();
    List<CellRuns> all = new ArrayList<>();
    for (String strategy : strategies) {
      for (String situation : situations) {
        cells.add(new Matrix.Cell(strategy, situation, scenario(strategy, situation)));
        String cell = strategy + "/" + situation;
        all.add(
            new CellRuns(runs.getOrDefault(cell, List.of()), unread.getOrDefault(cell, List.of())));
      }
    }
    Matrix matrix = new Matrix("sample", "Which?", each, each, strategies, situations, cells);
    return MatrixResult.of(matrix, Manifest.Origin.TWIN, all, wanted);
  }

  /** One that is called listed is for listed users only. */
  private static Scenario scenario(String strategy, String situation) {
    return new Scenario(
        strategy + "--" + situation,
        "Which?",
        strategy.equals("listed") ? Strategy.CANARY_IP : Strategy.ROLLING,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
