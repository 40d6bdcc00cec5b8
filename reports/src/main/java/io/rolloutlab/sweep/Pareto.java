package io.rolloutlab.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which settings nothing beats. A setting beats another one when it is at least as good in all of
 * errors ({@link Point#failed}), time ({@link Point#seconds}) and cost ({@link Point#extraTasks}),
 * and better in one. These are whole numbers, rounded from the means over the seeds, so that chance
 * in the last digits beats nobody. Of two equal times the one is better that Swarm calls completed
 * earlier ({@link Point#completedSeconds}): a delay that changes nothing is no setting to take.
 * Settings that are equal in all of it do not beat each other: all of them stay.
 */
final class Pareto {
  private static final Comparator<Point> TIME =
      Comparator.comparingLong(Point::seconds).thenComparingLong(Point::completedSeconds);

  /** Fast ones first; of equally good ones the cautious ones. */
  static final Comparator<Point> BY_TIME =
      TIME.thenComparingLong(Point::failed)
          .thenComparingLong(Point::extraTasks)
          .thenComparing(point -> point.setting().order())
          .thenComparing(point -> point.setting().parallelism(), SweepWords.byParallelism())
          .thenComparing(point -> point.setting().delay())
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
    int time = TIME.compare(one, other);
    boolean noWorse =
        one.failed() <= other.failed() && time <= 0 && one.extraTasks() <= other.extraTasks();
    boolean better =
        one.failed() < other.failed() || time < 0 || one.extraTasks() < other.extraTasks();
    return noWorse && better;
  }
}
