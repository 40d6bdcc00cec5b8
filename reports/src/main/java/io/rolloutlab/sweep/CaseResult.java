package io.rolloutlab.sweep;

import io.rolloutlab.scenario.sweep.Sweep;
import java.util.Comparator;
import java.util.List;

/**
 * All settings under one condition: only these are compared with each other.
 *
 * @param points in the order of the sweep
 */
public record CaseResult(Sweep.Case condition, List<Point> points) {
  public CaseResult {
    points = List.copyOf(points);
  }

  /** Those that nothing beats, by time. */
  public List<Point> best() {
    return points.stream()
        .filter(Point::best)
        .sorted(Comparator.comparingInt(Point::number))
        .toList();
  }

  /** Those of which a run did not come to a good end. */
  public List<Point> unusable() {
    return points.stream().filter(point -> !point.usable()).toList();
  }

  /** What to take; empty when no setting is usable. */
  public List<Answer> answers() {
    return Answer.of(best());
  }
}
