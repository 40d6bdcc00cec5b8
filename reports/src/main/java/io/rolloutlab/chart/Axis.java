package io.rolloutlab.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** An axis of an {@link XyChart}: where a value stands on it, and what is written beside it. */
public final class Axis {
  private static final int MOST_TICKS = 5;

  /** Beyond the first and last value, as a share of what lies between: marks are drawn whole. */
  private static final double MARGIN = 0.045;

  private final String label;
  private final DoubleUnaryOperator place;
  private final double from;
  private final double to;
  private final List<Tick> ticks;

  private record Tick(double at, String text) {}

  private Axis(String label, DoubleUnaryOperator place, double from, double to, List<Tick> ticks) {
    this.label = label;
    this.place = place;
    double margin = MARGIN * (to - from);
    this.from = from - margin;
    this.to = to + margin;
    this.ticks = List.copyOf(ticks);
  }

  /** Zero up to a round number above the maximum. */
  public static Axis linear(String label, double max) {
    double top = max > 0 ? max : 1;
    double step = Ticks.step(top, MOST_TICKS, false);
    double end = step * Math.ceil(top / step - 1e-9);
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i * step <= end * (1 + 1e-9); i++) {
      ticks.add(new Tick(i * step, Ticks.format().format(i * step)));
    }
    return new Axis(label, value -> value, 0, end, ticks);
  }

  /** Logarithmic, between round numbers; all values must be above zero. */
  public static Axis logarithmic(String label, double min, double max) {
    double start = Ticks.roundDown(min);
    double end = Math.max(Ticks.roundUp(max), Ticks.next(start));
    return new Axis(label, Math::log10, Math.log10(start), Math.log10(end), powers(start, end, 0));
  }

  /**
   * Counts from none to very many: even up to 1, logarithmic above, so that none, a few and
   * thousands can be told apart.
   */
  public static Axis counts(String label, double max) {
    double end = Ticks.roundUp(Math.max(10, max));
    List<Tick> ticks = new ArrayList<>();
    ticks.add(new Tick(0, "0"));
    ticks.addAll(powers(1, end, 1));
    return new Axis(label, Axis::count, 0, count(end), ticks);
  }

  /** Places side by side, value 0 at the first of them. */
  public static Axis places(String label, List<String> names) {
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      ticks.add(new Tick(i, names.get(i)));
    }
    return new Axis(label, value -> value, 0, Math.max(1, names.size() - 1), ticks);
  }

  String label() {
    return label;
  }

  /** On the axis that JFreeChart sees; a value that is missing stays missing. */
  double place(double value) {
    return place.applyAsDouble(value);
  }

  /** 0 to 1 from one end to the other. */
  double share(double value) {
    return (place(value) - from) / (to - from);
  }

  NumberAxis draw() {
    NumberAxis axis = new Drawn(ticks);
    axis.setAutoRangeIncludesZero(false);
    axis.setRange(from, to);
    return axis;
  }

  private static double count(double value) {
    return value < 1 ? value : 1 + Math.log10(value);
  }

  /** Powers of ten, and where these are few, 2 and 5 times them. */
  private static List<Tick> powers(double start, double end, double shift) {
    boolean powersOnly = Math.log10(end / start) > 2;
    List<Tick> ticks = new ArrayList<>();
    for (double value = start; value <= end * (1 + 1e-9); value = Ticks.next(value)) {
      boolean power = Math.abs(Math.log10(value) - Math.rint(Math.log10(value))) < 1e-9;
      if (power || !powersOnly) {
        ticks.add(new Tick(shift + Math.log10(value), Ticks.format().format(value)));
      }
    }
    return ticks;
  }

  /** Has its ticks where it is told. */
  private static final class Drawn extends NumberAxis {
    private static final long serialVersionUID = 1L;
    private final transient List<Tick> at;

    Drawn(List<Tick> at) {
      this.at = at;
    }

    @Override
    public List<ValueTick> refreshTicks(
        Graphics2D g2, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
      TextAnchor anchor =
          RectangleEdge.isTopOrBottom(edge) ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
      List<ValueTick> drawn = new ArrayList<>();
      for (Tick tick : at) {
        drawn.add(new NumberTick(tick.at(), tick.text(), anchor, anchor, 0));
      }
      return drawn;
    }
  }
}
