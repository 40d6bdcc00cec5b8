package io.rolloutlab.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** The axes of the lab's charts. */
final class Scale {
  private static final int LINEAR_TICKS = 5;

  private Scale() {}

  /** Seconds since the start of the rollout. */
  static NumberAxis time(Frame frame, Size size) {
    NumberAxis axis = new NumberAxis("seconds since the rollout started");
    axis.setAutoRangeIncludesZero(false);
    axis.setRange(frame.fromSeconds(), frame.toSeconds());
    int most = size == Size.WIDE ? 14 : size == Size.TILE ? 4 : 6;
    double step = Ticks.seconds(frame.toSeconds() - frame.fromSeconds(), most);
    axis.setTickUnit(new NumberTickUnit(step, Ticks.format()));
    return axis;
  }

  /**
   * Zero up to a round number above the maximum.
   *
   * @param whole whether there is nothing between two whole numbers
   */
  static NumberAxis linear(double max, boolean whole) {
    double top = max > 0 ? max : 1;
    double step = Ticks.step(top, LINEAR_TICKS, whole);
    return linear(step * Math.max(1, Math.ceil(top * 1.02 / step)), step);
  }

  /** Zero up to exactly this. */
  static NumberAxis linearUpTo(double top) {
    return linear(top, Ticks.step(top, LINEAR_TICKS, false));
  }

  private static NumberAxis linear(double top, double step) {
    NumberAxis axis = new NumberAxis();
    axis.setRange(0, top);
    axis.setTickUnit(new NumberTickUnit(step, Ticks.format()));
    return axis;
  }

  /** From a round number below the minimum to one above the maximum, both above zero. */
  static ValueAxis logarithmic(double min, double max) {
    double from = Ticks.roundDown(min);
    double to = Ticks.roundUp(max);
    LogAxis axis = new RoundLogAxis();
    axis.setRange(from, to > from ? to : Ticks.next(from));
    return axis;
  }

  /** A logarithmic axis with its ticks at 1, 2 and 5 times each power of ten. */
  private static final class RoundLogAxis extends LogAxis {
    private static final long serialVersionUID = 1L;
    private static final double MOST_TICKS = 9;

    @Override
    protected List<ValueTick> refreshTicksVertical(
        Graphics2D g2, Rectangle2D dataArea, RectangleEdge edge) {
      double decades = Math.log10(getUpperBound() / getLowerBound());
      boolean powersOnly = decades * 3 > MOST_TICKS;
      List<ValueTick> ticks = new ArrayList<>();
      double value = getLowerBound();
      while (value <= getUpperBound() * (1 + 1e-9)) {
        boolean power = Math.abs(Math.log10(value) - Math.rint(Math.log10(value))) < 1e-9;
        if (power || !powersOnly) {
          String text = Ticks.format().format(value);
          ticks.add(
              new NumberTick(value, text, TextAnchor.CENTER_RIGHT, TextAnchor.CENTER_RIGHT, 0));
        }
        value = Ticks.next(value);
      }
      return ticks;
    }
  }
}
