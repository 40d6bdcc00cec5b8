package io.rolloutlab.sweep;

import io.rolloutlab.scenario.sweep.Sweep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole sweep.
 *
 * @param commit of the lab that made it
 * @param cases by condition, in the order of the sweep
 */
public record SweepResult(Sweep sweep, String commit, List<CaseResult> cases) {
  public SweepResult {
    cases = List.copyOf(cases);
  }

  /**
   * Gathers the runs.
   *
   * @param runs of each of the sweep's cells, in their order
   * @throws IllegalArgumentException when they are not all there
   */
  public static SweepResult of(Sweep sweep, String commit, List<List<SweepRun>> runs) {
    List<Sweep.Cell> cells = sweep.cells();
    if (runs.size() != cells.size()
        || runs.stream().anyMatch(ofCell -> ofCell.size() != sweep.seeds())) {
      throw new IllegalArgumentException(
          "a sweep of %s settings × %s seeds is not whole".formatted(cells.size(), sweep.seeds()));
    }
    Map<Sweep.Case, List<Point>> points = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      points
          .computeIfAbsent(cells.get(i).condition(), condition -> new ArrayList<>())
          .add(Point.of(cells.get(i).setting(), runs.get(i)));
    }
    List<CaseResult> cases = new ArrayList<>();
    points.forEach(
        (condition, ofCase) -> cases.add(new CaseResult(condition, Pareto.numbered(ofCase))));
    return new SweepResult(sweep, commit, cases);
  }

  /** Settings of all cases together. */
  public int settings() {
    return cases.stream().mapToInt(one -> one.points().size()).sum();
  }

  /** Of every setting. */
  public long firstSeed() {
    return sweep.cells().get(0).scenario().seed();
  }

  /** Of every setting. */
  public long lastSeed() {
    return firstSeed() + sweep.seeds() - 1;
  }
}
