package io.rolloutlab.html.sweep;

import io.rolloutlab.chart.Axis;
import io.rolloutlab.chart.Ink;
import io.rolloutlab.chart.Mark;
import io.rolloutlab.chart.TimeChart.Dash;
import io.rolloutlab.chart.XyChart;
import io.rolloutlab.html.part.Figure;
import io.rolloutlab.scenario.update.Order;
import io.rolloutlab.sweep.CaseResult;
import io.rolloutlab.sweep.Point;
import io.rolloutlab.sweep.SweepMeasure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Time against errors, and time against cost; what nothing beats is numbered. */
final class SweepTradeOff {
  private static final Mark STOP_FIRST = Mark.CIRCLE;
  private static final Mark START_FIRST = Mark.SQUARE;

  private final String id;
  private final List<Point> usable;
  private final List<Point> best;

  SweepTradeOff(String id, CaseResult result) {
    this.id = id;
    usable = result.points().stream().filter(Point::usable).toList();
    best = result.best();
  }

  List<Figure> figures() {
    if (usable.isEmpty()) {
      return List.of();
    }
    return List.of(
        figure(
            "errors",
            "Errors against time",
            "A point a setting. The numbers are those of the table below: no other setting is at"
                + " least as good in errors, time and cost, and better in one. The axis of failed"
                + " requests is even up to 1 and logarithmic above.",
            Axis.counts("failed requests", max(SweepMeasure.FAILED_REQUESTS)),
            point -> point.mean(SweepMeasure.FAILED_REQUESTS)),
        figure(
            "cost",
            "Cost against time",
            "The same settings. Extra tasks are the room the cluster must have beyond its replicas.",
            Axis.linear("extra tasks at the peak", max(SweepMeasure.EXTRA_TASKS)),
            point -> point.mean(SweepMeasure.EXTRA_TASKS)));
  }

  private double max(SweepMeasure measure) {
    return usable.stream().mapToDouble(point -> point.mean(measure)).max().orElse(1);
  }

  private Figure figure(
      String name, String title, String caption, Axis y, ToDoubleFunction<Point> value) {
    double[] seconds = usable.stream().mapToDouble(SweepTradeOff::seconds).toArray();
    Axis x =
        Axis.logarithmic(
            "seconds from the command until v2 is everywhere",
            java.util.Arrays.stream(seconds).min().orElse(1),
            java.util.Arrays.stream(seconds).max().orElse(1));
    return Figure.drawn(
        id + "-" + name,
        title,
        caption,
        keys(),
        (size, svgId) -> {
          XyChart chart = XyChart.of(x, y);
          for (Order order : Order.values()) {
            List<Point> others = of(usable, order).stream().filter(p -> !p.best()).toList();
            chart.points(Ink.BASELINE, mark(order), each(others), each(others, value));
          }
          for (Order order : Order.values()) {
            List<Point> front = of(best, order);
            chart.line(ink(order), Dash.SOLID, mark(order), each(front), each(front, value));
            chart.points(
                ink(order),
                mark(order),
                each(front),
                each(front, value),
                front.stream().map(point -> "" + point.number()).toList());
          }
          return chart.svg(size, svgId, title + ", a point a setting");
        });
  }

  private List<Figure.Key> keys() {
    List<Figure.Key> keys = new ArrayList<>();
    for (Order order : Order.values()) {
      if (!of(best, order).isEmpty()) {
        keys.add(
            Figure.Key.mark(ink(order), mark(order), order.swarmName() + ", nothing beats it"));
      }
      if (of(usable, order).stream().anyMatch(point -> !point.best())) {
        keys.add(Figure.Key.mark(Ink.BASELINE, mark(order), order.swarmName() + ", beaten"));
      }
    }
    return keys;
  }

  private static List<Point> of(List<Point> points, Order order) {
    return points.stream().filter(point -> point.setting().order() == order).toList();
  }

  private static Ink ink(Order order) {
    return order == Order.STOP_FIRST ? Ink.series(1) : Ink.series(4);
  }

  private static Mark mark(Order order) {
    return order == Order.STOP_FIRST ? STOP_FIRST : START_FIRST;
  }

  private static double seconds(Point point) {
    return point.mean(SweepMeasure.SECONDS);
  }

  private static double[] each(List<Point> points) {
    return each(points, SweepTradeOff::seconds);
  }

  private static double[] each(List<Point> points, ToDoubleFunction<Point> value) {
    return points.stream().mapToDouble(value).toArray();
  }
}
