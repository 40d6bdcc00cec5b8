package io.rolloutlab.chart;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.DefaultXYDataset;
import org.jfree.data.xy.XIntervalSeries;
import org.jfree.data.xy.XIntervalSeriesCollection;

/** Measured shares with their intervals against the shares that were wanted, a row each. */
public final class ShareChart {
  private static final int ROW = 32;
  private static final int BELOW = 42;
  private static final Letters NAMES = Letters.plain(12);
  private static final double MOST_FOR_NAMES = 260;

  private final List<Row> rows;

  /**
   * One share; all numbers from 0 to 1.
   *
   * @param wanted what it should be
   * @param measured what it was; with its interval from low to high
   */
  public record Row(String name, double wanted, double measured, double low, double high) {}

  private ShareChart(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  public static ShareChart of(List<Row> rows) {
    return new ShareChart(rows);
  }

  /**
   * Draws it.
   *
   * @param id unique in the page
   * @param description of what can be seen, for those who cannot
   */
  public String svg(Size size, String id, String description) {
    double names = rows.stream().map(Row::name).mapToDouble(NAMES::widthOf).max().orElse(0);
    double most = Math.min(MOST_FOR_NAMES, size.width / 2.6);
    double left = Math.min(names, most) + 14;
    NumberAxis x = new NumberAxis("share of answers by v2, %");
    x.setRange(-1.5, 101.5);
    x.setTickUnit(new NumberTickUnit(size == Size.WIDE ? 10 : 25, Ticks.format()));
    NumberAxis y = new NumberAxis();
    y.setRange(0, rows.size());
    y.setInverted(true);
    XYPlot plot = Theme.plot(x, y, (g2, data) -> {});
    y.setVisible(false);
    plot.setFixedRangeAxisSpace(null);
    plot.setInsets(new RectangleInsets(4, left, 0, 10));
    lineUp(plot);
    addMeasured(plot);
    addWanted(plot);
    int height = ROW * rows.size() + BELOW;
    return Canvas.svg(
        plot, size.width, height, id, description, (g2, data) -> name(g2, data, y, most));
  }

  /** Upright lines only: the rows have names. */
  private static void lineUp(XYPlot plot) {
    plot.setRangeGridlinesVisible(false);
    plot.setDomainGridlinesVisible(true);
    plot.setDomainGridlinePaint(Ink.GRID.paint());
    plot.setDomainGridlineStroke(Theme.HAIRLINE);
  }

  private void addMeasured(XYPlot plot) {
    XIntervalSeries series = new XIntervalSeries(0);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      series.add(100 * row.measured(), 100 * row.low(), 100 * row.high(), i + 0.5);
    }
    XIntervalSeriesCollection data = new XIntervalSeriesCollection();
    data.addSeries(series);
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawYError(false);
    renderer.setErrorPaint(Ink.V2.paint());
    renderer.setErrorStroke(new BasicStroke(2));
    renderer.setCapLength(8);
    renderer.setSeriesPaint(0, Ink.V2.paint());
    renderer.setSeriesShape(0, new Ellipse2D.Double(-5, -5, 10, 10));
    plot.setDataset(0, data);
    plot.setRenderer(0, renderer);
  }

  /** An upright bar: told from the dot by its shape. */
  private void addWanted(XYPlot plot) {
    double[][] points = new double[2][rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      points[0][i] = 100 * rows.get(i).wanted();
      points[1][i] = i + 0.5;
    }
    DefaultXYDataset data = new DefaultXYDataset();
    data.addSeries(0, points);
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    Path2D bar = new Path2D.Double(new Line2D.Double(0, -12, 0, 12));
    renderer.setSeriesShape(0, bar);
    renderer.setSeriesShapesFilled(0, false);
    renderer.setSeriesPaint(0, Ink.TEXT.paint());
    renderer.setSeriesStroke(0, new BasicStroke(2));
    renderer.setSeriesOutlineStroke(0, new BasicStroke(2));
    plot.setDataset(1, data);
    plot.setRenderer(1, renderer);
  }

  private void name(Graphics2D g2, Rectangle2D data, ValueAxis y, double most) {
    g2.setFont(NAMES);
    g2.setPaint(Ink.TEXT.paint());
    double row = data.getHeight() / y.getUpperBound();
    for (int i = 0; i < rows.size(); i++) {
      double base = data.getMinY() + row * (i + 0.5) + 4;
      g2.drawString(NAMES.fit(rows.get(i).name(), most), 0, (float) base);
    }
  }
}
