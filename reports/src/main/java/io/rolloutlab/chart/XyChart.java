package io.rolloutlab.chart;

import io.rolloutlab.chart.TimeChart.Dash;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.DefaultXYDataset;

/** One number against another one: curves, and clouds of points that may have names. */
public final class XyChart {
  private static final double ABOVE = 10;
  private static final double BESIDE = 6;
  private static final double LINE_HEIGHT = 12;
  private static final Letters NAMES = Letters.bold(11);

  private final Axis x;
  private final Axis y;
  private final List<Series> all = new ArrayList<>();

  /**
   * @param dash of the line through the points; none without
   * @param names of the single points; empty without
   */
  private record Series(Ink ink, Dash dash, Mark mark, double[] x, double[] y, List<String> names) {
    Series {
      if (x.length != y.length || !names.isEmpty() && names.size() != x.length) {
        throw new IllegalArgumentException(
            "%s by %s values, %s names".formatted(x.length, y.length, names.size()));
      }
    }
  }

  private XyChart(Axis x, Axis y) {
    this.x = x;
    this.y = y;
  }

  /** A chart without anything in it yet. */
  public static XyChart of(Axis x, Axis y) {
    return new XyChart(x, y);
  }

  /** Adds a curve through points, broken where values are missing. */
  public XyChart line(Ink ink, Dash dash, Mark mark, double[] xs, double[] ys) {
    all.add(new Series(ink, dash, mark, xs, ys, List.of()));
    return this;
  }

  /** Adds points. */
  public XyChart points(Ink ink, Mark mark, double[] xs, double[] ys) {
    all.add(new Series(ink, null, mark, xs, ys, List.of()));
    return this;
  }

  /** Adds points with a name beside each, where there is room for it. */
  public XyChart points(Ink ink, Mark mark, double[] xs, double[] ys, List<String> names) {
    all.add(new Series(ink, null, mark, xs, ys, names));
    return this;
  }

  /**
   * Draws it.
   *
   * @param id unique in the page
   * @param description of what can be seen, for those who cannot
   */
  public String svg(Size size, String id, String description) {
    XYPlot plot = Theme.plot(x.draw(), y.draw(), (g2, data) -> {});
    plot.getDomainAxis().setLabel(x.label());
    plot.setInsets(new RectangleInsets(ABOVE, 0, 0, 2 * BESIDE));
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
    DefaultXYDataset data = new DefaultXYDataset();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
    for (int i = 0; i < all.size(); i++) {
      Series series = all.get(i);
      data.addSeries(i, new double[][] {placed(x, series.x()), placed(y, series.y())});
      style(renderer, i, series);
    }
    plot.setDataset(data);
    plot.setRenderer(renderer);
    return Canvas.svg(plot, size, id, description, this::write);
  }

  private static void style(XYLineAndShapeRenderer renderer, int place, Series series) {
    renderer.setSeriesPaint(place, series.ink().paint());
    renderer.setSeriesShape(place, series.mark().shape());
    renderer.setSeriesLinesVisible(place, series.dash() != null);
    if (series.dash() != null) {
      renderer.setSeriesStroke(place, series.dash().stroke());
    }
  }

  private static double[] placed(Axis axis, double[] values) {
    return Arrays.stream(values).map(axis::place).toArray();
  }

  private void write(Graphics2D g2, Rectangle2D data) {
    Theme.upright(g2, y.label(), 11, data.getCenterY());
    g2.setFont(NAMES);
    names(g2, data);
  }

  /** Above, right, below or left of its point, wherever nothing else is; else nowhere. */
  private void names(Graphics2D g2, Rectangle2D data) {
    List<Rectangle2D> taken = new ArrayList<>();
    for (Series series : all) {
      for (int i = 0; i < series.x().length && !series.names().isEmpty(); i++) {
        taken.add(around(acrossTo(data, series.x()[i]), downTo(data, series.y()[i])));
      }
    }
    g2.setPaint(Ink.TEXT.paint());
    for (Series series : all) {
      for (int i = 0; i < series.names().size(); i++) {
        double across = acrossTo(data, series.x()[i]);
        double down = downTo(data, series.y()[i]);
        name(g2, series.names().get(i), across, down, taken);
      }
    }
  }

  private void name(
      Graphics2D g2, String text, double across, double down, List<Rectangle2D> taken) {
    double width = NAMES.widthOf(text);
    double[][] corners = {
      {across - width / 2, down - BESIDE - LINE_HEIGHT},
      {across + BESIDE, down - LINE_HEIGHT / 2},
      {across - width / 2, down + BESIDE},
      {across - BESIDE - width, down - LINE_HEIGHT / 2}
    };
    for (double[] corner : corners) {
      Rectangle2D box = new Rectangle2D.Double(corner[0], corner[1], width, LINE_HEIGHT);
      if (taken.stream().noneMatch(box::intersects)) {
        taken.add(box);
        g2.drawString(text, (float) corner[0], (float) (corner[1] + LINE_HEIGHT - 2));
        return;
      }
    }
  }

  private static Rectangle2D around(double across, double down) {
    return new Rectangle2D.Double(across - BESIDE / 2, down - BESIDE / 2, BESIDE, BESIDE);
  }

  private double acrossTo(Rectangle2D data, double value) {
    return data.getMinX() + x.share(value) * data.getWidth();
  }

  private double downTo(Rectangle2D data, double value) {
    return data.getMaxY() - y.share(value) * data.getHeight();
  }
}
