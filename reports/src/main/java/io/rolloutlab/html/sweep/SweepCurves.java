package io.rolloutlab.html.sweep;

import io.rolloutlab.chart.Axis;
import io.rolloutlab.chart.Ink;
import io.rolloutlab.chart.Mark;
import io.rolloutlab.chart.Size;
import io.rolloutlab.chart.TimeChart.Dash;
import io.rolloutlab.chart.XyChart;
import io.rolloutlab.html.part.Figure;
import io.rolloutlab.scenario.update.Order;
import io.rolloutlab.sweep.Point;
import io.rolloutlab.sweep.SweepMeasure;
import io.rolloutlab.sweep.SweepWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What each knob does: a measure along one knob, a curve for each value of the others, a chart an
 * order. The charts of a measure have the same axes, so that they can be compared by eye.
 */
final class SweepCurves {
  private final String id;
  private final SweepWords words;
  private final List<Point> points;
  private final SweepKnob along;
  private final List<SweepKnob> apart;

  private SweepCurves(String id, SweepWords words, List<Point> points, List<SweepKnob> varied) {
    this.id = id;
    this.words = words;
    this.points = points;
    along = varied.get(0);
    apart = varied.subList(1, varied.size());
  }

  /**
   * The figures, for each measure one an order; none when nothing but the order differs.
   *
   * @param id begins the figures' own
   */
  static List<Figure> of(String id, SweepWords words, List<Point> points) {
    List<SweepKnob> varied =
        Arrays.stream(SweepKnob.values()).filter(knob -> knob.values(points).size() > 1).toList();
    List<Figure> figures = new ArrayList<>();
    if (!varied.isEmpty()) {
      SweepCurves curves = new SweepCurves(id, words, words.sorted(points), varied);
      for (SweepMeasure measure :
          List.of(
              SweepMeasure.FAILED_REQUESTS,
              SweepMeasure.SECONDS,
              SweepMeasure.P99_MILLIS,
              SweepMeasure.EXTRA_TASKS)) {
        points.stream()
            .map(point -> point.setting().order())
            .distinct()
            .sorted()
            .forEach(order -> figures.add(curves.figure(measure, order)));
      }
    }
    return figures;
  }

  private Figure figure(SweepMeasure measure, Order order) {
    String title = "%s, %s".formatted(measure.label(), order.swarmName());
    String figureId = "%s-%s-%s".formatted(id, measure.key(), order.swarmName());
    List<Point> shown = points.stream().filter(point -> point.setting().order() == order).toList();
    List<String> values =
        shown.stream().map(point -> words.number(point, measure)).distinct().toList();
    if (values.size() == 1) {
      return Figure.undrawn(figureId, title, "%s at every setting.".formatted(values.get(0)));
    }
    List<String> names = shown.stream().map(this::name).distinct().toList();
    try {
      String svg =
          chart(measure, shown, names)
              .svg(Size.HALF, figureId + "-", "%s along %s".formatted(title, along.label()));
      return new Figure(figureId, title, "", keys(names), svg, "", "");
    } catch (RuntimeException e) {
      return Figure.undrawn(figureId, title, "This chart could not be drawn: " + e);
    }
  }

  private List<Figure.Key> keys(List<String> names) {
    List<Figure.Key> keys = new ArrayList<>();
    for (int i = 0; i < names.size() && !apart.isEmpty(); i++) {
      String label = i == 0 ? apart.get(0).label() + " " + names.get(i) : names.get(i);
      keys.add(Figure.Key.mark(Ink.series(i), Mark.of(i), label));
    }
    return keys;
  }

  private XyChart chart(SweepMeasure measure, List<Point> shown, List<String> names) {
    List<String> places = along.values(points);
    XyChart chart = XyChart.of(Axis.places(along.label(), places), axis(measure));
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      List<Point> curve = shown.stream().filter(point -> name(point).equals(name)).toList();
      chart.line(
          Ink.series(i),
          Dash.SOLID,
          Mark.of(i),
          curve.stream().mapToDouble(p -> places.indexOf(along.of(p.setting()))).toArray(),
          curve.stream().mapToDouble(p -> p.mean(measure)).toArray());
    }
    return chart;
  }

  private Axis axis(SweepMeasure measure) {
    double[] values =
        points.stream()
            .mapToDouble(point -> point.mean(measure))
            .filter(value -> !Double.isNaN(value))
            .toArray();
    double max = Arrays.stream(values).max().orElse(1);
    double min = Arrays.stream(values).min().orElse(1);
    String label =
        measure.unit().isEmpty()
            ? measure.label()
            : "%s, %s".formatted(measure.label(), measure.unit());
    if (measure.equals(SweepMeasure.FAILED_REQUESTS)) {
      return Axis.counts(label, max);
    }
    return measure.equals(SweepMeasure.SECONDS)
        ? Axis.logarithmic(label, min, max)
        : Axis.linear(label, max);
  }

  /** What a curve is told apart by; empty when there is but one. */
  private String name(Point point) {
    return apart.stream()
        .map(knob -> knob.of(point.setting()))
        .collect(Collectors.joining(", monitor "));
  }
}
