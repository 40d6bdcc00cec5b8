package io.rolloutlab.chart;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.function.BiConsumer;
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
  private static final double TILE_BOTTOM = 22;

  /** The phases show above the data. */
  private static final double TILE_TOP = 8;

  private static final double TILE_SIDE = 4;

  /** Pixels above the data, for the names of phases and the numbers of steps. */
  static final double TOP = 34;

  private Theme() {}

  /**
   * @param behind draws what lies below the grid, given the area of the data
   */
  static XYPlot plot(ValueAxis x, ValueAxis y, BiConsumer<Graphics2D, Rectangle2D> behind) {
    XYPlot plot = new Backed(x, y, behind);
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

  /** Leaves no room but for the numbers below the data. */
  static void small(XYPlot plot) {
    plot.getDomainAxis().setLabel(null);
    plot.getRangeAxis().setVisible(false);
    plot.setRangeGridlinesVisible(false);
    plot.setFixedRangeAxisSpace(null);
    AxisSpace bottom = new AxisSpace();
    bottom.setBottom(TILE_BOTTOM);
    plot.setFixedDomainAxisSpace(bottom);
    plot.setInsets(new RectangleInsets(TILE_TOP, TILE_SIDE, 0, 2 * TILE_SIDE));
  }

  /** Text that reads upwards, centred; JFreeChart's own way would ask the JDK for a font. */
  static void upright(Graphics2D g2, String text, double x, double y) {
    AffineTransform before = g2.getTransform();
    g2.setFont(LABELS);
    g2.setPaint(Ink.MUTED.paint());
    g2.rotate(-Math.PI / 2, x, y);
    g2.drawString(text, (float) (x - LABELS.widthOf(text) / 2), (float) y);
    g2.setTransform(before);
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

  /** A plot whose background is drawn by somebody else. */
  private static final class Backed extends XYPlot {
    private static final long serialVersionUID = 1L;

    private final transient BiConsumer<Graphics2D, Rectangle2D> behind;

    Backed(ValueAxis x, ValueAxis y, BiConsumer<Graphics2D, Rectangle2D> behind) {
      super(null, x, y, null);
      this.behind = behind;
    }

    @Override
    public void drawBackground(Graphics2D g2, Rectangle2D area) {
      behind.accept(g2, area);
    }
  }
}
