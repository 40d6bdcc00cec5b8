package io.rolloutlab.chart;

import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.AbstractXYItemRenderer;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.data.xy.XYDataset;

/**
 * Series on top of each other, each as one filled staircase: a value holds from its x to the next
 * one. One path a series keeps the file small and leaves no seams between seconds.
 */
final class StackRenderer extends AbstractXYItemRenderer {
  private static final long serialVersionUID = 1L;

  private final double end;

  /**
   * @param end where the last value's hold ends
   */
  StackRenderer(double end) {
    this.end = end;
  }

  @Override
  public void drawItem(
      Graphics2D g2,
      XYItemRendererState state,
      Rectangle2D area,
      PlotRenderingInfo info,
      XYPlot plot,
      ValueAxis x,
      ValueAxis y,
      XYDataset data,
      int series,
      int item,
      CrosshairState crosshair,
      int pass) {
    if (item > state.getFirstItemIndex()) {
      return;
    }
    Grid grid = new Grid(data, x, y, area, plot);
    Path2D path = new Path2D.Double();
    int from = 0;
    while (from < data.getItemCount(series)) {
      int to = from;
      while (to < data.getItemCount(series) && data.getYValue(series, to) > 0) {
        to++;
      }
      if (to > from) {
        grid.outline(series, from, to).appendTo(path);
      }
      from = to + 1;
    }
    if (path.getCurrentPoint() != null) {
      g2.setPaint(lookupSeriesPaint(series));
      g2.fill(path);
    }
  }

  /** Where values are on the canvas. */
  private final class Grid {
    private final XYDataset data;
    private final ValueAxis x;
    private final ValueAxis y;
    private final Rectangle2D area;
    private final XYPlot plot;

    Grid(XYDataset data, ValueAxis x, ValueAxis y, Rectangle2D area, XYPlot plot) {
      this.data = data;
      this.x = x;
      this.y = y;
      this.area = area;
      this.plot = plot;
    }

    /** Along the top from left to right, and back along the bottom. */
    Outline outline(int series, int from, int to) {
      Outline outline = new Outline();
      for (int i = from; i < to; i++) {
        outline.add(left(series, i), height(series, i));
        outline.add(left(series, i + 1), height(series, i));
      }
      for (int i = to - 1; i >= from; i--) {
        outline.add(left(series, i + 1), height(series - 1, i));
        outline.add(left(series, i), height(series - 1, i));
      }
      return outline;
    }

    private double left(int series, int i) {
      double value = i < data.getItemCount(series) ? data.getXValue(series, i) : end;
      return x.valueToJava2D(value, area, plot.getDomainAxisEdge());
    }

    private double height(int upTo, int i) {
      double sum = 0;
      for (int s = 0; s <= upTo; s++) {
        double value = data.getYValue(s, i);
        sum += value > 0 ? value : 0;
      }
      return y.valueToJava2D(sum, area, plot.getRangeAxisEdge());
    }
  }

  /** A polygon of level and upright edges, without points in the middle of an edge. */
  private static final class Outline {
    private final List<Point2D> points = new ArrayList<>();

    void add(double x, double y) {
      int last = points.size() - 1;
      if (last >= 1) {
        Point2D end = points.get(last);
        Point2D before = points.get(last - 1);
        boolean level = end.getY() == y && before.getY() == y;
        boolean upright = end.getX() == x && before.getX() == x;
        if (level || upright) {
          points.remove(last);
        }
      }
      points.add(new Point2D.Double(x, y));
    }

    void appendTo(Path2D path) {
      path.moveTo(points.get(0).getX(), points.get(0).getY());
      points.subList(1, points.size()).forEach(p -> path.lineTo(p.getX(), p.getY()));
      path.closePath();
    }
  }
}
