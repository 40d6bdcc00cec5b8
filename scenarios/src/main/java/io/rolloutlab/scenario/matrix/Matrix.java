package io.rolloutlab.scenario.matrix;

import io.rolloutlab.scenario.Scenario;
import java.util.List;
import java.util.function.Predicate;

/**
 * Every strategy in every situation, under conditions that are the same but for these two.
 *
 * @param name names its page, as a scenario's does the run's
 * @param question one sentence for the page
 * @param seeds how many simulated runs a cell gets
 * @param repeats how many real runs a cell gets
 * @param strategies their names, in the order of the file
 * @param situations their names, in the order of the file
 * @param cells strategies outermost, in the order of the file
 */
public record Matrix(
    String name,
    String question,
    int seeds,
    int repeats,
    List<String> strategies,
    List<String> situations,
    List<Cell> cells) {
  public Matrix {
    strategies = List.copyOf(strategies);
    situations = List.copyOf(situations);
    cells = List.copyOf(cells);
  }

  /**
   * The same with another number of runs of each cell, real or simulated.
   *
   * @param runs 1 or more
   * @param taken whether a cell of a name ({@link Cell#name()}) is run: no other one counts
   * @throws IllegalArgumentException when these would be more than a matrix makes
   */
  public Matrix withRuns(int runs, Predicate<String> taken) {
    long run = cells.stream().map(Cell::name).filter(taken).count();
    if (run * runs > MatrixFile.MOST_RUNS) {
      throw new IllegalArgumentException(
          "--repeats %2$s: %2$s runs of each of %3$s cells of %1$s are %4$s; a matrix makes at most"
                  .formatted(name, runs, run, run * runs)
              + " %s: ask for fewer, or name some cells with --only"
                  .formatted(MatrixFile.MOST_RUNS));
    }
    return new Matrix(name, question, runs, runs, strategies, situations, cells);
  }

  /**
   * One strategy in one situation.
   *
   * @param scenario of its first run; others have the seeds after its
   */
  public record Cell(String strategy, String situation, Scenario scenario) {
    /** What the cell of a strategy and a situation is called where it is asked for. */
    public static String name(String strategy, String situation) {
      return strategy + "/" + situation;
    }

    /** What it is called where it is asked for. */
    public String name() {
      return name(strategy, situation);
    }

    /** The scenario of one of its runs, counted from 0. */
    public Scenario scenario(int run) {
      return scenario.repeat(run);
    }

    /** Which of its runs has a seed, counted from 0 as in {@link #scenario(int)}. */
    public int run(long seed) {
      return Math.toIntExact(seed - scenario.seed());
    }
  }
}
