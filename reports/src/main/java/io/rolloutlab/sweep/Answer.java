package io.rolloutlab.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One setting to take, and for whom.
 *
 * @param wish what it is the best for
 */
public record Answer(String wish, Point point) {
  /** Nobody takes failures for less than a tenth of the time. */
  private static final double WORTH_IT = 0.9;

  /** From the points that nothing beats; none is named twice. */
  static List<Answer> of(List<Point> best) {
    List<Answer> answers = new ArrayList<>();
    if (best.isEmpty()) {
      return answers;
    }
    Point kind = least(best, Comparator.comparingLong(Point::failed));
    boolean faultless = kind.failed() == 0;
    add(answers, faultless ? "Fastest in which no request failed" : "Fewest failed requests", kind);
    Point frugal =
        least(best, Comparator.comparingLong(Point::extraTasks).thenComparingLong(Point::failed));
    add(
        answers,
        frugal.extraTasks() <= 0 ? "Without room for more tasks" : "With the least room for more",
        frugal);
    Point fastest = least(best, Pareto.BY_TIME);
    if (fastest.seconds() < WORTH_IT * kind.seconds()) {
      add(answers, "Fastest of all, whatever fails", fastest);
    }
    return answers;
  }

  /** Of equally good ones the fastest. */
  private static Point least(List<Point> best, Comparator<Point> wish) {
    return best.stream().min(wish.thenComparing(Pareto.BY_TIME)).orElseThrow();
  }

  private static void add(List<Answer> answers, String wish, Point point) {
    if (answers.stream().noneMatch(answer -> answer.point().equals(point))) {
      answers.add(new Answer(wish, point));
    }
  }
}
