package io.rolloutlab.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which settings nothing beats. A setting beats another one when it is at least as good in all of
 * errors ({@link Point#failed}), time ({@link Point#seconds}) and cost ({@link Point#extraTasks}),
 * and better in one. These are whole numbers, rounded from the means over the seeds: what differs
 * by less than one request, second or task counts as equal, so that chance in the last digits beats
 * nobody. Settings that are equal in all three do not beat each other: all of them stay.
 */
final class Pareto {
  /** Fast ones first; equal ones by what users wait, then the cautious ones. */
  static final Comparator<Point> BY_TIME =
      Comparator.comparingLong(Point::seconds)
          .thenComparingLong(Point::failed)
          .thenComparingLong(Point::extraTasks)
          .thenComparingDouble(point -> point.mean(SweepMeasure.P99_MILLIS))
          .thenComparing(point -> point.setting().order())
          .thenComparing(point -> point.setting().delay())
          .thenComparing(point -> point.setting().parallelism())
          .thenComparing(point -> point.setting().monitor());

  private Pareto() {}

  /** The same points in the same order; those that nothing beats are numbered by time. */
  static List<Point> numbered(List<Point> points) {
    List<Point> usable = points.stream().filter(Point::usable).toList();
    List<Point> best =
        usable.stream()
            .filter(point -> usable.stream().noneMatch(other -> beats(other, point)))
            .sorted(BY_TIME)
            .toList();
    List<Point> numbered = new ArrayList<>();
    for (Point point : points) {
      numbered.add(point.withNumber(best.indexOf(point) + 1));
    }
    return numbered;
  }

  private static boolean beats(Point one, Point other) {
    boolean noWorse =
        one.failed() <= other.failed()
            && one.seconds() <= other.seconds()
            && one.extraTasks() <= other.extraTasks();
    boolean better =
        one.failed() < other.failed()
            || one.seconds() < other.seconds()
            || one.extraTasks() < other.extraTasks();
    return noWorse && better;
  }
}
