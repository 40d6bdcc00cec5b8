package io.rolloutlab.chart;

import java.awt.BasicStroke;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

/** The look that all charts share: hairlines, no frame, text in the ink of text. */
final class Theme {
  static final Letters TICKS = Letters.plain(11);
  static final Letters LABELS = Letters.plain(11);
  static final BasicStroke HAIRLINE = new BasicStroke(0.75f);

  /** Pixels beside and below the data, the same in all time charts so that they line up. */
  private static final double LEFT = 58;

  private static final double RIGHT = 10;
  private static final double BOTTOM = 40;

  /** Pixels above the data, for the names of phases and the numbers of steps. */
  static final double TOP = 34;

  private Theme() {}

  static XYPlot plot(ValueAxis x, ValueAxis y) {
    XYPlot plot = new XYPlot(null, x, y, null);
    style(x);
    style(y);
    y.setTickMarksVisible(false);
    y.setAxisLineVisible(false);
    bare(plot);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(Ink.GRID.paint());
    plot.setRangeGridlineStroke(HAIRLINE);
    plot.setRangeZeroBaselineVisible(false);
    plot.setInsets(new RectangleInsets(TOP, 0, 0, RIGHT));
    AxisSpace left = new AxisSpace();
    left.setLeft(LEFT);
    plot.setFixedRangeAxisSpace(left);
    AxisSpace bottom = new AxisSpace();
    bottom.setBottom(BOTTOM);
    plot.setFixedDomainAxisSpace(bottom);
    return plot;
  }

  /** No frame, no background, no shadow. */
  static void bare(Plot plot) {
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setNoDataMessage(null);
  }

  static void style(Axis axis) {
    axis.setLabelFont(LABELS);
    axis.setLabelPaint(Ink.MUTED.paint());
    axis.setTickLabelFont(TICKS);
    axis.setTickLabelPaint(Ink.MUTED.paint());
    axis.setAxisLinePaint(Ink.AXIS.paint());
    axis.setAxisLineStroke(HAIRLINE);
    axis.setTickMarkPaint(Ink.AXIS.paint());
    axis.setTickMarkStroke(HAIRLINE);
  }
}
