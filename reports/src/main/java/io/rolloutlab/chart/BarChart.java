package io.rolloutlab.chart;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.OptionalDouble;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.category.DefaultCategoryDataset;

/** One number of several runs side by side: a bar a run, its value written at its end. */
public final class BarChart {
  private static final int WIDTH = 420;
  private static final int ROW = 26;
  private static final double GAP = 6;

  /** How much of a row its bar leaves free. */
  private static final double BETWEEN = 0.4;

  private static final Letters NAMES = Letters.plain(12);
  private static final Letters VALUES = Letters.bold(12);
  private static final double MOST_FOR_NAMES = 150;
  private static final BasicStroke WHISKER = new BasicStroke(1);
  private static final double WHISKER_END = 4;

  private final List<Bar> bars;

  /**
   * One run.
   *
   * @param name of the run
   * @param value NaN-free; empty when there is none
   * @param text what is written at the end of the bar
   * @param ink of the bar
   * @param least where its whisker starts; not a number without a whisker
   * @param most where its whisker ends; not a number without a whisker
   */
  public record Bar(
      String name, OptionalDouble value, String text, Ink ink, double least, double most) {
    /** A bar without a whisker. */
    public Bar(String name, OptionalDouble value, String text, Ink ink) {
      this(name, value, text, ink, Double.NaN, Double.NaN);
    }

    /** Where the value's text may start. */
    double end() {
      return Math.max(Math.max(0, value.orElse(0)), Double.isNaN(most) ? 0 : most);
    }
  }

  private BarChart(List<Bar> bars) {
    this.bars = List.copyOf(bars);
  }

  public static BarChart of(List<Bar> bars) {
    return new BarChart(bars);
  }

  /**
   * Draws it.
   *
   * @param id unique in the page
   * @param description of what can be seen, for those who cannot
   */
  public String svg(String id, String description) {
    double names = column(NAMES, Bar::name, MOST_FOR_NAMES);
    double values = column(VALUES, Bar::text, WIDTH / 2.0);
    CategoryPlot plot = new CategoryPlot(dataset(), new CategoryAxis(), range(), renderer());
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    Theme.bare(plot);
    plot.setRangeGridlinesVisible(false);
    Theme.style(plot.getDomainAxis());
    Theme.style(plot.getRangeAxis());
    plot.getDomainAxis().setVisible(false);
    spaceOut(plot.getDomainAxis());
    plot.setInsets(new RectangleInsets(0, names + GAP, 0, values + GAP));
    return Canvas.svg(
        plot,
        WIDTH,
        ROW * Math.max(1, bars.size()),
        id,
        description,
        (g2, data) -> label(g2, data, (NumberAxis) plot.getRangeAxis()));
  }

  /** The same space between any two bars, and half of it above and below them. */
  private void spaceOut(CategoryAxis axis) {
    double rows = Math.max(1, bars.size());
    axis.setLowerMargin(BETWEEN / 2 / rows);
    axis.setUpperMargin(BETWEEN / 2 / rows);
    axis.setCategoryMargin(BETWEEN * (rows - 1) / rows);
  }

  private double column(
      Letters letters, java.util.function.Function<Bar, String> text, double most) {
    double widest = bars.stream().map(text).mapToDouble(letters::widthOf).max().orElse(0);
    return Math.min(widest, most);
  }

  private DefaultCategoryDataset dataset() {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (int i = 0; i < bars.size(); i++) {
      OptionalDouble value = bars.get(i).value();
      data.addValue(value.isPresent() ? value.getAsDouble() : null, "", Integer.valueOf(i));
    }
    return data;
  }

  private NumberAxis range() {
    double least = bars.stream().mapToDouble(b -> b.value().orElse(0)).min().orElse(0);
    double most = bars.stream().mapToDouble(Bar::end).max().orElse(0);
    NumberAxis axis = new NumberAxis();
    axis.setRange(Math.min(0, least), most > 0 ? most : least < 0 ? 0 : 1);
    axis.setVisible(false);
    return axis;
  }

  private BarRenderer renderer() {
    BarRenderer renderer =
        new BarRenderer() {
          private static final long serialVersionUID = 1L;

          @Override
          public Paint getItemPaint(int row, int column) {
            return bars.get(column).ink().paint();
          }
        };
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setDrawBarOutline(false);
    renderer.setMinimumBarLength(1);
    renderer.setDefaultItemLabelFont(NAMES);
    renderer.setDefaultLegendTextFont(NAMES);
    return renderer;
  }

  private void label(Graphics2D g2, Rectangle2D data, NumberAxis axis) {
    double row = data.getHeight() / Math.max(1, bars.size());
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double base = data.getMinY() + row * (i + 0.5) + 4;
      g2.setFont(NAMES);
      g2.setPaint(Ink.TEXT.paint());
      g2.drawString(NAMES.fit(bar.name(), MOST_FOR_NAMES), 0, (float) base);
      whisker(g2, bar, x(bar.least(), data, axis), x(bar.most(), data, axis), base - 4);
      double end = x(bar.end(), data, axis);
      g2.setFont(bar.value().isPresent() ? VALUES : NAMES);
      g2.setPaint((bar.value().isPresent() ? Ink.TEXT : Ink.MUTED).paint());
      g2.drawString(bar.text(), (float) (end + GAP), (float) base);
    }
  }

  private static void whisker(Graphics2D g2, Bar bar, double from, double to, double y) {
    if (Double.isNaN(bar.least()) || Double.isNaN(bar.most())) {
      return;
    }
    g2.setPaint(Ink.TEXT.paint());
    g2.setStroke(WHISKER);
    g2.draw(new Line2D.Double(from, y, to, y));
    g2.draw(new Line2D.Double(from, y - WHISKER_END, from, y + WHISKER_END));
    g2.draw(new Line2D.Double(to, y - WHISKER_END, to, y + WHISKER_END));
  }

  private static double x(double value, Rectangle2D data, NumberAxis axis) {
    double share = (value - axis.getLowerBound()) / (axis.getUpperBound() - axis.getLowerBound());
    return data.getMinX() + share * data.getWidth();
  }
}
